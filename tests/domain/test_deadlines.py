"""Instants from limits, example by example (rules §5)."""

from datetime import UTC, timedelta

import pytest

from domain.calendar import BEIJING
from domain.catalogue import DayKind, Tier
from domain.deadlines import share
from domain.span import Span
from tests.domain.city import MONDAY, clockwork, closing_at_six, terms, when

SEVEN_DAYS, ONE_WORKING_DAY = Span.parse("7d"), Span.parse("1wd")
ELAPSED, CALENDAR, WORKING = DayKind.ELAPSED, DayKind.CALENDAR_DAYS, DayKind.WORKING_DAYS


def _due(start: str, span: str, day_kind: DayKind = ELAPSED, *, around_clock: bool = False) -> str:
    due = clockwork(day_kind, around_clock=around_clock).due(when(start), Span.parse(span))
    return f"{due:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-02-17 23:30", "30m", "2026-02-18 00:00"),
        ("2026-02-17 23:30", "2h", "2026-02-18 01:30"),
        ("2026-02-14 20:00", "24h", "2026-02-15 20:00"),
    ],
)
def test_minutes_and_hours_run_through_nights_and_holidays(start: str, span: str, due: str) -> None:
    assert _due(start, span) == due


def test_elapsed_days_end_at_the_minute_they_began() -> None:
    assert _due("2026-02-13 17:05", "7d", ELAPSED) == "2026-02-20 17:05"


def test_calendar_days_end_at_24_00_of_the_last_and_do_not_count_the_first() -> None:
    assert _due("2026-03-02 10:00", "7d", CALENDAR) == "2026-03-10 00:00"


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-03-10 00:00", "1wd", "2026-03-11 00:00"),
        ("2026-03-10 00:00", "7d", "2026-03-17 00:00"),
        ("2026-03-07 00:00", "1wd", "2026-03-10 00:00"),
    ],
    ids=["a working day", "a week of calendar days", "over a weekend"],
)
def test_a_period_that_begins_when_another_ends_at_24_00_counts_the_very_next_day(
    start: str, span: str, due: str
) -> None:
    assert _due(start, span, CALENDAR) == due


def test_a_period_that_begins_just_after_00_00_does_not_count_that_day() -> None:
    assert _due("2026-03-10 00:01", "1wd") == "2026-03-12 00:00"


def test_elapsed_days_that_begin_at_00_00_end_at_00_00() -> None:
    assert _due("2026-03-10 00:00", "7d", ELAPSED) == "2026-03-17 00:00"


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-02-27 10:00", "2026-03-07 00:00"),
        ("2026-02-28 10:00", "2026-03-10 00:00"),
        ("2025-09-24 10:00", "2025-10-10 00:00"),
        ("2025-09-21 10:00", "2025-09-29 00:00"),
    ],
    ids=["a friday stays", "a saturday moves to monday", "national day moves past it", "a make-up sunday stays"],
)
def test_calendar_days_that_end_on_a_day_off_move_to_the_next_working_day(start: str, due: str) -> None:
    assert _due(start, "7d", CALENDAR) == due


def test_working_days_over_spring_festival_2026_count_the_make_up_saturday_and_skip_the_holiday() -> None:
    # 14 February (made up), then 24, 25, 26 and 27 February.
    assert _due("2026-02-13 10:00", "5d", WORKING) == "2026-02-28 00:00"


def test_working_days_over_national_day_2025_count_both_make_up_days() -> None:
    # 28 (made up), 29, 30 September, 9, 10, 11 (made up) and 13 October.
    assert _due("2025-09-26 10:00", "7d", WORKING) == "2025-10-14 00:00"


@pytest.mark.parametrize("day_kind", list(DayKind))
def test_a_span_written_in_working_days_counts_them_whatever_the_item_says(day_kind: DayKind) -> None:
    assert _due("2026-03-06 10:00", "1wd", day_kind) == "2026-03-10 00:00"


@pytest.mark.parametrize(("day_kind", "due"), [(CALENDAR, "2026-03-09 18:00"), (WORKING, "2026-03-11 18:00")])
def test_days_end_at_the_close_of_business_where_policy_says_so(day_kind: DayKind, due: str) -> None:
    found = terms(Tier.DAYS_7, day_kind, of=closing_at_six()).handling_due(when("2026-03-02 20:00"))
    assert found == when(due)


def test_elapsed_days_know_no_close_of_business() -> None:
    found = terms(Tier.DAYS_7, ELAPSED, of=closing_at_six()).handling_due(when("2026-03-02 20:00"))
    assert found == when("2026-03-09 20:00")


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-03-02 10:00", "2sh", "2026-03-02 12:00"),
        ("2026-03-02 07:00", "2sh", "2026-03-02 11:00"),
        ("2026-03-02 16:00", "2sh", "2026-03-02 18:00"),
        ("2026-03-02 16:01", "2sh", "2026-03-03 09:01"),
        ("2026-03-02 18:00", "2sh", "2026-03-03 11:00"),
        ("2026-03-02 20:00", "2sh", "2026-03-03 11:00"),
        ("2026-03-06 17:00", "2sh", "2026-03-09 10:00"),
        ("2026-03-07 12:00", "2sh", "2026-03-09 11:00"),
        ("2025-09-30 17:30", "2sh", "2025-10-09 10:30"),
        ("2025-09-28 10:00", "2sh", "2025-09-28 12:00"),
        ("2026-03-02 10:00", "20sh", "2026-03-04 12:00"),
    ],
    ids=[
        "in the morning",
        "before opening",
        "just to the close",
        "a minute over the close",
        "at the close",
        "in the evening",
        "over a weekend",
        "on a saturday",
        "over national day",
        "on a make-up sunday",
        "over two nights",
    ],
)
def test_service_hours_count_only_while_offices_are_open(start: str, span: str, due: str) -> None:
    assert _due(start, span) == due


