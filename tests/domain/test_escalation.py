"""提级: by the unit itself and by the overdue ladder (R28, 条例 art. 20; rules §5)."""

import pytest

from domain.catalogue import Tier
from domain.clock import ClockName
from domain.commands import Escalate, IssueOpinion, Level, OpinionKind, ReportCoHandling
from domain.events import ClockRang, CoHandlerJoined, DecisionPressed, Dispatched, Escalated, OpinionIssued
from domain.lifecycle import Stage
from tests.domain.building import NOT_MY_DUTY, RESOLVED, Given, a_complaint, a_handled_complaint, kinds, the
from tests.domain.city import (
    CITY,
    DEPARTMENT,
    DISTRICT,
    OTHER_DEPARTMENT,
    OTHER_STREET,
    STREET,
    Instant,
    a_plan,
    terms,
    when,
)

HANDLED = a_handled_complaint()
ASKED = HANDLED.escalated_to(Level.DISTRICT)
PRESS, TAKE_OVER = IssueOpinion(OpinionKind.PRESS), IssueOpinion(OpinionKind.TAKE_OVER)
TO_DISTRICT = Escalate(Level.DISTRICT)


def _climbed(given: Given, at: Instant | None = None) -> Escalated:
    """The step that an overdue complaint takes when its ladder clock rings."""
    return the(given.rings(at or given.due_of(ClockName.ESCALATION)), Escalated)


def _reassigned(given: Given, unit: str) -> Given:
    return given.after(IssueOpinion(OpinionKind.REASSIGN, (unit,)), DISTRICT, plan=a_plan(unit=unit))


@pytest.mark.parametrize(("level", "to"), [(Level.DISTRICT, DISTRICT), (Level.MUNICIPALITY, CITY)])
def test_r28_the_lead_unit_puts_it_before_a_government_that_owes_an_opinion(level: Level, to: str) -> None:
    after = HANDLED.escalated_to(level)
    assert after.state.escalation is not None
    assert (after.state.escalation.level, after.state.escalation.to) == (level, to)


def test_r28_an_opinion_is_due_in_two_working_days() -> None:
    assert ASKED.due_of(ClockName.OPINION) == when("2026-03-05 00:00")


def test_r28_an_escalation_stops_neither_the_handling_nor_the_ladder_clock() -> None:
    assert ASKED.due_of(ClockName.HANDLING) == HANDLED.due_of(ClockName.HANDLING)
    assert ASKED.due_of(ClockName.ESCALATION) == HANDLED.due_of(ClockName.ESCALATION)


def test_r28_the_addressed_government_may_read_the_complaint() -> None:
    assert CITY in HANDLED.escalated_to(Level.MUNICIPALITY).state.units


def test_r28_nobody_but_the_lead_unit_escalates() -> None:
    assert HANDLED.refuses(TO_DISTRICT, OTHER_STREET).code == "not_lead_unit"


def test_r28_a_lead_unit_signs_in_before_it_escalates() -> None:
    assert a_complaint().dispatched_to(STREET).refuses(TO_DISTRICT, STREET).code == "not_signed_in"


def test_r28_one_opinion_is_owed_at_a_time() -> None:
    refused = ASKED.refuses(TO_DISTRICT, STREET)
    assert (refused.code, refused.facts["to"]) == ("opinion_pending", DISTRICT)


def test_r28_a_district_that_leads_does_not_ask_itself() -> None:
    given = a_handled_complaint(lead=DISTRICT)
    assert given.refuses(TO_DISTRICT, DISTRICT).code == "level_unfit"


def test_r28_no_district_is_asked_where_none_is_known() -> None:
    given = a_complaint(district="", street="").dispatched_to(DEPARTMENT).signed_in()
    assert given.refuses(TO_DISTRICT, DEPARTMENT).code == "level_unfit"


def test_r28_only_the_addressed_government_issues_the_opinion() -> None:
    refused = ASKED.refuses(PRESS, CITY)
    assert (refused.code, refused.facts["to"]) == ("not_addressed", DISTRICT)


def test_r28_no_opinion_is_issued_that_nobody_asked() -> None:
    assert HANDLED.refuses(PRESS, DISTRICT).code == "no_opinion_asked"


