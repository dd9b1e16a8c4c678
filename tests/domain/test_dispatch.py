"""From a received complaint to its lead unit (R10-R23)."""

from dataclasses import replace

import pytest

from domain.catalogue import DayKind, Duty, NotDispatched, Tier
from domain.clock import ClockName
from domain.commands import ConfirmClassification
from domain.events import (
    AnsweredAtOnce,
    ClassificationConfirmed,
    Classified,
    ClockRang,
    Closed,
    ConfirmationAsked,
    Dispatched,
    NotDispatchedTold,
    RepeatLinked,
)
from domain.lifecycle import Stage
from domain.outcome import Outcome
from domain.taking_up import triaged
from domain.terms import Terms
from domain.triage import Plan, Triage
from tests.domain.building import Given, a_complaint, kinds, the
from tests.domain.city import (
    CITY,
    DEPARTMENT,
    DISTRICT,
    MONDAY,
    OTHER_STREET,
    OTHER_TICKET,
    STREET,
    a_near,
    a_plan,
    a_triage,
    an_item,
    closing_at_six,
    terms,
    when,
)

UNSURE = a_triage(confidence=799)


def _closed(triage: Triage) -> Closed:
    return the(triaged(a_complaint().state, triage, MONDAY), Closed)


def _confirm(given: Given, plan: Plan) -> ClassificationConfirmed:
    command = ConfirmClassification(plan.item, plan.district, plan.street)
    return the(given.decides(command, plan=plan), ClassificationConfirmed)


def test_r10_a_consultation_answered_at_intake_is_closed_as_answered() -> None:
    happened = triaged(a_complaint().state, a_triage(answered=True), MONDAY)
    assert kinds(happened) == [Classified, AnsweredAtOnce, Closed]
    assert the(happened, Closed).outcome is Outcome.ANSWERED


def test_r11_a_clear_matter_is_dispatched_at_once() -> None:
    assert kinds(triaged(a_complaint().state, a_triage(), MONDAY)) == [Classified, Dispatched]


@pytest.mark.parametrize("disposition", list(NotDispatched))
def test_r12_a_matter_that_is_not_dispatched_is_told_with_its_channel_and_closed(
    disposition: NotDispatched,
) -> None:
    item = an_item(Duty.NONE, not_dispatched=disposition, channel="市场渠道")
    happened = triaged(a_complaint().state, a_triage(a_plan(item)), MONDAY)
    assert the(happened, NotDispatchedTold) == NotDispatchedTold(disposition, "市场渠道")
    assert the(happened, Closed).outcome.value == disposition.value


def test_r12_a_repeat_is_linked_to_its_first_ticket_and_not_dispatched() -> None:
    happened = triaged(a_complaint().state, a_triage(near=a_near(is_open=False)), MONDAY)
    assert the(happened, RepeatLinked).repeat_of == OTHER_TICKET
    assert the(happened, Closed).outcome is Outcome.DUPLICATE


def test_r12_a_repeat_is_linked_although_the_classifier_is_unsure() -> None:
    assert _closed(replace(UNSURE, near=a_near(is_open=False))).outcome is Outcome.DUPLICATE


@pytest.mark.parametrize("triage", [a_triage(answered=True), a_triage(near=a_near(is_open=False))])
def test_what_ends_at_intake_is_no_effective_callback(triage: Triage) -> None:
    assert not _closed(triage).effective


def test_the_complaint_takes_item_place_urgency_and_policy_from_the_proposal() -> None:
    plan = a_plan(replace(an_item(), code="020101"), district="110108", street=OTHER_STREET)
    bare = replace(a_complaint(district="", street="").state, item="")
    state = Given(bare, MONDAY).triaged(replace(a_triage(plan, confidence=0), urgent=True)).state
    assert (state.item, state.district, state.street) == ("020101", "110108", OTHER_STREET)
    assert state.urgent
    assert state.policy == plan.terms.policy


@pytest.mark.parametrize(("confidence", "asked"), [(799, True), (800, False)])
def test_r15_a_seat_confirms_below_the_threshold_only(confidence: int, asked: bool) -> None:
    after = a_complaint().triaged(a_triage(confidence=confidence))
    assert (after.state.stage is Stage.CONFIRMATION) is asked


def test_r15_an_unsure_classifier_closes_nothing_by_itself() -> None:
    told = a_plan(an_item(Duty.NONE, not_dispatched=NotDispatched.OUTSIDE_DUTY))
    assert a_complaint().triaged(a_triage(told, confidence=799)).state.stage is Stage.CONFIRMATION


