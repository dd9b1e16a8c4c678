"""Counting day by day and counting at once come to the same instant, from any start, by any span and calendar."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import BEIJING
from domain.catalogue import DayKind
from domain.counting import Why, count, in_words
from domain.span import Span, SpanUnit
from tests.domain.city import calendar, clockwork, known_in, when

FIRST = datetime(2024, 1, 1, tzinfo=BEIJING)
MINUTES = st.integers(0, 3 * 365 * 24 * 60)
STARTS = st.one_of(MINUTES, MINUTES.map(lambda n: n // 1440 * 1440)).map(lambda n: FIRST + timedelta(minutes=n))
SPANS = st.builds(Span, st.integers(1, 20), st.sampled_from(SpanUnit))


@settings(max_examples=800, deadline=None, derandomize=True)
@given(
    start=STARTS,
    span=SPANS,
    kind=st.sampled_from(DayKind),
    around_clock=st.booleans(),
    published=st.sampled_from([2023, 2024, 2025, 2026]),
    at_close=st.booleans(),
)
def test_two_ways_of_counting_come_to_the_same_instant(
    start: datetime, span: Span, kind: DayKind, around_clock: bool, published: int, at_close: bool
) -> None:
    work = clockwork(kind, around_clock=around_clock)
    hours = replace(work.service_hours, days_end_at_close=at_close)
    work = replace(work, calendar=known_in(published), service_hours=hours)
    counted = count(work, start, span)
    assert counted.end == work.due(start, span)
    days = [day.day for day in counted.days]
    assert days == [days[0] + timedelta(days=place) for place in range(len(days))], "no day is left out"
    assert all(day.guessed == (day.day.year > published) for day in counted.days if day.why is not Why.FIRST)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(start=STARTS, amount=st.integers(1, 20))
def test_as_many_working_days_are_numbered_as_were_asked_for(start: datetime, amount: int) -> None:
    counted = count(clockwork(DayKind.WORKING_DAYS), start, Span(amount, SpanUnit.DAYS))
    numbered = [day for day in counted.days if day.nth]
    assert [day.nth for day in numbered] == list(range(1, amount + 1))
    assert all(calendar().is_working(day.day) for day in numbered)
    skipped = [day for day in counted.days if day.why in (Why.WEEKEND, Why.DAY_OFF)]
    assert not any(calendar().is_working(day.day) for day in skipped)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(start=STARTS, amount=st.integers(1, 30), around_clock=st.just(False))
def test_service_hours_add_up_to_what_was_asked_for(start: datetime, amount: int, around_clock: bool) -> None:
    counted = count(clockwork(around_clock=around_clock), start, Span(amount, SpanUnit.SERVICE_HOURS))
    taken = sum((day.counted or timedelta() for day in counted.days), timedelta())
    assert taken == timedelta(hours=amount)


def test_natural_time_has_no_days_to_tell() -> None:
    for span in ("30m", "24h", "7d"):
        assert count(clockwork(DayKind.ELAPSED), when("2026-10-01 10:00"), Span.parse(span)).days == ()


def named(day: date) -> str:
    """The holiday of a day, as the shipped calendar files name it."""
    return "国庆节" if date(2026, 10, 1) <= day <= date(2026, 10, 10) else ""


def test_days_are_told_in_words_and_those_that_are_alike_together() -> None:
    counted = count(clockwork(DayKind.WORKING_DAYS), when("2026-09-30 16:20"), Span.parse("4d"))
    told = "09-30当日不计；10-01至10-07国庆节；10-08第1日；10-09第2日；10-10第3日（国庆节补班）；10-11周末；10-12第4日"
    assert in_words(counted.days, named) == told


def test_a_last_day_that_is_a_day_off_moves_and_says_so() -> None:
    counted = count(clockwork(DayKind.CALENDAR_DAYS), when("2026-09-29 09:00"), Span.parse("7d"))
    assert in_words(counted.days[-3:], named) == "10-06第7日；10-07国庆节；10-08顺延至此"


def test_a_year_that_is_not_published_is_told_as_a_guess() -> None:
    work = replace(clockwork(DayKind.WORKING_DAYS), calendar=known_in(2026))
    counted = count(work, when("2026-12-31 09:00"), Span.parse("2d"))
    assert (
        in_words(counted.days, named)
        == "12-31当日不计；01-01第1日（未公布）；01-02至01-03周末（未公布）；01-04第2日（未公布）"
    )


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("2026-09-18 17:30", "09-18计30分钟；09-19周末；09-20计90分钟（补班）"),
        ("2026-09-30 18:00", "09-30计0分钟；10-01至10-07国庆节；10-08计120分钟"),
        ("2026-03-02 10:00", "03-02计120分钟"),
    ],
)
def test_service_hours_are_told_by_the_day(start: str, told: str) -> None:
    assert in_words(count(clockwork(), when(start), Span.parse("2sh")).days, named) == told
