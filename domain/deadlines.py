"""Instants from limits (rules §5). Aware datetimes in, aware datetimes in Beijing time out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import BEIJING, Calendar, beijing_day, midnight_after
from domain.catalogue import DayKind
from domain.limits import ServiceHours
from domain.span import Span, SpanUnit

_ONE_DAY = timedelta(days=1)
_AN_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What turns a span into an instant: the calendar, the service hours, and how this complaint's days count."""

    calendar: Calendar
    service_hours: ServiceHours
    day_kind: DayKind
    around_clock: bool = False

    def due(self, start: datetime, span: Span) -> datetime:
        """The instant at which `span`, begun at `start`, is over."""
        start = start.astimezone(BEIJING)
        match span.unit:
            case SpanUnit.MINUTES:
                return start + timedelta(minutes=span.amount)
            case SpanUnit.HOURS:
                return start + timedelta(hours=span.amount)
            case SpanUnit.SERVICE_HOURS:
                return self._after_service_time(start, timedelta(hours=span.amount))
            case SpanUnit.WORKING_DAYS:
                return self._after_days(start, span.amount, DayKind.WORKING_DAYS)
            case SpanUnit.DAYS:
                return self._after_days(start, span.amount, self.day_kind)

    def is_provisional(self, due: datetime, span: Span) -> bool:
        """Whether `due`, found by counting `span`, leans on a year that is not published, so that it may still move."""
        by_calendar = self.day_kind in (DayKind.CALENDAR_DAYS, DayKind.WORKING_DAYS)
        counted = span.unit is SpanUnit.WORKING_DAYS or (span.unit is SpanUnit.DAYS and by_calendar)
        return counted and self.calendar.is_provisional(beijing_day(due - _AN_INSTANT))

    def _after_days(self, start: datetime, amount: int, day_kind: DayKind) -> datetime:
        """民法典 art. 201, 203: the first day does not count, the last ends at 24:00 and moves off a day off."""
        day = beijing_day(start - _AN_INSTANT)  # 00:00 is the 24:00 at which the period before it ended
        match day_kind:
            case DayKind.ELAPSED | DayKind.HOURS:
                return start + amount * _ONE_DAY
            case DayKind.CALENDAR_DAYS:
                last = self.calendar.next_working(day + amount * _ONE_DAY)
            case DayKind.WORKING_DAYS:
                last = self.calendar.add_working_days(day, amount)
        if self.service_hours.days_end_at_close:
            return datetime.combine(last, self.service_hours.closes, BEIJING)
        return midnight_after(last)

    def _after_service_time(self, start: datetime, left: timedelta) -> datetime:
        """Count only hours in which the unit answers; units on duty around the clock always do (R21)."""
        if self.around_clock:
            return start + left
        while True:
            day = self.calendar.next_working(beijing_day(start))
            opens = datetime.combine(day, self.service_hours.opens, BEIJING)
            closes = datetime.combine(day, self.service_hours.closes, BEIJING)
            begin = max(start, opens)
            if begin + left <= closes:
                return begin + left
            left -= max(closes - begin, timedelta())
            start = midnight_after(day)


def share(start: datetime, end: datetime, percent: int) -> datetime:
    """The instant `percent` of the way from `start` to `end`, to the second."""
    seconds = (end - start).total_seconds() * percent // 100
    return start + timedelta(seconds=seconds)
