"""What holds for every deadline, whatever the start, the span and the way of counting."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import BEIJING, beijing_day
from domain.catalogue import DayKind
from domain.deadlines import Clockwork, share
from domain.span import Span, SpanUnit
from tests.domain.city import calendar, clockwork, closing_at_six, limits, when

STARTS = st.timedeltas(timedelta(), timedelta(days=3 * 365)).map(lambda passed: when("2024-01-01") + passed)
AMOUNTS = st.integers(1, 40)
SPANS = st.builds(Span, AMOUNTS, st.sampled_from(SpanUnit))
CLOCKWORKS = st.builds(
    Clockwork,
    st.just(calendar()),
    st.sampled_from([limits().service_hours, closing_at_six().service_hours]),
    st.sampled_from(DayKind),
    st.booleans(),
)
few = settings(max_examples=60, deadline=None, derandomize=True, database=None)

ALL_DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range((date(2026, 12, 1) - date(2024, 1, 1)).days)]
MINUTES = [
    time(0, 0),
    time(8, 59),
    time(9, 0),
    time(9, 1),
    time(15, 59),
    time(16, 0),
    time(16, 1),
    time(17, 59),
    time(18, 0),
    time(18, 1),
    time(23, 59),
]
"""One minute of each class that service hours tell apart: around opening, closing, two hours before, and midnight."""


@few
@given(CLOCKWORKS, STARTS, SPANS)
def test_a_deadline_lies_after_its_start(work: Clockwork, start: datetime, span: Span) -> None:
    assert work.due(start, span) > start


@few
@given(CLOCKWORKS, STARTS, SPANS)
def test_a_longer_span_never_ends_earlier(work: Clockwork, start: datetime, span: Span) -> None:
    assert work.due(start, Span(span.amount + 1, span.unit)) >= work.due(start, span)


@few
@given(CLOCKWORKS, STARTS, st.timedeltas(timedelta(), timedelta(days=20)), SPANS)
def test_a_later_start_never_ends_earlier(work: Clockwork, start: datetime, later: timedelta, span: Span) -> None:
    assert work.due(start + later, span) >= work.due(start, span)


@few
@given(STARTS, AMOUNTS, st.sampled_from([DayKind.CALENDAR_DAYS, DayKind.WORKING_DAYS]))
def test_days_that_end_at_24_00_end_on_a_working_day(start: datetime, amount: int, kind: DayKind) -> None:
    due = clockwork(kind).due(start, Span(amount, SpanUnit.DAYS))
    assert due.time() == time(0, 0)
    assert calendar().is_working(beijing_day(due - timedelta(microseconds=1)))


@few
@given(STARTS, AMOUNTS, AMOUNTS)
def test_working_days_chained_at_24_00_are_the_working_days_counted_at_once(
    start: datetime, one: int, two: int
) -> None:
    def after(begun: datetime, amount: int) -> datetime:
        return clockwork().due(begun, Span(amount, SpanUnit.WORKING_DAYS))

    assert after(after(start, one), two) == after(start, one + two)


@few
@given(STARTS, AMOUNTS)
def test_a_deadline_in_service_hours_falls_into_them(start: datetime, amount: int) -> None:
    due = clockwork().due(start, Span(amount, SpanUnit.SERVICE_HOURS))
    assert calendar().is_working(beijing_day(due))
    assert time(9, 0) < due.time() <= time(18, 0)


@few
@given(STARTS, st.timedeltas(timedelta(seconds=1), timedelta(days=40)), st.integers(1, 100))
def test_a_share_lies_between_start_and_end(start: datetime, length: timedelta, percent: int) -> None:
    assert start <= share(start, start + length, percent) <= start + length


def _service_minutes(start: datetime, end: datetime) -> float:
    """Minutes of open offices between two instants, counted day by day."""
    total, day = 0.0, beijing_day(start)
    while day <= beijing_day(end):
        if calendar().is_working(day):
            opens = datetime.combine(day, time(9, 0), BEIJING)
            closes = datetime.combine(day, time(18, 0), BEIJING)
            total += max((min(end, closes) - max(start, opens)).total_seconds(), 0) / 60
        day += timedelta(days=1)
    return total


@pytest.mark.parametrize("minute", MINUTES, ids=str)
def test_two_service_hours_are_120_open_minutes_on_every_day_of_three_years(minute: time) -> None:
    work, two_hours = clockwork(), Span(2, SpanUnit.SERVICE_HOURS)
    for day in ALL_DAYS:
        start = datetime.combine(day, minute, BEIJING)
        assert _service_minutes(start, work.due(start, two_hours)) == 120, start


@pytest.mark.parametrize(("minute", "uncounted"), [(time(0, 0), 0), (time(0, 1), 1), (time(23, 59), 1)], ids=str)
def test_ten_working_days_hold_ten_working_days_on_every_day_of_three_years(minute: time, uncounted: int) -> None:
    # The day in which a period begins does not count; at 00:00 it begins with the 24:00 of the day before.
    work, ten = clockwork(), Span(10, SpanUnit.WORKING_DAYS)
    for first in ALL_DAYS:
        due = work.due(datetime.combine(first, minute, BEIJING), ten)
        counted = [first + timedelta(days=n) for n in range(uncounted, (beijing_day(due) - first).days)]
        assert sum(calendar().is_working(day) for day in counted) == 10, first
