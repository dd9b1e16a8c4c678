"""A book finds what it holds, and is written and read back without loss."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.catalogue import DayKind, Duty, Tier
from domain.unit import UnitKind
from rulebook.book import Book
from rulebook.files import load
from rulebook.house_limits import HouseLimits
from tests.rulebook.conftest import SHIPPED
from tests.rulebook.small_policy import LIMITS, put


def test_a_book_read_back_is_equal(city: Book) -> None:
    assert Book.from_json(city.to_json()) == city


def test_a_book_read_back_from_a_store_that_reorders_keys_is_equal(city: Book) -> None:
    shuffled = json.dumps(dict(reversed(json.loads(city.to_json()).items())))
    assert Book.from_json(shuffled) == city


def test_a_book_read_back_holds_the_domains_own_types(city: Book) -> None:
    # A tier equals its own text, so equality alone would not see a plain string.
    back = Book.from_json(city.to_json())
    item = back.item("010101")
    assert {type(tier) for tier in back.limits.tiers} == {Tier}
    assert [type(item.tier), type(item.day_kind), type(item.duty)] == [Tier, DayKind, Duty]


def test_equal_books_give_equal_text(city: Book) -> None:
    assert Book.from_json(city.to_json()).to_json() == city.to_json()


def test_a_folder_read_twice_gives_the_same_version(city: Book) -> None:
    assert load(SHIPPED)[-1].version == city.version


def test_the_version_is_twelve_hexadecimal_digits(city: Book) -> None:
    assert len(city.version) == 12
    assert int(city.version, 16) >= 0


def test_any_change_of_contents_changes_the_version(folder: Path) -> None:
    (before,) = load(folder)
    put(folder, "limits/2026-01-01.toml", LIMITS.replace("confirm_below = 800", "confirm_below = 801"))
    assert load(folder)[0].version != before.version


def test_comments_in_a_file_do_not_change_the_version(folder: Path) -> None:
    (before,) = load(folder)
    put(folder, "limits/2026-01-01.toml", "# a word of explanation\n" + LIMITS)
    assert load(folder)[0].version == before.version


def test_a_stored_book_keeps_the_version_it_was_stored_under(city: Book) -> None:
    renamed = replace(city, version="0123456789ab")
    assert Book.from_json(renamed.to_json()).version == "0123456789ab"


def test_an_item_and_a_unit_are_found_by_code(city: Book) -> None:
    assert city.item("010101").level1 == "物业管理"
    assert city.unit("110105").name == "朝阳区"


def test_a_code_that_is_not_there_is_a_key_error(city: Book) -> None:
    with pytest.raises(KeyError):
        city.item("999999")
    with pytest.raises(KeyError):
        city.unit("999999")


@pytest.mark.parametrize(
    ("name", "district", "code"),
    [
        ("八里庄街道", "110105", "110105015"),
        ("八里庄街道", "110108", "110108005"),
        ("八里庄", "110108", "110108005"),
        ("荣华街道", "BDA", "110115012"),
        ("八里庄街道", "110101", None),
        ("没有这条街道", "110105", None),
    ],
)
def test_a_street_is_found_by_name_inside_its_district(city: Book, name: str, district: str, code: str | None) -> None:
    found = city.street_named(name, district)
    assert (found.code if found else None) == code


def test_every_street_is_found_by_its_own_name(city: Book) -> None:
    streets = [unit for unit in city.units.values() if unit.kind is UnitKind.STREET]
    assert [unit for unit in streets if city.street_named(unit.name, unit.district) != unit] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("朝阳区", "110105"),
        ("朝阳", "110105"),
        ("北京经济技术开发区", "BDA"),
        ("经开区", "BDA"),
        ("亦庄", "BDA"),
        ("浦东新区", None),
    ],
)
def test_a_district_is_found_by_its_names(city: Book, name: str, code: str | None) -> None:
    found = city.district_named(name)
    assert (found.code if found else None) == code


def test_a_book_in_force_later_is_another_version(city: Book) -> None:
    later = Book.made_of(
        date(2027, 1, 1), city.limits, city.words, city.items, city.units, city.calendar, city.channels
    )
    assert later.version != city.version


def test_the_limits_of_the_house_are_part_of_the_version_and_of_the_text(folder: Path) -> None:
    (before,) = load(folder)
    put(folder, "limits/2026-01-01.toml", LIMITS.replace("alarm_at = 150", "alarm_at = 151"))
    (after,) = load(folder)
    assert before.version != after.version
    assert Book.from_json(after.to_json()).house.alarm_at == 151


def test_a_book_that_was_applied_before_the_house_had_limits_is_still_read(city: Book) -> None:
    older = json.loads(city.to_json())
    del older["house"]
    assert Book.from_json(json.dumps(older)) == replace(city, house=HouseLimits())


def test_a_book_stored_before_channels_were_policy_is_still_read(city: Book) -> None:
    stored = json.loads(city.to_json())
    del stored["channels"]
    assert Book.from_json(json.dumps(stored)) == replace(city, channels={})
