"""Fast settlement: a consumer dispute stands before its platform enterprise first (R7)."""

from dataclasses import replace

import pytest

from domain.answers import Resolved, Satisfied
from domain.catalogue import Duty, NotDispatched
from domain.clock import ClockName
from domain.commands import Command, RecordCallback, ReportSettlement, SignIn
from domain.events import (
    CalledBack,
    Classified,
    ClockRang,
    Closed,
    ConfirmationAsked,
    Dispatched,
    Event,
    NotDispatchedTold,
    Settled,
    SettlementFailed,
    SettlementOffered,
)
from domain.lifecycle import Stage
from domain.outcome import Outcome
from domain.taking_up import triaged
from domain.triage import Triage
from tests.domain.building import ANGRY, CONTENT, NOT_MY_DUTY, NOT_REACHED, a_complaint, kinds, the
from tests.domain.city import (
    DISTRICT,
    MONDAY,
    PLATFORM,
    STREET,
    a_plan,
    a_triage,
    an_item,
    when,
)

BEFORE = a_complaint().before(PLATFORM)
SETTLED, FAILED = ReportSettlement(settled=True), ReportSettlement(settled=False)
REPORTED = BEFORE.after(SETTLED, PLATFORM, at="2026-03-03 11:00")


def test_r07_a_consumer_dispute_stands_before_its_platform_for_three_working_days() -> None:
    happened = triaged(a_complaint().state, replace(a_triage(), against=PLATFORM), MONDAY)
    assert kinds(happened) == [Classified, SettlementOffered]
    assert the(happened, SettlementOffered).until == when("2026-03-06 00:00")
    assert (BEFORE.state.stage, BEFORE.state.lead) == (Stage.SETTLEMENT, PLATFORM)


@pytest.mark.parametrize(
    ("triage", "instead"),
    [
        (a_triage(confidence=0), ConfirmationAsked),
        (a_triage(a_plan(an_item(Duty.NONE))), ConfirmationAsked),
        (a_triage(a_plan(an_item(not_dispatched=NotDispatched.OUTSIDE_DUTY))), NotDispatchedTold),
    ],
    ids=["unsure", "nobody's duty", "not dispatched"],
)
def test_r07_what_could_not_be_dispatched_afterwards_is_not_offered(triage: Triage, instead: type[Event]) -> None:
    assert instead in kinds(triaged(a_complaint().state, replace(triage, against=PLATFORM), MONDAY))


def test_r07_only_its_own_platform_reports_on_a_settlement() -> None:
    assert BEFORE.refuses(SETTLED, STREET).code == "not_lead_unit"
    assert BEFORE.refuses(FAILED, STREET).code == "not_lead_unit"


@pytest.mark.parametrize("command", [SignIn(), NOT_MY_DUTY])
def test_r07_a_platform_settles_or_not_and_does_nothing_else(command: Command) -> None:
    assert BEFORE.refuses(command, PLATFORM).code == "wrong_stage"


def test_r07_the_complainant_is_asked_whether_it_is_settled() -> None:
    happened = BEFORE.decides(SETTLED, PLATFORM, at="2026-03-03 11:00")
    assert happened == (Settled(PLATFORM, when("2026-03-04 10:00"), when("2026-03-04 12:00")),)
    assert [clock.key for clock in REPORTED.state.clocks] == [(ClockName.CALLBACK, "1")]


def test_r07_a_settlement_that_the_complainant_confirms_closes_it_without_a_flag() -> None:
    closed = the(REPORTED.decides(CONTENT, at="2026-03-04 10:00"), Closed)
    assert closed == Closed(Outcome.RESOLVED, effective=True, flags=())


def test_r07_a_settlement_that_the_complainant_denies_is_none() -> None:
    happened = REPORTED.decides(ANGRY, at="2026-03-04 10:00")
    assert kinds(happened) == [CalledBack, SettlementFailed, Dispatched]
    assert (the(happened, Dispatched).lead, the(happened, Dispatched).copy_to) == (STREET, DISTRICT)


def test_r07_a_complainant_who_is_not_reached_about_a_settlement_is_tried_again() -> None:
    assert REPORTED.after(NOT_REACHED, at="2026-03-04 10:05").runs(ClockName.CALLBACK, "2")


def test_r07_not_settled_goes_at_once_to_the_unit_whose_duty_it_is() -> None:
    happened = BEFORE.decides(FAILED, PLATFORM, at="2026-03-03 11:00")
    assert kinds(happened) == [SettlementFailed, Dispatched]
    assert the(happened, Dispatched).due == when("2026-03-10 11:00")


def test_r07_silence_is_no_settlement() -> None:
    happened = BEFORE.rings("2026-03-06 00:00")
    assert kinds(happened) == [ClockRang, SettlementFailed, Dispatched]
    assert BEFORE.happened(happened).state.lead == STREET


def test_r07_what_was_not_settled_is_handled_as_if_it_had_never_been_there() -> None:
    denied = REPORTED.answered(ANGRY).state
    assert (denied.settlement, denied.done_as, denied.contacted, denied.reworks) == (None, None, False, 0)
    assert PLATFORM not in denied.units


def test_r07_a_failed_settlement_is_followed_by_a_whole_rework_like_any_other() -> None:
    denied = REPORTED.answered(ANGRY).signed_in().contacted().reported()
    assert denied.answered(ANGRY).state.reworks == 1


def test_r07_a_complainant_who_is_partly_content_closes_it_partly() -> None:
    partly = RecordCallback(True, True, Resolved.PARTLY, Satisfied.SATISFIED)
    assert REPORTED.answered(partly).state.outcome is Outcome.PARTLY_RESOLVED


def test_r07_a_complainant_may_withdraw_before_it_is_settled() -> None:
    assert BEFORE.withdrawn().state.outcome is Outcome.WITHDRAWN