def test_r28_an_opinion_pays_the_debt_and_stops_its_clock() -> None:
    assert ASKED.decides(PRESS, DISTRICT) == (OpinionIssued("district", DISTRICT, "press"),)
    after = ASKED.after(PRESS, DISTRICT)
    assert after.state.escalation is None
    assert not after.runs(ClockName.OPINION)


def test_r28_a_pressed_unit_keeps_its_case_and_its_limit() -> None:
    after = ASKED.after(PRESS, DISTRICT)
    assert (after.state.lead, after.state.due) == (STREET, HANDLED.state.due)


def test_r28_an_opinion_may_order_co_handling() -> None:
    order = IssueOpinion(OpinionKind.ORDER_CO_HANDLING, (DEPARTMENT, OTHER_DEPARTMENT))
    happened = ASKED.decides(order, DISTRICT)
    assert kinds(happened) == [OpinionIssued, CoHandlerJoined, CoHandlerJoined]
    assert ASKED.happened(happened).state.open_co_handlers == (DEPARTMENT, OTHER_DEPARTMENT)


def test_r28_a_co_handler_by_opinion_is_not_whistled_for() -> None:
    ordered = ASKED.after(IssueOpinion(OpinionKind.ORDER_CO_HANDLING, (DEPARTMENT,)), DISTRICT)
    assert not ordered.runs(ClockName.REPORT_IN, DEPARTMENT)


def test_r28_a_co_handler_by_opinion_reports_like_any_other() -> None:
    ordered = ASKED.after(IssueOpinion(OpinionKind.ORDER_CO_HANDLING, (DEPARTMENT,)), DISTRICT)
    assert ordered.after(ReportCoHandling(finished=True), DEPARTMENT).state.open_co_handlers == ()


def test_r28_an_opinion_may_not_order_the_lead_unit_to_co_handle() -> None:
    order = IssueOpinion(OpinionKind.ORDER_CO_HANDLING, (STREET,))
    assert ASKED.refuses(order, DISTRICT).code == "unit_handles_already"


def test_r28_a_reassigned_case_starts_afresh_with_its_new_unit() -> None:
    after = _reassigned(ASKED.later(days=1), DEPARTMENT)
    assert (after.state.lead, after.state.due) == (DEPARTMENT, when("2026-03-10 10:00"))
    assert not after.state.signed_in
    assert after.state.escalation is None


def test_r28_a_unit_that_got_the_case_by_opinion_may_not_object() -> None:
    after = _reassigned(ASKED, DEPARTMENT)
    assert after.refuses(NOT_MY_DUTY, DEPARTMENT).code == "designated_may_not_object"


def test_r16_a_street_that_gets_the_case_by_opinion_is_copied_to_its_district() -> None:
    assert _reassigned(ASKED, OTHER_STREET).state.copy_to == "110108"


def test_r28_a_government_may_take_the_case_itself() -> None:
    happened = ASKED.decides(TAKE_OVER, DISTRICT)
    assert kinds(happened) == [OpinionIssued, Dispatched]
    assert (the(happened, Dispatched).lead, the(happened, Dispatched).copy_to) == (DISTRICT, "")


def test_r28_a_government_that_took_the_case_may_not_object() -> None:
    assert ASKED.after(TAKE_OVER, DISTRICT).refuses(NOT_MY_DUTY, DISTRICT).code == "designated_may_not_object"


@pytest.mark.parametrize(
    ("opinion", "units"),
    [
        (OpinionKind.PRESS, (DEPARTMENT,)),
        (OpinionKind.TAKE_OVER, (DEPARTMENT,)),
        (OpinionKind.ORDER_CO_HANDLING, ()),
        (OpinionKind.REASSIGN, ()),
        (OpinionKind.REASSIGN, (DEPARTMENT, OTHER_DEPARTMENT)),
        (OpinionKind.REASSIGN, (STREET,)),
    ],
)
def test_r28_units_that_do_not_fit_the_opinion_are_refused(opinion: OpinionKind, units: tuple[str, ...]) -> None:
    assert ASKED.refuses(IssueOpinion(opinion, units), DISTRICT).code == "opinion_units_unfit"


