"""Every day of 2024, 2025 and 2026, counted a second time straight from the published files (R22, rules §5)."""

import functools
import tomllib
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from domain.calendar import BEIJING
from domain.catalogue import DayKind
from domain.span import Span, SpanUnit
from tests.domain.city import calendar, clockwork, known_in, terms, when

ONE_DAY = timedelta(days=1)
DAYS = [date(2024, 1, 1) + n * ONE_DAY for n in range((date(2027, 1, 1) - date(2024, 1, 1)).days)]
CLASSES = [time(0, 0), time(0, 1), time(8, 59), time(9, 0), time(12, 0), time(17, 59), time(18, 0), time(23, 59)]
"""A start at 00:00 belongs to the day that ends there; every other minute of a day counts like any other."""
ENDING_IN_TIME = [day for day in DAYS if day < date(2026, 12, 1)]
"""Starts whose limits end within the published years."""


@functools.cache
def _marked() -> dict[date, str]:
    """Days that the files mark, as they stand there."""
    found: dict[date, str] = {}
    for path in sorted((Path(__file__).resolve().parents[2] / "policy" / "calendar").glob("*.toml")):
        for day in tomllib.loads(path.read_text(encoding="utf-8"))["day"]:
            found[day["date"]] = day["kind"]
    return found


def _worked(day: date) -> bool:
    mark = _marked().get(day)
    return mark == "make_up" or (mark is None and day.isoweekday() <= 5)


def _first_day(start: datetime) -> date:
    """The day that does not count."""
    return start.date() - ONE_DAY if start.time() == time(0, 0) else start.date()


def _by_hand(start: datetime, days: int, kind: DayKind) -> datetime:
    """A limit of `days`, ticked off one by one."""
    if kind is DayKind.ELAPSED:
        return start + days * ONE_DAY
    day, left = _first_day(start), days
    while left:
        day += ONE_DAY
        left -= 1 if kind is DayKind.CALENDAR_DAYS or _worked(day) else 0
    while not _worked(day):
        day += ONE_DAY
    return datetime.combine(day + ONE_DAY, time(0, 0), BEIJING)


def _at(day: date, minute: time) -> datetime:
    return datetime.combine(day, minute, BEIJING)


def _starts(minute: time) -> list[datetime]:
    return [_at(day, minute) for day in ENDING_IN_TIME]


@pytest.mark.parametrize("kind", [DayKind.ELAPSED, DayKind.CALENDAR_DAYS, DayKind.WORKING_DAYS])
@pytest.mark.parametrize("minute", CLASSES, ids=str)
def test_r22_seven_days_from_every_day_end_where_a_hand_count_ends(minute: time, kind: DayKind) -> None:
    work, seven = clockwork(kind), Span(7, SpanUnit.DAYS)
    wrong = [start for start in _starts(minute) if work.due(start, seven) != _by_hand(start, 7, kind)]
    assert not wrong


@pytest.mark.parametrize("kind", [DayKind.CALENDAR_DAYS, DayKind.WORKING_DAYS])
@pytest.mark.parametrize("minute", [time(0, 0), time(9, 0), time(23, 59)], ids=str)
def test_r22_fifteen_days_from_every_day_end_where_a_hand_count_ends(minute: time, kind: DayKind) -> None:
    work, fifteen = clockwork(kind), Span(15, SpanUnit.DAYS)
    wrong = [start for start in _starts(minute) if work.due(start, fifteen) != _by_hand(start, 15, kind)]
    assert not wrong


@pytest.mark.parametrize("minute", CLASSES, ids=str)
def test_r22_one_working_day_from_every_day_ends_where_a_hand_count_ends(minute: time) -> None:
    work, one = clockwork(), Span(1, SpanUnit.WORKING_DAYS)
    wrong = [each for each in _starts(minute) if work.due(each, one) != _by_hand(each, 1, DayKind.WORKING_DAYS)]
    assert not wrong


MAKE_UPS = sorted(day for day, kind in _marked().items() if kind == "make_up")
RUNS = [day for day in DAYS if not _worked(day) and _worked(day - ONE_DAY)]
"""The first day of every run of days off."""
MONTH_ENDS = [before for before, after in pairwise(ENDING_IN_TIME) if after.day == 1]


