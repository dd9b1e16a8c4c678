"""Working days as the State Council published them for 2024, 2025 and 2026."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import beijing_day, midnight_after
from tests.domain.city import calendar, when


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 2, 15), date(2026, 2, 23)),
        (date(2025, 10, 1), date(2025, 10, 8)),
        (date(2024, 9, 15), date(2024, 9, 17)),
    ],
    ids=["spring festival 2026", "national day 2025", "mid-autumn 2024"],
)
def test_nobody_works_on_a_published_holiday(first: date, last: date) -> None:
    assert not any(calendar().is_working(day) for day in _days(first, last))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2025, 9, 28),
        date(2025, 10, 11),
        date(2024, 2, 4),
        date(2026, 1, 4),
    ],
)
def test_a_make_up_day_is_worked_although_it_is_a_weekend(day: date) -> None:
    assert day.weekday() >= 5
    assert calendar().is_working(day)


@pytest.mark.parametrize(("day", "works"), [(date(2026, 3, 6), True), (date(2026, 3, 7), False)])
def test_an_ordinary_friday_is_worked_and_an_ordinary_saturday_is_not(day: date, works: bool) -> None:
    assert calendar().is_working(day) is works


@pytest.mark.parametrize(("year", "worked"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_its_published_number_of_working_days(year: int, worked: int) -> None:
    # 366 - 104 weekend days - 11 statutory days in 2024; 365 - 104 - 13 since the two more of 2025.
    days = _days(date(year, 1, 1), date(year, 12, 31))
    assert sum(calendar().is_working(day) for day in days) == worked


def test_the_next_working_day_of_a_working_day_is_itself() -> None:
    assert calendar().next_working(date(2026, 3, 2)) == date(2026, 3, 2)


def test_the_next_working_day_of_a_holiday_is_the_first_after_it() -> None:
    assert calendar().next_working(date(2025, 10, 1)) == date(2025, 10, 9)


def test_the_day_from_which_working_days_are_counted_does_not_count() -> None:
    assert calendar().add_working_days(date(2026, 3, 2), 1) == date(2026, 3, 3)


def test_working_days_counted_from_a_day_off_begin_with_the_next_working_day() -> None:
    assert calendar().add_working_days(date(2026, 3, 7), 1) == date(2026, 3, 9)


@pytest.mark.parametrize(("day", "provisional"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_only_a_year_without_a_published_calendar_is_provisional(day: date, provisional: bool) -> None:
    assert calendar().is_provisional(day) is provisional


def test_an_unpublished_year_follows_the_plain_week() -> None:
    assert calendar().is_working(date(2027, 10, 1))
    assert not calendar().is_working(date(2027, 10, 2))


def test_a_cut_calendar_answers_the_same_inside_its_span() -> None:
    first, last = date(2025, 9, 20), date(2025, 10, 20)
    cut = calendar().within(first, last)
    assert [cut.is_working(day) for day in _days(first, last)] == [
        calendar().is_working(day) for day in _days(first, last)
    ]


def test_a_cut_calendar_holds_no_day_outside_its_span() -> None:
    first, last = date(2025, 9, 20), date(2025, 10, 20)
    cut = calendar().within(first, last)
    assert cut.days_off | cut.make_up_days
    assert all(first <= day <= last for day in cut.days_off | cut.make_up_days)


def test_a_cut_calendar_holds_its_first_and_its_last_day() -> None:
    cut = calendar().within(date(2025, 10, 1), date(2025, 10, 11))
    assert not cut.is_working(date(2025, 10, 1))
    assert cut.is_working(date(2025, 10, 11))


def test_a_cut_calendar_still_knows_which_years_are_published() -> None:
    cut = calendar().within(date(2025, 9, 20), date(2025, 10, 20))
    assert not cut.is_provisional(date(2026, 6, 1))
    assert cut.is_provisional(date(2027, 6, 1))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 1, 15, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), date(2026, 3, 2)),
    ],
)
def test_the_day_of_an_instant_is_the_day_in_beijing(instant: datetime, day: date) -> None:
    assert beijing_day(instant) == day


def test_a_day_ends_at_the_first_instant_of_the_next() -> None:
    assert midnight_after(date(2026, 2, 28)) == when("2026-03-01 00:00")
