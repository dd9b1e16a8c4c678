"""A folder becomes one book for each date on which something takes effect, or is refused whole."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from domain.catalogue import Tier
from rulebook.fault import BadPolicy
from rulebook.files import load
from tests.rulebook.small_policy import CALENDAR, CATALOGUE, LIMITS, UNITS, put


def reasons_of(folder: Path) -> list[str]:
    with pytest.raises(BadPolicy) as refused:
        load(folder)
    return [str(fault) for fault in refused.value.faults]


def test_one_file_of_each_kind_makes_one_book(folder: Path) -> None:
    (book,) = load(folder)
    assert book.effective_from == date(2026, 1, 1)
    assert [len(book.items), len(book.units), len(book.channels)] == [4, 7, 4]


def test_a_later_file_makes_a_later_book_and_leaves_the_earlier_one_as_it_was(folder: Path) -> None:
    (before,) = load(folder)
    put(folder, "limits/2026-07-01.toml", LIMITS.replace('contact = "2h"', 'contact = "1h"'))
    first, second = load(folder)
    assert first == before
    assert second.effective_from == date(2026, 7, 1)
    assert str(second.limits.tiers[Tier.HOURS_24].contact) == "1h"
    assert second.items == first.items


def test_files_of_different_dates_make_one_book_a_date(folder: Path) -> None:
    put(folder, "limits/2026-07-01.toml", LIMITS)
    put(folder, "units/2026-07-01.csv", UNITS)
    put(folder, "catalogue/2026-09-01.csv", CATALOGUE)
    assert [book.effective_from for book in load(folder)] == [
        date(2026, 1, 1),
        date(2026, 7, 1),
        date(2026, 9, 1),
    ]


def test_every_book_holds_every_calendar(folder: Path) -> None:
    put(folder, "limits/2026-07-01.toml", LIMITS)
    put(folder, "calendar/2027.toml", CALENDAR.replace("2026", "2027").replace("10-10", "10-09"))
    assert [book.calendar.published_years for book in load(folder)] == [frozenset({2026, 2027})] * 2


def test_a_provisional_year_lends_its_days_and_stays_provisional(folder: Path) -> None:
    put(folder, "calendar/2026.toml", CALENDAR.replace('"published"', '"provisional"'))
    calendar = load(folder)[0].calendar
    assert calendar.is_provisional(date(2026, 10, 1))
    assert calendar.is_working(date(2026, 10, 10))


def test_units_that_go_while_the_catalogue_still_names_them_are_refused(folder: Path) -> None:
    lines = [line for line in UNITS.splitlines() if not line.startswith("E-ZLS")]
    put(folder, "units/2026-07-01.csv", "\n".join(lines) + "\n")
    assert reasons_of(folder) == ["catalogue/2026-01-01.csv:4: owner: there is no unit E-ZLS"]


def test_a_kind_that_starts_later_than_another_is_refused(folder: Path) -> None:
    (folder / "limits/2026-01-01.toml").rename(folder / "limits/2026-02-01.toml")
    assert reasons_of(folder) == ["limits: has no file in force on 2026-01-01"]


@pytest.mark.parametrize("kind", ["catalogue", "units", "channels", "limits", "calendar"])
def test_a_folder_without_one_of_its_kinds_is_refused(folder: Path, kind: str) -> None:
    shutil.rmtree(folder / kind)
    assert [reason.split(": ")[0] for reason in reasons_of(folder)] == [kind]


@pytest.mark.parametrize("name", ["new.csv", "2026-13-01.csv", "2026-02-30.csv"])
def test_a_file_not_named_by_its_date_is_refused(folder: Path, name: str) -> None:
    put(folder, f"catalogue/{name}", CATALOGUE)
    assert reasons_of(folder) == [
        f"catalogue/{name}: must be named by the date it takes effect on, as 2026-01-01",
    ]


def test_a_file_of_another_kind_is_refused(folder: Path) -> None:
    put(folder, "catalogue/2026-02-01.xlsx", "")
    assert reasons_of(folder) == ["catalogue/2026-02-01.xlsx: is no .csv file"]


def test_an_editors_hidden_file_is_left_alone(folder: Path) -> None:
    put(folder, "catalogue/.2026-01-01.csv.swp", "")
    assert len(load(folder)) == 1


def test_faults_of_all_files_are_told_in_one_refusal(folder: Path) -> None:
    put(folder, "catalogue/2026-01-01.csv", CATALOGUE.replace("15d", "16d"))
    put(folder, "limits/2026-01-01.toml", LIMITS.replace("[50, 80]", "[80, 50]"))
    put(folder, "calendar/2026.toml", CALENDAR.replace("make_up", "half"))
    places = [":".join(reason.split(":")[:2]) for reason in reasons_of(folder)]
    assert places == ["calendar/2026.toml:12", "catalogue/2026-01-01.csv:3", "limits/2026-01-01.toml:1"]