@pytest.mark.parametrize("minute", CLASSES[1:], ids=str)
def test_r22_a_make_up_day_is_the_working_day_after_the_one_before_it(minute: time) -> None:
    work, one = clockwork(), Span(1, SpanUnit.WORKING_DAYS)
    for day in MAKE_UPS:
        before = max(each for each in DAYS if each < day and _worked(each))
        assert work.due(_at(before, minute), one) == _at(day + ONE_DAY, time(0, 0)), day


@pytest.mark.parametrize("minute", CLASSES[1:], ids=str)
def test_r22_what_begins_on_a_make_up_day_does_not_count_it(minute: time) -> None:
    work, one = clockwork(), Span(1, SpanUnit.WORKING_DAYS)
    for day in MAKE_UPS:
        after = min(each for each in DAYS if each > day and _worked(each))
        assert work.due(_at(day, minute), one) == _at(after + ONE_DAY, time(0, 0)), day


def test_r22_a_make_up_day_counts_for_what_begins_with_it_at_midnight() -> None:
    work, one = clockwork(), Span(1, SpanUnit.WORKING_DAYS)
    for day in MAKE_UPS:
        assert work.due(_at(day, time(0, 0)), one) == _at(day + ONE_DAY, time(0, 0)), day


@pytest.mark.parametrize("minute", CLASSES, ids=str)
def test_r22_no_day_off_is_the_last_day_of_a_limit_in_calendar_days(minute: time) -> None:
    # As many days as end on the first day off of a run: the limit ends on the first working day after it.
    work = clockwork(DayKind.CALENDAR_DAYS)
    for day in RUNS:
        if not date(2024, 1, 20) < day < date(2026, 12, 1):
            continue
        start = _at(day - 5 * ONE_DAY, minute)
        counted = (day - _first_day(start)).days
        after = min(each for each in DAYS if each > day and _worked(each))
        assert work.due(start, Span(counted, SpanUnit.DAYS)) == _at(after + ONE_DAY, time(0, 0)), day


@pytest.mark.parametrize("kind", [DayKind.ELAPSED, DayKind.CALENDAR_DAYS, DayKind.WORKING_DAYS])
def test_r22_a_month_that_ends_within_a_limit_neither_loses_nor_gains_a_day(kind: DayKind) -> None:
    work = clockwork(kind)
    for day in MONTH_ENDS:
        for amount in range(1, 16):
            start = _at(day, time(12, 0))
            assert work.due(start, Span(amount, SpanUnit.DAYS)) == _by_hand(start, amount, kind), (day, amount)


@pytest.mark.parametrize("kind", list(DayKind))
def test_r22_a_limit_is_a_guess_exactly_when_its_last_day_lies_in_an_unpublished_year(kind: DayKind) -> None:
    pinned = terms(day_kind=kind)
    counted = kind in (DayKind.CALENDAR_DAYS, DayKind.WORKING_DAYS)
    for day in DAYS[-45:]:
        start = _at(day, time(12, 0))
        last = (pinned.handling_due(start) - timedelta(microseconds=1)).date()
        assert pinned.handling_is_provisional(start) is (counted and last.year == 2027), day


@pytest.mark.parametrize("year", [2024, 2025])
def test_r22_an_unpublished_year_is_guessed_as_plain_weeks(year: int) -> None:
    guess = known_in(year)
    days = [day for day in DAYS if day.year > year]
    assert [guess.is_working(day) for day in days] == [day.isoweekday() <= 5 for day in days]
    assert all(guess.is_provisional(day) for day in days)
    assert [calendar().is_working(day) for day in days] != [guess.is_working(day) for day in days]


def test_r22_the_last_instant_of_a_published_year_is_no_guess() -> None:
    pinned = terms(day_kind=DayKind.WORKING_DAYS)
    start = when("2026-12-22 12:00")
    assert pinned.handling_due(start) == when("2027-01-01 00:00")
    assert not pinned.handling_is_provisional(start)