@pytest.mark.parametrize(
    ("plan", "why"),
    [(a_plan(district="", street=""), "place"), (a_plan(an_item(Duty.NONE)), "unit")],
    ids=["place", "unit"],
)
def test_r18_an_unclear_route_is_put_before_a_seat_with_what_is_missing(plan: Plan, why: str) -> None:
    asked = the(triaged(a_complaint().state, a_triage(plan), MONDAY), ConfirmationAsked)
    assert asked.why == why


@pytest.mark.parametrize(
    ("tier", "due"),
    [
        (Tier.HOURS_2, "2026-03-02 11:00"),
        (Tier.HOURS_24, "2026-03-02 12:00"),
        (Tier.DAYS_7, "2026-03-03 10:00"),
        (Tier.DAYS_15, "2026-03-03 10:00"),
    ],
)
def test_r23_a_seat_has_the_tiers_time_to_dispatch(tier: Tier, due: str) -> None:
    asked = a_complaint(terms(tier)).triaged(a_triage(a_plan(under=terms(tier)), confidence=0))
    assert asked.due_of(ClockName.CONFIRMATION, "confidence") == when(due)


def test_r23_the_time_to_dispatch_runs_from_receipt_and_not_from_classification() -> None:
    unsure, unplaced = UNSURE, a_triage(a_plan(district="", street=""))
    late = a_complaint().later(hours=10)
    assert late.triaged(unsure).due_of(ClockName.CONFIRMATION, "confidence") == when("2026-03-03 10:00")
    assert late.triaged(unplaced).due_of(ClockName.CONFIRMATION, "place") == when("2026-03-03 10:00")


@pytest.mark.parametrize("hours", [24, 50])
def test_r23_where_the_time_to_dispatch_has_passed_a_seat_still_gets_a_whole_one(hours: int) -> None:
    late = a_complaint().later(hours=hours)
    due = late.triaged(UNSURE).due_of(ClockName.CONFIRMATION, "confidence")
    assert due == late.later(hours=24).now


def test_r15_a_seats_word_dispatches_the_complaint() -> None:
    given = a_complaint().triaged(UNSURE)
    happened = given.decides(ConfirmClassification("010101", DISTRICT, STREET), plan=a_plan())
    assert kinds(happened) == [ClassificationConfirmed, Dispatched]


def test_r15_a_confirmation_that_changes_nothing_is_no_correction() -> None:
    assert not _confirm(a_complaint().triaged(UNSURE), a_plan()).corrected


@pytest.mark.parametrize(
    "plan", [a_plan(replace(an_item(), code="010102")), a_plan(street=""), a_plan(district="110108", street="")]
)
def test_r15_another_item_or_place_is_a_correction(plan: Plan) -> None:
    assert _confirm(a_complaint().triaged(UNSURE), plan).corrected


def test_r15_the_complaint_takes_the_place_that_the_seat_confirmed() -> None:
    plan = a_plan(district="110108", street=OTHER_STREET)
    given = a_complaint().triaged(UNSURE)
    after = given.after(ConfirmClassification("010101", "110108", OTHER_STREET), plan=plan)
    assert (after.state.district, after.state.street) == ("110108", OTHER_STREET)
    assert after.state.lead == OTHER_STREET


def test_r15_the_complaint_takes_item_and_policy_that_the_seat_confirmed() -> None:
    plan = a_plan(replace(an_item(Duty.NONE), code="020101"), unit=DEPARTMENT, under=replace(terms(), policy="v2"))
    given = a_complaint().triaged(UNSURE)
    happened = given.decides(ConfirmClassification("020101", DISTRICT, STREET, DEPARTMENT), plan=plan)
    after = given.happened(happened[:1]).state
    assert (after.item, after.policy) == ("020101", "v2")


def test_r15_a_confirmation_that_leaves_the_route_unclear_is_refused() -> None:
    given = a_complaint().triaged(UNSURE)
    refused = given.refuses(ConfirmClassification("010101"), plan=a_plan(district="", street=""))
    assert (refused.code, refused.facts["missing"]) == ("route_unclear", "place")


def test_r18_a_seat_may_name_the_lead_unit_where_the_catalogue_cannot() -> None:
    given = a_complaint().triaged(a_triage(a_plan(an_item(Duty.NONE))))
    assert given.confirmed_to(DEPARTMENT).state.lead == DEPARTMENT


def test_r12_a_seat_may_confirm_that_a_matter_is_not_dispatched() -> None:
    plan = a_plan(an_item(Duty.NONE, not_dispatched=NotDispatched.UNLAWFUL))
    given = a_complaint().triaged(UNSURE)
    after = given.after(ConfirmClassification("010101", DISTRICT, STREET), plan=plan)
    assert after.state.outcome is Outcome.UNLAWFUL