def test_r21_units_on_duty_around_the_clock_answer_at_all_hours() -> None:
    assert _due("2026-03-07 23:00", "2sh", around_clock=True) == "2026-03-08 01:00"


def test_a_deadline_is_the_same_instant_whatever_zone_the_start_is_told_in() -> None:
    work = clockwork(WORKING)
    assert work.due(MONDAY.astimezone(UTC), Span.parse("7d")) == work.due(MONDAY, Span.parse("7d"))


def test_a_deadline_is_told_in_beijing_time() -> None:
    due = clockwork().due(MONDAY.astimezone(UTC), Span.parse("2h"))
    assert due.utcoffset() == BEIJING.utcoffset(None)


@pytest.mark.parametrize("day_kind", [CALENDAR, WORKING])
def test_a_deadline_in_an_unpublished_year_is_provisional(day_kind: DayKind) -> None:
    assert clockwork(day_kind).is_provisional(when("2027-01-06 00:00"), SEVEN_DAYS)


@pytest.mark.parametrize("day_kind", [CALENDAR, WORKING])
def test_24_00_of_the_last_published_day_is_not_provisional(day_kind: DayKind) -> None:
    assert not clockwork(day_kind).is_provisional(when("2027-01-01 00:00"), SEVEN_DAYS)


@pytest.mark.parametrize("day_kind", [ELAPSED, DayKind.HOURS])
def test_what_needs_no_calendar_is_never_provisional(day_kind: DayKind) -> None:
    assert not clockwork(day_kind).is_provisional(when("2027-01-06 00:00"), SEVEN_DAYS)


@pytest.mark.parametrize("day_kind", list(DayKind))
def test_a_deadline_counted_in_working_days_is_provisional_whatever_the_item_says(day_kind: DayKind) -> None:
    assert clockwork(day_kind).is_provisional(when("2027-01-06 00:00"), ONE_WORKING_DAY)


@pytest.mark.parametrize("span", ["30m", "24h", "2sh"])
@pytest.mark.parametrize("day_kind", [CALENDAR, WORKING])
def test_a_deadline_counted_in_hours_is_not_provisional_although_the_item_counts_days(
    day_kind: DayKind, span: str
) -> None:
    assert not clockwork(day_kind).is_provisional(when("2027-01-06 12:00"), Span.parse(span))


def test_a_provisional_deadline_counts_the_plain_week() -> None:
    # 31 December, then Friday 1 January and Monday 4 January 2027 as if they were worked.
    assert _due("2026-12-30 10:00", "3d", WORKING) == "2027-01-05 00:00"


@pytest.mark.parametrize(
    ("tier", "due"),
    [
        (Tier.HOURS_2, "2026-03-02 12:00"),
        (Tier.HOURS_24, "2026-03-03 10:00"),
        (Tier.DAYS_7, "2026-03-09 10:00"),
        (Tier.DAYS_15, "2026-03-17 10:00"),
    ],
)
def test_each_tier_has_its_handling_limit(tier: Tier, due: str) -> None:
    assert terms(tier).handling_due(MONDAY) == when(due)


@pytest.mark.parametrize(
    ("tier", "names"),
    [
        (Tier.HOURS_2, ["50", "80"]),
        (Tier.HOURS_24, ["50", "80"]),
        (Tier.DAYS_7, ["50", "80", "day_before"]),
        (Tier.DAYS_15, ["50", "80", "day_before"]),
    ],
)
def test_each_tier_has_its_reminders_earliest_first(tier: Tier, names: list[str]) -> None:
    found = terms(tier).reminders(MONDAY, terms(tier).handling_due(MONDAY))
    assert [reminder.name for reminder in found] == names


def test_reminders_come_at_half_at_four_fifths_and_a_day_before() -> None:
    found = {reminder.name: reminder.at for reminder in terms().reminders(MONDAY, MONDAY + timedelta(days=10))}
    assert found == {
        "50": MONDAY + timedelta(days=5),
        "80": MONDAY + timedelta(days=8),
        "day_before": MONDAY + timedelta(days=9),
    }


@pytest.mark.parametrize("hours", [20, 24])
def test_a_limit_of_a_day_or_less_has_no_reminder_a_day_before(hours: int) -> None:
    found = terms().reminders(MONDAY, MONDAY + timedelta(hours=hours))
    assert [reminder.name for reminder in found] == ["50", "80"]


def test_a_rework_gets_half_the_handling_limit() -> None:
    assert terms(Tier.DAYS_7).rework_due(MONDAY) == MONDAY + timedelta(days=3, hours=12)


def test_a_share_is_cut_to_the_second() -> None:
    assert share(MONDAY, MONDAY + timedelta(seconds=10), 67) == MONDAY + timedelta(seconds=6)
