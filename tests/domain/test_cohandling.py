"""协办 and 吹哨报到 (R26, R27; 条例 art. 14, 16)."""

import pytest

from domain.clock import ClockName
from domain.commands import Command, OrderCoHandling, ReportCoHandling, ReportIn, Whistle
from domain.events import CoHandlerJoined, CoHandlerReported, ReportedIn, ReportInRefused, Supervised
from domain.notices import Notice, notices
from tests.domain.building import a_complaint, a_handled_complaint, kinds
from tests.domain.city import DEPARTMENT, DISTRICT, OTHER_DEPARTMENT, STREET, when

HANDLED = a_handled_complaint()
JOINED = HANDLED.co_handled_by(DEPARTMENT)
WHISTLED = HANDLED.whistled_for(DEPARTMENT)
FINISHED, PROGRESS = ReportCoHandling(finished=True), ReportCoHandling(finished=False)


def test_r26_a_co_handler_gets_two_thirds_of_what_is_left_of_the_leads_time() -> None:
    given = HANDLED.due("2026-03-06 10:00").co_handled_by(DEPARTMENT, at="2026-03-02 10:00")
    # 67 % of 96 hours.
    assert given.due_of(ClockName.CO_HANDLING, DEPARTMENT) == when("2026-03-05 02:19:12")


def test_r26_the_share_is_of_what_is_left_and_not_of_the_whole() -> None:
    given = HANDLED.due("2026-03-06 10:00").co_handled_by(DEPARTMENT, at="2026-03-06 00:00")
    assert given.due_of(ClockName.CO_HANDLING, DEPARTMENT) == when("2026-03-06 06:42")


@pytest.mark.parametrize(
    ("at", "due"),
    [("2026-03-09 10:00", "2026-03-11 18:16:48"), ("2026-03-10 10:00", "2026-03-12 18:16:48")],
    ids=["at expiry", "a day late"],
)
def test_r26_when_the_leads_time_is_over_a_co_handler_gets_its_share_of_a_reworks(at: str, due: str) -> None:
    # 67 % of the 84 hours that a rework of seven days has.
    given = HANDLED.rung(at).co_handled_by(DEPARTMENT, at=at)
    assert given.due_of(ClockName.CO_HANDLING, DEPARTMENT) == when(due)


def test_r26_several_units_join_at_once_each_with_its_own_clock() -> None:
    given = HANDLED.co_handled_by(DEPARTMENT, OTHER_DEPARTMENT)
    assert given.state.open_co_handlers == (DEPARTMENT, OTHER_DEPARTMENT)
    assert given.runs(ClockName.CO_HANDLING, DEPARTMENT)
    assert given.runs(ClockName.CO_HANDLING, OTHER_DEPARTMENT)


def test_r26_a_co_handler_may_read_the_complaint() -> None:
    assert DEPARTMENT in JOINED.state.units


@pytest.mark.parametrize("units", [(), (DEPARTMENT, DEPARTMENT), ("",), (DEPARTMENT, "")])
@pytest.mark.parametrize("kind", [OrderCoHandling, Whistle])
def test_r26_no_unit_an_empty_one_or_the_same_unit_twice_is_refused(
    kind: type[OrderCoHandling] | type[Whistle], units: tuple[str, ...]
) -> None:
    assert HANDLED.refuses(kind(units), STREET).code == "units_repeat_or_missing"


@pytest.mark.parametrize("unit", [STREET, DEPARTMENT])
def test_r26_the_lead_or_an_open_co_handler_does_not_join_again(unit: str) -> None:
    refused = JOINED.refuses(OrderCoHandling((unit,)), STREET)
    assert (refused.code, refused.facts["units"]) == ("unit_handles_already", [unit])


@pytest.mark.parametrize("command", [OrderCoHandling((DEPARTMENT,)), Whistle((DEPARTMENT,))])
def test_r26_nobody_but_the_lead_unit_calls_others(command: Command) -> None:
    assert HANDLED.refuses(command, DISTRICT).code == "not_lead_unit"


@pytest.mark.parametrize("command", [OrderCoHandling((DEPARTMENT,)), Whistle((DEPARTMENT,))])
def test_r26_a_lead_unit_signs_in_before_it_calls_others(command: Command) -> None:
    given = a_complaint().dispatched_to(STREET)
    assert given.refuses(command, STREET).code == "not_signed_in"


def test_r26_a_result_closes_the_co_handling_and_its_clock() -> None:
    assert JOINED.decides(FINISHED, DEPARTMENT) == (CoHandlerReported(DEPARTMENT, finished=True),)
    after = JOINED.after(FINISHED, DEPARTMENT)
    assert after.state.open_co_handlers == ()
    assert not after.runs(ClockName.CO_HANDLING, DEPARTMENT)


def test_r26_a_result_closes_no_other_co_handling() -> None:
    after = HANDLED.co_handled_by(DEPARTMENT, OTHER_DEPARTMENT).after(FINISHED, DEPARTMENT)
    assert after.state.open_co_handlers == (OTHER_DEPARTMENT,)
    assert after.runs(ClockName.CO_HANDLING, OTHER_DEPARTMENT)


def test_r26_a_reason_with_stage_progress_leaves_the_co_handling_open() -> None:
    assert JOINED.after(PROGRESS, DEPARTMENT).state == JOINED.state


