"""意见: what the addressed government may say, and what its silence leads to (R28, 条例 art. 20)."""

import pytest

from domain.catalogue import Tier
from domain.clock import ClockName
from domain.commands import Escalate, IssueOpinion, ReportCoHandling
from domain.events import CoHandlerJoined, DecisionPressed, Dispatched, Escalated, ExtensionGranted, OpinionIssued
from domain.grounds import Level, OpinionKind
from domain.lifecycle import Stage
from tests.domain.building import NOT_MY_DUTY, RESOLVED, Given, a_handled_complaint, kinds, the
from tests.domain.city import (
    CITY,
    DEPARTMENT,
    DISTRICT,
    ENTERPRISE,
    OTHER_DEPARTMENT,
    OTHER_STREET,
    STREET,
    a_plan,
    terms,
    when,
)

HANDLED = a_handled_complaint()
ASKED = HANDLED.escalated_to(Level.DISTRICT)
PRESS, TAKE_OVER = IssueOpinion(OpinionKind.PRESS), IssueOpinion(OpinionKind.TAKE_OVER)


def _reassigned(given: Given, unit: str) -> Given:
    return given.after(IssueOpinion(OpinionKind.REASSIGN, (unit,)), DISTRICT, plan=a_plan(unit=unit))


def test_r28_an_opinion_is_due_in_two_working_days() -> None:
    assert ASKED.due_of(ClockName.OPINION) == when("2026-03-05 00:00")


def test_r28_one_opinion_is_owed_at_a_time() -> None:
    refused = ASKED.refuses(Escalate(Level.DISTRICT), STREET)
    assert (refused.code, refused.facts["to"]) == ("opinion_pending", DISTRICT)


def test_r28_only_the_addressed_government_issues_the_opinion() -> None:
    refused = ASKED.refuses(PRESS, CITY)
    assert (refused.code, refused.facts["to"]) == ("not_addressed", DISTRICT)


def test_r28_no_opinion_is_issued_that_nobody_asked() -> None:
    assert HANDLED.refuses(PRESS, DISTRICT).code == "no_opinion_asked"


def test_r28_an_opinion_pays_the_debt_and_stops_its_clock() -> None:
    assert ASKED.decides(PRESS, DISTRICT) == (OpinionIssued("district", DISTRICT, "press", STREET),)
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
        (OpinionKind.REASSIGN, ("",)),
    ],
)
def test_r28_units_that_do_not_fit_the_opinion_are_refused(opinion: OpinionKind, units: tuple[str, ...]) -> None:
    assert ASKED.refuses(IssueOpinion(opinion, units), DISTRICT).code == "opinion_units_unfit"


def test_r28_an_opinion_may_not_order_an_empty_unit_to_co_handle() -> None:
    order = IssueOpinion(OpinionKind.ORDER_CO_HANDLING, ("",))
    assert ASKED.refuses(order, DISTRICT).code == "units_repeat_or_missing"


def test_r21_a_government_that_takes_a_case_from_a_unit_on_duty_around_the_clock_has_service_hours() -> None:
    given = a_handled_complaint(terms(around_clock=True), lead=ENTERPRISE).escalated_to(Level.MUNICIPALITY)
    taken = given.after(TAKE_OVER, CITY, at="2026-03-06 17:00")
    assert given.state.pinned.around_clock
    assert not taken.state.pinned.around_clock
    assert taken.due_of(ClockName.SIGN_IN) == when("2026-03-09 10:00")


def test_r21_a_unit_on_duty_around_the_clock_that_gets_the_case_by_opinion_answers_at_all_hours() -> None:
    plan = a_plan(unit=ENTERPRISE, under=terms(around_clock=True))
    reassign = IssueOpinion(OpinionKind.REASSIGN, (ENTERPRISE,))
    given = ASKED.after(reassign, DISTRICT, at="2026-03-06 17:00", plan=plan)
    assert given.state.pinned.around_clock
    assert given.due_of(ClockName.SIGN_IN) == when("2026-03-06 19:00")


def test_r28_an_opinion_may_be_issued_while_the_bureau_decides_on_an_objection() -> None:
    pressed = ASKED.objected().after(PRESS, DISTRICT)
    assert (pressed.state.stage, pressed.state.escalation) == (Stage.OBJECTION, None)


def test_r28_a_government_that_takes_the_case_ends_the_objection_too() -> None:
    taken = ASKED.objected().after(TAKE_OVER, DISTRICT)
    assert (taken.state.stage, taken.state.lead) == (Stage.HANDLING, DISTRICT)
    assert not taken.runs(ClockName.OBJECTION_DECISION)


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


