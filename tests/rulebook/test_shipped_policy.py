"""The shipped policy folder is the city of Beijing."""

from collections import Counter
from datetime import date, time

import pytest

from domain.catalogue import DayKind, Duty, NotDispatched, Tier
from domain.channel import ChannelKind
from domain.unit import UnitKind
from rulebook.book import Book


def test_it_has_every_district_street_department_and_enterprise(city: Book) -> None:
    kinds = Counter(unit.kind for unit in city.units.values())
    assert kinds[UnitKind.DISTRICT] == 17
    assert kinds[UnitKind.STREET] == 343
    assert kinds[UnitKind.DEPARTMENT] >= 50
    assert kinds[UnitKind.ENTERPRISE] >= 28


def test_every_district_has_streets(city: Book) -> None:
    held = Counter(unit.district for unit in city.units.values() if unit.kind is UnitKind.STREET)
    districts = {unit.code for unit in city.units.values() if unit.kind is UnitKind.DISTRICT}
    assert set(held) == districts


def test_the_development_area_has_its_two_streets(city: Book) -> None:
    names = {unit.name for unit in city.units.values() if unit.parent == "BDA"}
    assert names == {"荣华街道", "博兴街道"}


def test_no_development_zone_or_airport_passes_as_a_street(city: Book) -> None:
    assert {"110115403", "110115404", "110115405", "110115406", "110116400", "110118400"}.isdisjoint(city.units)


def test_water_power_gas_and_heat_work_around_the_clock(city: Book) -> None:
    assert all(city.unit(code).around_clock for code in ("E-ZLS", "E-DL", "E-RQ", "E-RL"))


def test_the_catalogue_is_as_broad_as_the_city(city: Book) -> None:
    assert len(city.items) >= 320
    assert len({item.level1 for item in city.items.values()}) >= 14


@pytest.mark.parametrize("tier", list(Tier))
def test_every_tier_is_used_by_many_items(city: Book, tier: Tier) -> None:
    assert sum(item.tier is tier for item in city.items.values()) >= 20


@pytest.mark.parametrize("duty", [duty for duty in Duty if duty is not Duty.LIAISON])
def test_every_duty_is_used_by_many_items(city: Book, duty: Duty) -> None:
    assert sum(item.duty is duty for item in city.items.values()) >= 20


@pytest.mark.parametrize("kind", list(DayKind))
def test_days_are_counted_in_every_way(city: Book, kind: DayKind) -> None:
    assert sum(item.day_kind is kind for item in city.items.values()) >= 20


@pytest.mark.parametrize("reason", list(NotDispatched))
def test_every_reason_not_to_dispatch_has_an_item(city: Book, reason: NotDispatched) -> None:
    assert any(item.not_dispatched is reason for item in city.items.values())


def test_r02_it_has_seventeen_network_channels_and_sixty_four_merged_hotlines(city: Book) -> None:
    kinds = Counter(channel.kind for channel in city.channels.values())
    assert kinds == {
        ChannelKind.PHONE: 1,
        ChannelKind.NETWORK: 17,
        ChannelKind.DISTRICT_PLATFORM: 1,
        ChannelKind.MERGED_HOTLINE: 1,
        ChannelKind.ORIGIN: 64,
    }


def test_r02_every_district_has_a_hotline_that_was_merged(city: Book) -> None:
    districts = {code for code, unit in city.units.items() if unit.kind is UnitKind.DISTRICT}
    assert {f"H-{code}" for code in districts} <= set(city.channels)


def test_every_item_is_marked_by_three_to_eight_words(city: Book) -> None:
    assert {code for code, item in city.items.items() if not 3 <= len(item.words) <= 8} == set()


def test_every_enterprise_on_call_for_life_and_property_works_around_the_clock(city: Book) -> None:
    urgent = [item for item in city.items.values() if item.tier in (Tier.HOURS_2, Tier.HOURS_24)]
    owners = {
        item.owner
        for item in urgent
        if item.duty is Duty.ENTERPRISE and item.level1 in ("供水", "供电", "供气", "供热")
    }
    assert {code for code in owners if not city.unit(code).around_clock} == set()


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 2, 4), date(2024, 2, 18), date(2024, 4, 7), date(2024, 4, 28), date(2024, 5, 11),
        date(2024, 9, 14), date(2024, 9, 29), date(2024, 10, 12),
        date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11),
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
        date(2026, 10, 10),
    ],
)  # fmt: skip
def test_make_up_weekend_days_are_worked(city: Book, day: date) -> None:
    assert day.weekday() >= 5
    assert city.calendar.is_working(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 2, 12),
        date(2024, 10, 7),
        date(2025, 1, 28),
        date(2025, 10, 8),
        date(2026, 2, 23),
        date(2026, 9, 25),
    ],
)
def test_holidays_on_weekdays_are_off(city: Book, day: date) -> None:
    assert day.weekday() < 5
    assert not city.calendar.is_working(day)


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_published(city: Book, year: int, working: int) -> None:
    days = (
        date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    )
    assert sum(city.calendar.is_working(day) for day in days) == working


def test_a_year_without_a_file_is_provisional(city: Book) -> None:
    assert city.calendar.is_provisional(date(2027, 1, 1))
    assert not city.calendar.is_provisional(date(2026, 12, 31))


def test_the_limits_are_those_of_the_rules(city: Book) -> None:
    limits = city.limits
    assert {tier.value: str(limits.tiers[tier].handling) for tier in Tier} == {tier.value: tier.value for tier in Tier}
    assert [str(limits.tiers[tier].dispatch) for tier in Tier] == ["1h", "2h", "24h", "24h"]
    assert [str(limits.tiers[tier].contact) for tier in Tier] == ["30m", "2h", "24h", "24h"]
    assert limits.tiers[Tier.HOURS_2].objection is None
    assert limits.tiers[Tier.HOURS_2].extensions == 0
    assert limits.confirm_below == 800
    assert limits.composite_weights == (10, 50, 40)
    assert limits.callback.hours == (time(10), time(15), time(19))
    assert str(limits.callback.window) == "2h"