@pytest.mark.parametrize("unit", [STREET, OTHER_DEPARTMENT])
def test_r26_who_does_not_co_handle_does_not_report(unit: str) -> None:
    assert JOINED.refuses(FINISHED, unit).code == "not_co_handler"


def test_r26_a_co_handler_that_has_finished_does_not_report_again() -> None:
    assert JOINED.after(FINISHED, DEPARTMENT).refuses(PROGRESS, DEPARTMENT).code == "not_co_handler"


def test_r26_a_co_handler_that_has_finished_may_be_called_again() -> None:
    again = JOINED.after(FINISHED, DEPARTMENT).co_handled_by(DEPARTMENT)
    assert again.state.open_co_handlers == (DEPARTMENT,)
    assert len(again.state.co_handlers) == 1


def test_r26_a_co_handler_that_does_not_report_in_its_limit_is_supervised() -> None:
    due = JOINED.due_of(ClockName.CO_HANDLING, DEPARTMENT)
    assert Supervised("co_handling_overdue") in JOINED.rings(due)


def test_r26_a_co_handler_that_is_late_is_still_open() -> None:
    late = JOINED.rung(JOINED.due_of(ClockName.CO_HANDLING, DEPARTMENT))
    assert late.state.open_co_handlers == (DEPARTMENT,)
    assert late.after(FINISHED, DEPARTMENT).state.open_co_handlers == ()


def test_r27_a_whistled_unit_has_a_working_day_to_report_in() -> None:
    (joined,) = HANDLED.decides(Whistle((DEPARTMENT,)), STREET)
    assert isinstance(joined, CoHandlerJoined)
    assert joined.report_in_due == when("2026-03-04 00:00")
    assert WHISTLED.due_of(ClockName.REPORT_IN, DEPARTMENT) == when("2026-03-04 00:00")


def test_r27_a_co_handler_that_was_not_whistled_for_has_no_report_in_limit() -> None:
    assert not JOINED.runs(ClockName.REPORT_IN, DEPARTMENT)


@pytest.mark.parametrize("lead", [DISTRICT, OTHER_DEPARTMENT])
def test_r27_only_a_street_whistles(lead: str) -> None:
    given = a_handled_complaint(lead=lead)
    assert given.refuses(Whistle((DEPARTMENT,)), lead).code == "only_streets_whistle"


def test_r27_reporting_in_stops_the_report_in_clock_and_no_other() -> None:
    assert WHISTLED.decides(ReportIn(), DEPARTMENT) == (ReportedIn(DEPARTMENT),)
    after = WHISTLED.after(ReportIn(), DEPARTMENT)
    assert not after.runs(ClockName.REPORT_IN, DEPARTMENT)
    assert after.runs(ClockName.CO_HANDLING, DEPARTMENT)
    assert after.state.open_co_handlers == (DEPARTMENT,)


def test_r27_a_unit_reports_in_once() -> None:
    assert WHISTLED.after(ReportIn(), DEPARTMENT).refuses(ReportIn(), DEPARTMENT).code == "not_whistled"


def test_r27_who_was_not_whistled_for_does_not_report_in() -> None:
    assert JOINED.refuses(ReportIn(), DEPARTMENT).code == "not_whistled"
    assert WHISTLED.refuses(ReportIn(), OTHER_DEPARTMENT).code == "not_co_handler"


def test_r27_silence_is_supervised() -> None:
    happened = WHISTLED.rings("2026-03-04 00:00")
    assert Supervised("report_in_overdue") in happened


def test_r27_a_whistled_unit_may_report_in_late() -> None:
    late = WHISTLED.rung("2026-03-04 00:00")
    assert kinds(late.decides(ReportIn(), DEPARTMENT)) == [ReportedIn]


def test_r27_a_whistled_unit_that_has_finished_owes_no_report_in() -> None:
    after = WHISTLED.after(FINISHED, DEPARTMENT)
    assert not after.runs(ClockName.REPORT_IN, DEPARTMENT)
    assert [each.reported_in for each in after.state.co_handlers] == [True]


def test_r27_a_whistled_unit_that_will_not_come_is_pressed_and_its_district_is_told() -> None:
    happened = WHISTLED.decides(ReportIn(present=False), DEPARTMENT)
    assert happened == (ReportInRefused(DEPARTMENT), Supervised("report_in_refused"))
    told = notices(happened, WHISTLED.happened(happened).state)
    assert Notice("ReportInRefused", DISTRICT) in told


def test_r27_refusing_to_come_stops_the_report_in_clock_and_leaves_its_part_open() -> None:
    after = WHISTLED.after(ReportIn(present=False), DEPARTMENT)
    assert not after.runs(ClockName.REPORT_IN, DEPARTMENT)
    assert after.runs(ClockName.CO_HANDLING, DEPARTMENT)
    assert after.state.open_co_handlers == (DEPARTMENT,)


def test_r27_a_unit_that_would_not_come_may_come_after_all() -> None:
    after = WHISTLED.after(ReportIn(present=False), DEPARTMENT).after(ReportIn(), DEPARTMENT)
    assert [each.reported_in for each in after.state.co_handlers] == [True]


def test_r27_a_unit_that_is_there_does_not_refuse_any_more() -> None:
    there = WHISTLED.after(ReportIn(), DEPARTMENT)
    assert there.refuses(ReportIn(present=False), DEPARTMENT).code == "not_whistled"
