"""policy/calendar: one year's deviations from the plain week, as the State Council publishes them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.calendar import Calendar
from rulebook.toml_text import Place

_SATURDAY = 5


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DayTable(_Table):
    """A day off, or a weekend day that is worked to make up for one."""

    date: date
    kind: Literal["off", "make_up"]
    name: Annotated[str, Field(min_length=1)]


class CalendarTable(_Table):
    """A whole calendar file. A provisional year lends its days, and open timers are re-planned when it is published."""

    year: Annotated[int, Field(ge=2019, le=2100)]
    status: Literal["published", "provisional"]
    source: Annotated[str, Field(min_length=1)]
    day: Annotated[tuple[DayTable, ...], Field(strict=False)] = ()

    def reasons(self) -> Iterator[tuple[Place, str]]:
        """What is wrong between values, with the place of each."""
        first: dict[date, int] = {}
        for index, day in enumerate(self.day):
            place = ("day", index, "date")
            if day.date.year != self.year:
                yield place, f"{day.date} is not in {self.year}"
            if first.setdefault(day.date, index) != index:
                yield place, f"{day.date} is told twice"
            if day.kind == "make_up" and day.date.weekday() < _SATURDAY:
                yield place, f"{day.date} is worked anyway, only a weekend day can be made up on"


def one_calendar(tables: Iterable[CalendarTable]) -> Calendar:
    """All years in one calendar."""
    years = tuple(tables)
    days = tuple(day for table in years for day in table.day)
    return Calendar(
        days_off=frozenset(day.date for day in days if day.kind == "off"),
        make_up_days=frozenset(day.date for day in days if day.kind == "make_up"),
        published_years=frozenset(table.year for table in years if table.status == "published"),
    )
