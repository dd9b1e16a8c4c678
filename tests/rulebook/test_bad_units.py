"""A faulty units file is refused with its line."""

from pathlib import Path

import pytest

from rulebook.fault import BadPolicy
from rulebook.files import load
from tests.rulebook.small_policy import spoil

FILE = "units/2026-01-01.csv"
GOV = "M-GOV,municipality,市人民政府,,,true,"
CENTRE = "M-HOTLINE,centre,市民热线服务中心,M-BUREAU,,true,"
DISTRICT = "110101,district,东城区,M-GOV,110101,false,district"
STREET = "110101001,street,东华门街道,110101,110101,false,street"
DEPARTMENT = "D-ZJW,department,市住房城乡建设委,M-GOV,,false,department"

CASES: dict[str, tuple[str, str, int | None, str]] = {
    "an unknown kind": (STREET, STREET.replace("street,东", "village,东"), 6, "kind: input should be"),
    "a street code that is none": (
        STREET,
        STREET.replace("110101001", "11010100"),
        6,
        "is not how a street is coded",
    ),
    "a street code of elsewhere": (
        STREET,
        STREET.replace("110101001", "110102001"),
        6,
        "is not a division code of 110101",
    ),
    "a street without a district": (
        STREET,
        STREET.replace("110101,110101", ","),
        6,
        "parent: there is no unit ''",
    ),
    "a street under a department": (
        STREET,
        STREET.replace("110101,110101", "D-ZJW,D-ZJW"),
        6,
        "a street stands under a district",
    ),
    "a street in another district": (
        STREET,
        STREET.replace("110101,110101", "110101,110102"),
        6,
        "that is its parent",
    ),
    "a district outside itself": (
        DISTRICT,
        DISTRICT.replace(",110101,", ",110102,"),
        5,
        "a district lies in itself",
    ),
    "a city-wide unit in a district": (
        DEPARTMENT,
        DEPARTMENT.replace(",,", ",110101,"),
        7,
        "city-wide and lies in none",
    ),
    "a parent that is no unit": (
        DEPARTMENT,
        DEPARTMENT.replace("M-GOV", "M-NONE"),
        7,
        "there is no unit 'M-NONE'",
    ),
    "a department under a street": (
        DEPARTMENT,
        DEPARTMENT.replace("M-GOV", "110101001"),
        7,
        "stands under a municipal body",
    ),
    "its own parent": (CENTRE, CENTRE.replace("M-BUREAU", "M-HOTLINE"), 4, "not its own parent"),
    "a parent above the municipality": (
        GOV,
        GOV.replace(",,,", ",M-BUREAU,,"),
        2,
        "the municipality has none",
    ),
    "a ranking that is not its own": (
        STREET,
        STREET.replace("false,street", "false,district"),
        6,
        "family: a street",
    ),
    "an unknown ranking": (
        STREET,
        STREET.replace("false,street", "false,village"),
        6,
        "family: input should be",
    ),
    "hours that are neither": (
        STREET,
        STREET.replace("false", "yes"),
        6,
        "around_clock: input should be 'true' or 'false'",
    ),
    "a code twice": (
        STREET,
        f"{STREET}\n{STREET.replace('东华门', '景山')}",
        7,
        "110101001 stands already on line 6",
    ),
    "a name twice in one district": (
        STREET,
        f"{STREET}\n{STREET.replace('001,', '002,')}",
        7,
        "stands already on line 6",
    ),
    "no hotline centre": (f"{CENTRE}\n", "", None, "must hold exactly one centre, has 0"),
    "two hotline centres": (
        CENTRE,
        f"{CENTRE}\nM-SECOND,centre,第二中心,M-GOV,,true,",
        None,
        "exactly one centre, has 2",
    ),
}


@pytest.mark.parametrize(("good", "bad", "line", "reason"), CASES.values(), ids=CASES)
def test_it_is_refused_with_its_line(folder: Path, good: str, bad: str, line: int | None, reason: str) -> None:
    spoil(folder, FILE, good, bad)
    with pytest.raises(BadPolicy) as refused:
        load(folder)
    told = [(fault.file, fault.line) for fault in refused.value.faults if reason in fault.reason]
    assert told == [(FILE, line)], refused.value.faults


def test_the_same_street_name_may_stand_in_two_districts(folder: Path) -> None:
    second = (
        "110102,district,西城区,M-GOV,110102,false,district\n110102009,street,东华门街道,110102,110102,false,street"
    )
    spoil(folder, FILE, STREET, f"{STREET}\n{second}")
    book = load(folder)[0]
    assert book.street_named("东华门街道", "110102") == book.unit("110102009")
