"""Working days: Monday to Friday, less days off, plus make-up working days, as the State Council publishes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The business zone. It has had no summer time since 1991, so a fixed offset is exact and needs no zone files."""

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and make-up working days of the published years; other years follow the plain week, provisionally."""

    days_off: frozenset[date]
    make_up_days: frozenset[date]
    published_years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self.make_up_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def is_provisional(self, day: date) -> bool:
        """Whether `day` lies in a year whose calendar is not published yet."""
        return day.year not in self.published_years

    def next_working(self, day: date) -> date:
        """The first working day on or after `day`."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, amount: int) -> date:
        """The `amount`-th working day after `day`; `day` itself does not count (民法典 art. 201)."""
        for _ in range(amount):
            day = self.next_working(day + timedelta(days=1))
        return day

    def within(self, first: date, last: date) -> "Calendar":
        """The same calendar cut to `first`…`last`, small enough to be pinned on one complaint."""

        def cut(days: Iterable[date]) -> frozenset[date]:
            return frozenset(day for day in days if first <= day <= last)

        return Calendar(cut(self.days_off), cut(self.make_up_days), self.published_years)


def beijing_day(instant: datetime) -> date:
    """The calendar day in Beijing on which `instant` falls."""
    return instant.astimezone(BEIJING).date()


def midnight_after(day: date) -> datetime:
    """24:00 of `day` in Beijing."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING) + timedelta(days=1)