def test_r17_where_nobody_confirms_in_time_the_known_district_organises() -> None:
    after = a_complaint().triaged(UNSURE).rung("2026-03-03 10:00")
    assert (after.state.stage, after.state.lead) == (Stage.HANDLING, DISTRICT)


def test_r17_the_district_that_organises_has_service_hours_although_the_proposed_unit_has_none() -> None:
    under = terms(around_clock=True)
    given = a_complaint(under, at="2026-03-05 17:00").triaged(a_triage(a_plan(under=under), confidence=0))
    after = given.rung("2026-03-06 17:00")
    assert not after.state.pinned.around_clock
    assert after.due_of(ClockName.SIGN_IN) == when("2026-03-09 10:00")


@pytest.mark.parametrize("around_clock", [True, False])
def test_r21_a_dispatch_says_whether_its_unit_is_on_duty_around_the_clock(around_clock: bool) -> None:
    plan = a_plan(under=terms(around_clock=around_clock))
    happened = triaged(a_complaint().state, a_triage(plan), MONDAY)
    assert the(happened, Dispatched).around_clock is around_clock
    assert a_complaint().happened(happened).state.pinned.around_clock is around_clock


def test_r23_where_nobody_confirms_and_no_district_is_known_the_seat_is_asked_again() -> None:
    given = a_complaint(district="", street="").triaged(a_triage(a_plan(district="", street="")))
    happened = given.rings("2026-03-03 10:00")
    assert kinds(happened) == [ClockRang, ConfirmationAsked]
    assert the(happened, ConfirmationAsked) == ConfirmationAsked("place", when("2026-03-04 10:00"))


def test_r22_a_dispatch_bears_every_deadline() -> None:
    sent = the(triaged(a_complaint().state, a_triage(), MONDAY), Dispatched)
    assert sent.due == when("2026-03-09 10:00")
    assert sent.sign_in_due == when("2026-03-02 12:00")
    assert sent.contact_due == when("2026-03-03 10:00")
    assert sent.objection_until == when("2026-03-04 00:00")
    assert sent.escalation_at == when("2026-03-16 10:00")


def test_r22_a_dispatch_starts_the_clocks_it_bears() -> None:
    given = a_complaint().dispatched_to(STREET)
    assert sorted(clock.name for clock in given.state.clocks) == sorted(
        [
            ClockName.SIGN_IN,
            ClockName.CONTACT,
            *[ClockName.REMINDER] * 3,
            ClockName.HANDLING,
            ClockName.ESCALATION,
        ]
    )


@pytest.mark.parametrize(
    ("tier", "sign_in", "contact"),
    [
        (Tier.HOURS_2, "2026-03-02 10:30", "2026-03-02 10:30"),
        (Tier.HOURS_24, "2026-03-02 12:00", "2026-03-02 12:00"),
        (Tier.DAYS_15, "2026-03-02 12:00", "2026-03-03 10:00"),
    ],
)
def test_r22_each_tier_has_its_sign_in_and_contact_limits(tier: Tier, sign_in: str, contact: str) -> None:
    given = a_complaint(terms(tier)).dispatched_to(STREET)
    assert given.due_of(ClockName.SIGN_IN) == when(sign_in)
    assert given.due_of(ClockName.CONTACT) == when(contact)


@pytest.mark.parametrize("under", [terms(), terms(of=closing_at_six())])
def test_the_policy_of_dispatch_is_pinned_on_the_complaint(under: Terms) -> None:
    state = a_complaint(under).dispatched_to(STREET).state
    assert (state.policy, state.tier) == (under.policy, under.tier.value)


@pytest.mark.parametrize(("start", "provisional"), [("2026-12-21 10:00", False), ("2026-12-23 10:00", True)])
def test_a_deadline_in_an_unpublished_year_is_provisional_on_the_complaint(start: str, provisional: bool) -> None:
    given = a_complaint(terms(day_kind=DayKind.WORKING_DAYS), at=start).dispatched_to(STREET)
    assert given.state.provisional is provisional


def test_a_designated_unit_gets_no_objection_window() -> None:
    assert a_complaint().dispatched_to(STREET, designated=True).state.objection_until is None


def test_only_units_that_have_to_do_with_it_may_read_it() -> None:
    assert a_complaint().dispatched_to(STREET).state.units == (DISTRICT, STREET)
    assert CITY not in a_complaint().dispatched_to(DEPARTMENT).state.units