def test_r28_a_government_may_extend_the_limit() -> None:
    happened = ASKED.decides(IssueOpinion(OpinionKind.EXTEND, days=3), DISTRICT)
    assert kinds(happened) == [OpinionIssued, ExtensionGranted]
    granted = the(happened, ExtensionGranted)
    assert (granted.by_opinion, granted.amount, granted.due) == (True, "3wd", when("2026-03-13 00:00"))


def test_r28_an_extension_by_opinion_uses_none_of_the_units_own_up() -> None:
    after = ASKED.after(IssueOpinion(OpinionKind.EXTEND, days=3), DISTRICT)
    assert after.state.extensions == 0
    assert after.due_of(ClockName.HANDLING) == when("2026-03-13 00:00")


def test_r28_an_extension_by_opinion_leaves_the_units_own_request_to_the_centre() -> None:
    after = HANDLED.asked_for(days=2).escalated_to(Level.DISTRICT)
    after = after.after(IssueOpinion(OpinionKind.EXTEND, days=3), DISTRICT)
    assert after.runs(ClockName.EXTENSION_DECISION)
    assert after.granted().state.due == when("2026-03-17 00:00")


def test_r28_a_limit_that_has_run_out_is_extended_from_the_opinion_on() -> None:
    late = HANDLED.rung("2026-03-09 10:00").escalated_to(Level.DISTRICT, at="2026-03-09 11:00")
    after = late.after(IssueOpinion(OpinionKind.EXTEND, days=1), DISTRICT, at="2026-03-10 10:00")
    assert (after.state.overdue, after.state.due) == (False, when("2026-03-12 00:00"))
    assert after.state.was_overdue


def test_r28_a_government_extends_no_further_than_one_extension_of_the_tier() -> None:
    assert ASKED.refuses(IssueOpinion(OpinionKind.EXTEND, days=11), DISTRICT).code == "extension_too_long"
    assert ASKED.refuses(IssueOpinion(OpinionKind.EXTEND), DISTRICT).code == "extension_too_long"


def test_r28_not_even_a_government_extends_what_cannot_wait_two_hours() -> None:
    two_hours = a_handled_complaint(terms(Tier.HOURS_2)).escalated_to(Level.DISTRICT)
    assert two_hours.refuses(IssueOpinion(OpinionKind.EXTEND, hours=1), DISTRICT).code == "extension_not_open"


@pytest.mark.parametrize(
    "command",
    [
        IssueOpinion(OpinionKind.PRESS, days=1),
        IssueOpinion(OpinionKind.TAKE_OVER, hours=1),
        IssueOpinion(OpinionKind.EXTEND, (DEPARTMENT,), days=1),
    ],
    ids=str,
)
def test_r28_only_an_extension_has_a_length_and_it_names_no_unit(command: IssueOpinion) -> None:
    assert ASKED.refuses(command, DISTRICT).code == "opinion_units_unfit"


def test_r28_a_line_department_that_was_asked_owes_the_opinion() -> None:
    asked = HANDLED.after(Escalate(Level.DEPARTMENT, DEPARTMENT), STREET)
    assert asked.due_of(ClockName.OPINION) == when("2026-03-05 00:00")
    assert asked.refuses(PRESS, DISTRICT).code == "not_addressed"
    assert kinds(asked.decides(PRESS, DEPARTMENT)) == [OpinionIssued]


def test_r28_a_silent_line_department_is_followed_by_the_district() -> None:
    asked = HANDLED.after(Escalate(Level.DEPARTMENT, DEPARTMENT), STREET)
    climbed = the(asked.rings("2026-03-05 00:00"), Escalated)
    assert (climbed.level, climbed.to, climbed.cause) == ("district", DISTRICT, "no_opinion")


def test_r28_a_line_department_that_was_asked_takes_no_rung_off_the_ladder() -> None:
    asked = HANDLED.escalated_to(Level.MUNICIPALITY).after(PRESS, CITY)
    asked = asked.after(Escalate(Level.DEPARTMENT, DEPARTMENT), STREET)
    assert asked.state.escalated_to == "municipality"


@pytest.mark.parametrize("command", [Escalate(Level.DEPARTMENT), Escalate(Level.DISTRICT, DEPARTMENT)], ids=str)
def test_r28_a_line_department_is_named_and_nobody_else_is(command: Escalate) -> None:
    assert HANDLED.refuses(command, STREET).code == "escalation_unit_unfit"


def test_r28_a_department_that_leads_does_not_ask_itself() -> None:
    given = a_handled_complaint(lead=DEPARTMENT)
    assert given.refuses(Escalate(Level.DEPARTMENT, DEPARTMENT), DEPARTMENT).code == "level_unfit"
