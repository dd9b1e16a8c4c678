"""The lead unit reports done (R24-R26, 条例 art. 14, 15)."""

import pytest

from domain.clock import ClockName
from domain.commands import Command, ReportDone
from domain.events import ReportedDone
from domain.lifecycle import Stage
from domain.outcome import DoneAs, Outcome
from tests.domain.building import EXPLAINED, RESOLVED, a_complaint, a_handled_complaint, the
from tests.domain.city import DEPARTMENT, OTHER_DEPARTMENT, OTHER_STREET, STREET, when

HANDLED = a_handled_complaint()
WITH_OTHERS = HANDLED.co_handled_by(DEPARTMENT, OTHER_DEPARTMENT)
OVERRIDING = ReportDone(DoneAs.RESOLVED, override=True)


def test_r24_a_report_opens_the_callback() -> None:
    assert HANDLED.after(RESOLVED, STREET).state.stage is Stage.CALLBACK


@pytest.mark.parametrize("report", [RESOLVED, EXPLAINED])
def test_r24_nobody_but_the_lead_unit_reports(report: Command) -> None:
    assert HANDLED.refuses(report, OTHER_STREET).code == "not_lead_unit"


def test_r24_a_unit_that_has_not_signed_in_does_not_report() -> None:
    assert a_complaint().dispatched_to(STREET).refuses(RESOLVED, STREET).code == "not_signed_in"


def test_r24_a_late_report_is_not_refused() -> None:
    late = HANDLED.rung("2026-03-09 10:00").reported(at="2026-03-12 10:00")
    assert late.state.stage is Stage.CALLBACK
    assert late.state.overdue


def test_r24_a_report_stops_every_clock_of_handling() -> None:
    after = HANDLED.whistled_for(DEPARTMENT).asked_for(days=3).reported(OVERRIDING)
    assert [clock.name for clock in after.state.clocks] == [ClockName.CALLBACK]


def test_r24_an_extension_that_waited_falls_with_the_report() -> None:
    assert HANDLED.asked_for(days=3).reported().state.extension is None


@pytest.mark.parametrize(
    ("reported", "called", "until"),
    [
        ("2026-03-04 09:59", "2026-03-04 10:00", "2026-03-04 12:00"),
        ("2026-03-04 10:00", "2026-03-05 10:00", "2026-03-05 12:00"),
        ("2026-03-04 23:00", "2026-03-05 10:00", "2026-03-05 12:00"),
    ],
)
def test_r32_the_first_callback_comes_at_its_next_hour_and_has_two_hours(
    reported: str, called: str, until: str
) -> None:
    happened = HANDLED.decides(RESOLVED, STREET, at=reported)
    planned = the(happened, ReportedDone)
    assert (planned.callback_at, planned.callback_until) == (when(called), when(until))
    assert HANDLED.happened(happened).due_of(ClockName.CALLBACK, "1") == when(until)


def test_r25_what_was_explained_is_recorded_as_explained() -> None:
    after = HANDLED.explained()
    assert after.state.done_as is DoneAs.EXPLAINED
    assert after.state.outcome is not Outcome.RESOLVED


def test_r26_a_report_is_refused_while_a_co_handler_is_open() -> None:
    refused = WITH_OTHERS.refuses(RESOLVED, STREET)
    assert (refused.code, refused.facts["units"]) == ("co_handler_open", [DEPARTMENT, OTHER_DEPARTMENT])


def test_r26_an_override_reports_all_the_same_and_names_who_was_open() -> None:
    assert the(WITH_OTHERS.decides(OVERRIDING, STREET), ReportedDone).overriding == (
        DEPARTMENT,
        OTHER_DEPARTMENT,
    )


def test_r26_an_override_stays_on_the_complaint() -> None:
    assert WITH_OTHERS.reported(OVERRIDING).state.overrode
    assert not HANDLED.reported().state.overrode


def test_r26_an_override_leaves_no_co_handler_open() -> None:
    assert WITH_OTHERS.reported(OVERRIDING).state.open_co_handlers == ()


def test_r26_there_is_no_override_where_nobody_is_open() -> None:
    assert HANDLED.refuses(OVERRIDING, STREET).code == "nothing_to_override"