def test_one_whole_limit_overdue_goes_to_the_district() -> None:
    overdue = HANDLED.rung("2026-03-09 10:00")
    assert overdue.due_of(ClockName.ESCALATION) == when("2026-03-16 10:00")
    climbed = _climbed(overdue)
    assert (climbed.level, climbed.to, climbed.cause) == ("district", DISTRICT, "overdue")


def test_an_overdue_complaint_is_not_escalated_before_another_whole_limit() -> None:
    assert Escalated not in kinds(HANDLED.rings("2026-03-16 09:59:59"))


def test_two_whole_limits_overdue_go_to_the_municipality_although_the_district_has_answered() -> None:
    at_district = HANDLED.rung("2026-03-16 10:00").after(PRESS, DISTRICT)
    climbed = _climbed(at_district, "2026-03-23 10:00")
    assert (climbed.level, climbed.to) == ("municipality", CITY)


def test_at_the_top_of_the_ladder_the_case_is_pressed_for_ever() -> None:
    top = HANDLED.rung("2026-03-16 10:00").after(PRESS, DISTRICT).rung("2026-03-23 10:00").after(PRESS, CITY)
    for at in ("2026-03-30 10:00", "2026-04-06 10:00", "2026-04-13 10:00"):
        happened = top.rings(at)
        assert kinds(happened) == [ClockRang, DecisionPressed]
        assert the(happened, DecisionPressed).clock == "escalation"
        top = top.rung(at)


def test_at_the_top_a_short_limit_presses_no_more_often_than_an_opinion_takes() -> None:
    two_hours = a_handled_complaint(terms(Tier.HOURS_2))
    top = two_hours.escalated_to(Level.MUNICIPALITY).after(PRESS, CITY).rung("2026-03-02 12:00")
    pressed = the(top.rings("2026-03-02 14:00"), DecisionPressed)
    assert pressed == DecisionPressed("escalation", when("2026-03-05 00:00"))


def test_an_overdue_case_that_its_district_leads_goes_straight_to_the_municipality() -> None:
    overdue = a_handled_complaint(lead=DISTRICT).rung("2026-03-09 10:00")
    assert _climbed(overdue).to == CITY


def test_an_overdue_case_in_no_known_district_goes_straight_to_the_municipality() -> None:
    given = a_complaint(district="", street="").dispatched_to(DEPARTMENT).signed_in()
    assert _climbed(given.rung("2026-03-09 10:00")).to == CITY


def test_a_district_that_was_asked_already_is_not_asked_again_when_overdue() -> None:
    overdue = ASKED.after(PRESS, DISTRICT).rung("2026-03-09 10:00")
    assert _climbed(overdue).level == "municipality"


def test_r28_a_silent_district_is_followed_by_the_municipality() -> None:
    climbed = the(ASKED.rings("2026-03-05 00:00"), Escalated)
    assert (climbed.level, climbed.to, climbed.cause) == ("municipality", CITY, "no_opinion")


def test_r28_a_silent_district_no_longer_owes_and_the_municipality_does() -> None:
    after = ASKED.rung("2026-03-05 00:00:01")
    assert after.refuses(PRESS, DISTRICT).code == "not_addressed"
    assert after.due_of(ClockName.OPINION) == when("2026-03-10 00:00")


def test_r28_a_districts_silence_does_not_hurry_the_overdue_ladder() -> None:
    assert ASKED.rung("2026-03-05 00:00").due_of(ClockName.ESCALATION) == when("2026-03-16 10:00")


def test_r28_a_silent_municipality_is_pressed_until_it_speaks() -> None:
    given = HANDLED.escalated_to(Level.MUNICIPALITY)
    for at, fresh in (("2026-03-05 00:00:01", "2026-03-10 00:00"), ("2026-03-10 00:00:01", "2026-03-13 00:00")):
        pressed = [event for event in given.rings(at) if isinstance(event, DecisionPressed)]
        assert pressed[-1:] == [DecisionPressed("opinion", when(fresh))]
        given = given.rung(at)


def test_r28_a_report_in_time_ends_the_wait_for_an_opinion() -> None:
    after = ASKED.after(RESOLVED, STREET)
    assert (after.state.stage, after.state.escalation) == (Stage.CALLBACK, None)
    assert not after.runs(ClockName.OPINION)
