"""The end: outcome and audit flags (R33, R39; 条例 art. 32, 35)."""

import pytest

from domain.answers import Resolved, Satisfied
from domain.clock import ClockName
from domain.commands import Command, Evaluate, RecordCallback, RecordContact, ReportDone, Withdraw
from domain.events import Closed
from domain.grounds import Level
from domain.outcome import DoneAs, Outcome
from domain.taking_up import triaged
from domain.triage import Triage
from tests.domain.building import ANGRY, CONTENT, Given, a_complaint, a_handled_complaint, the
from tests.domain.city import DEPARTMENT, MONDAY, STREET, a_near, a_triage

HANDLED = a_handled_complaint()
DENIAL = RecordCallback(True, False, Resolved.YES, Satisfied.SATISFIED)


def _flags(reported: Given, answers: Command = CONTENT) -> tuple[str, ...]:
    """The flags with which a complainant, by default a content one, closes it."""
    return the(reported.decides(answers), Closed).flags


def test_r39_a_clean_case_bears_no_flag() -> None:
    assert _flags(HANDLED.reported()) == ()


def test_r39_a_report_after_expiry_is_flagged() -> None:
    assert _flags(HANDLED.rung("2026-03-09 10:00").reported()) == ("overdue",)


def test_r39_an_overdue_limit_stays_flagged_although_the_rework_was_in_time() -> None:
    late = HANDLED.rung("2026-03-09 10:00").reported().answered(ANGRY)
    assert not late.state.overdue
    assert _flags(late.contacted().reported()) == ("overdue", "reworked")


def test_r39_an_overdue_limit_stays_flagged_although_the_next_unit_was_in_time() -> None:
    late = HANDLED.objected().rung("2026-03-09 10:00").upheld_for(DEPARTMENT)
    assert not late.state.overdue
    assert _flags(late.signed_in().contacted().reported()) == ("overdue",)


def test_r39_a_report_without_contact_is_flagged() -> None:
    signed_in = a_complaint().dispatched_to(STREET).signed_in()
    assert _flags(signed_in.reported()) == ("no_contact",)


def test_r39_a_contact_that_reached_nobody_is_no_contact() -> None:
    signed_in = a_complaint().dispatched_to(STREET).signed_in()
    tried = signed_in.after(RecordContact(reached=False), STREET)
    assert _flags(tried.reported()) == ("no_contact",)


def test_r39_a_contact_that_the_complainant_denies_is_flagged() -> None:
    assert _flags(HANDLED.reported(), DENIAL) == ("contact_denied",)


def test_r39_a_contact_that_the_complainant_denies_by_form_is_flagged() -> None:
    form = Evaluate(False, Resolved.YES, Satisfied.SATISFIED)
    assert _flags(HANDLED.reported(), form) == ("contact_denied",)


def test_r39_a_contact_denied_at_the_top_of_the_ladder_is_flagged() -> None:
    taken = HANDLED.escalated_to(Level.MUNICIPALITY).reported().answered(ANGRY).contacted().reported()
    angry = RecordCallback(True, False, Resolved.NO, Satisfied.VERY_DISSATISFIED)
    assert _flags(taken, angry) == ("contact_denied", "reworked", "escalated")


def test_r39_who_recorded_no_contact_has_none_denied() -> None:
    signed_in = a_complaint().dispatched_to(STREET).signed_in()
    assert _flags(signed_in.reported(), DENIAL) == ("no_contact",)


def test_r39_an_overridden_co_handler_is_flagged() -> None:
    overridden = HANDLED.co_handled_by(DEPARTMENT).reported(ReportDone(DoneAs.RESOLVED, override=True))
    assert _flags(overridden) == ("co_handler_overridden",)


def test_r39_a_rework_is_flagged() -> None:
    reworked = HANDLED.reported().answered(ANGRY).contacted().reported()
    assert _flags(reworked) == ("reworked",)


def test_r39_an_escalation_is_flagged() -> None:
    assert _flags(HANDLED.escalated_to(Level.DISTRICT).reported()) == ("escalated",)


def test_r39_a_callback_that_nobody_made_is_flagged() -> None:
    assert _flags(HANDLED.reported().rung_through(ClockName.CALLBACK)) == ("callback_missed",)


def test_r39_flags_stand_in_a_fixed_order() -> None:
    given = a_complaint().dispatched_to(STREET).signed_in().rung("2026-03-09 10:00")
    assert _flags(given.reported().rung_through(ClockName.CALLBACK)) == (
        "overdue",
        "no_contact",
        "callback_missed",
    )


def test_a_complaint_that_was_never_reported_is_not_flagged_for_missing_contact() -> None:
    assert the(a_complaint().dispatched_to(STREET).decides(Withdraw()), Closed).flags == ()


def test_a_complaint_withdrawn_during_its_rework_is_not_flagged_for_missing_contact() -> None:
    assert the(HANDLED.reported().answered(ANGRY).decides(Withdraw()), Closed).flags == ("reworked",)


@pytest.mark.parametrize("triage", [a_triage(answered=True), a_triage(near=a_near(is_open=False))])
def test_r39_what_ends_at_intake_bears_no_flag(triage: Triage) -> None:
    assert the(triaged(a_complaint().state, triage, MONDAY), Closed).flags == ()


@pytest.mark.parametrize(
    "given",
    [
        a_complaint(),
        HANDLED.whistled_for(DEPARTMENT).asked_for(days=3).escalated_to(Level.DISTRICT),
        HANDLED.reported(),
    ],
    ids=["received", "busy", "callback"],
)
def test_nothing_runs_and_nothing_is_owed_on_a_closed_complaint(given: Given) -> None:
    closed = given.withdrawn().state
    assert closed.next_due is None
    assert (closed.escalation, closed.extension) == (None, None)


def test_r26_no_co_handler_outlives_its_lead_unit() -> None:
    closed = HANDLED.co_handled_by(DEPARTMENT).withdrawn().state
    assert closed.open_co_handlers == ()


def test_a_closed_complaint_keeps_its_outcome() -> None:
    assert HANDLED.reported().answered(CONTENT).state.outcome is Outcome.RESOLVED
