"""A span counted day by day, so that a person can follow it (rules §5; 民法典 art. 201, 203). It is counted apart from
`domain/deadlines.py`: where the two differ, one of them is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendar import BEIJING, Calendar
from domain.catalogue import DayKind
from domain.deadlines import Clockwork
from domain.span import Span, SpanUnit

_DAY = timedelta(days=1)
_SATURDAY = 5

DayName = Callable[[date], str]
"""The holiday that a day off or a make-up day belongs to; empty when nobody knows it."""


class Why(StrEnum):
    """What a day is to a period."""

    FIRST = "first"
    """It begins in it, so it does not count."""
    COUNTED = "counted"
    MAKE_UP = "make_up"
    """A weekend day on which offices work: it counts."""
    WEEKEND = "weekend"
    DAY_OFF = "day_off"
    MOVED = "moved"
    """The last day was a day off, so the period ends on this one."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a period: which counted day it is, or how much of it counted; `guessed` when its year's calendar is
    not published."""

    day: date
    why: Why
    nth: int = 0
    counted: timedelta | None = None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Where a period ends, and the days that it was counted by; none where it runs through in natural time."""

    end: datetime
    days: tuple[Day, ...] = ()


def count(clockwork: Clockwork, start: datetime, span: Span) -> Count:
    """`span` from `start`, as `clockwork` counts it."""
    start = start.astimezone(BEIJING)
    natural = {SpanUnit.MINUTES: timedelta(minutes=1), SpanUnit.HOURS: timedelta(hours=1)}
    if span.unit in natural:
        return Count(start + span.amount * natural[span.unit])
    if span.unit is SpanUnit.SERVICE_HOURS:
        return _service_hours(clockwork, start, timedelta(hours=span.amount))
    kind = DayKind.WORKING_DAYS if span.unit is SpanUnit.WORKING_DAYS else clockwork.day_kind
    if kind in (DayKind.ELAPSED, DayKind.HOURS):
        return Count(start + span.amount * _DAY)
    days = list(_days(clockwork.calendar, start, span.amount, kind))
    last = datetime.combine(days[-1].day, clockwork.service_hours.closes, BEIJING)
    if not clockwork.service_hours.days_end_at_close:
        last = datetime.combine(days[-1].day + _DAY, datetime.min.time(), BEIJING)
    return Count(last, tuple(days))


def _days(calendar: Calendar, start: datetime, amount: int, kind: DayKind) -> Iterator[Day]:
    day = start.date()
    if start.time() == datetime.min.time():
        day -= _DAY  # 00:00 is 24:00 of the day before
    yield Day(day, Why.FIRST)
    nth = 0
    while nth < amount:
        day += _DAY
        found = _of(calendar, day)
        if kind is DayKind.CALENDAR_DAYS:
            nth += 1
            yield replace(found, why=Why.COUNTED, nth=nth)
        else:
            nth += _works(found)
            yield replace(found, nth=nth if _works(found) else 0)
    if kind is DayKind.CALENDAR_DAYS and not _works(_of(calendar, day)):
        while not _works(_of(calendar, day := day + _DAY)):
            yield _of(calendar, day)
        yield replace(_of(calendar, day), why=Why.MOVED)


def _service_hours(clockwork: Clockwork, start: datetime, left: timedelta) -> Count:
    hours = clockwork.service_hours
    if clockwork.around_clock:
        return Count(start + left)
    found: list[Day] = []
    day = start.date()
    while True:
        opens, closes = (datetime.combine(day, at, BEIJING) for at in (hours.opens, hours.closes))
        begin = max(start, opens)
        here = _of(clockwork.calendar, day)
        room = max(closes - begin, timedelta()) if _works(here) else timedelta()
        found.append(replace(here, counted=min(room, left)) if _works(here) else here)
        if room >= left:
            return Count(begin + left, tuple(found))
        left -= room
        day += _DAY


def _works(day: Day) -> bool:
    return day.why in (Why.COUNTED, Why.MAKE_UP)


def _of(calendar: Calendar, day: date) -> Day:
    guessed = day.year not in calendar.published_years
    if day in calendar.make_up_days:
        return Day(day, Why.MAKE_UP, guessed=guessed)
    if day in calendar.days_off:
        return Day(day, Why.DAY_OFF, guessed=guessed)
    return Day(day, Why.WEEKEND if day.weekday() >= _SATURDAY else Why.COUNTED, guessed=guessed)


def in_words(days: tuple[Day, ...], name_of: DayName) -> str:
    """The days in Chinese, those that are alike drawn together: 09-30当日不计；10-01至10-07国庆节；10-08第1日…"""
    groups: list[tuple[date, date, str]] = []
    for day in days:
        words = _words(day, name_of(day.day)) + ("（未公布）" if day.guessed else "")
        if groups and groups[-1][2] == words and groups[-1][1] + _DAY == day.day:
            groups[-1] = (groups[-1][0], day.day, words)
        else:
            groups.append((day.day, day.day, words))
    return "；".join(f"{_from_to(first, last)}{words}" for first, last, words in groups)


def _words(day: Day, name: str) -> str:
    if day.counted is not None:
        minutes = int(day.counted.total_seconds() // 60)
        return f"计{minutes}分钟" + (f"（{name}补班）" if day.why is Why.MAKE_UP else "")
    match day.why:
        case Why.FIRST:
            return "当日不计"
        case Why.COUNTED:
            return f"第{day.nth}日"
        case Why.MAKE_UP:
            return f"第{day.nth}日（{name}补班）"
        case Why.WEEKEND:
            return "周末"
        case Why.DAY_OFF:
            return name or "放假"
        case Why.MOVED:
            return "顺延至此"


def _from_to(first: date, last: date) -> str:
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d}至{last:%m-%d}"
