"""A faulty calendar is refused with its line."""

from pathlib import Path

import pytest

from rulebook.fault import BadPolicy
from rulebook.files import load
from tests.rulebook.small_policy import spoil

FILE = "calendar/2026.toml"

CASES = {
    "a day of another year": (
        "date = 2026-10-01",
        "date = 2027-10-01",
        6,
        "day[0].date: 2027-10-01 is not in 2026",
    ),
    "a day told twice": (
        "date = 2026-10-01",
        "date = 2026-10-10",
        11,
        "day[1].date: 2026-10-10 is told twice",
    ),
    "a weekday made up on": ("date = 2026-10-10", "date = 2026-10-09", 11, "2026-10-09 is worked anyway"),
    "a day that does not exist": ("date = 2026-10-10", "date = 2026-10-32", 11, "is not TOML"),
    "a day in quotes": (
        "date = 2026-10-10",
        'date = "2026-10-10"',
        11,
        "day[1].date: input should be a valid date",
    ),
    "an unknown kind": (
        'kind = "make_up"',
        'kind = "half"',
        12,
        "day[1].kind: input should be 'off' or 'make_up'",
    ),
    "a day without a kind": ('kind = "off"\n', "", 5, "day[0].kind: is missing"),
    "an unknown status": ('status = "published"', 'status = "rumour"', 2, "status: input should be"),
    "no source": ('source = "通知"', 'source = ""', 3, "source: string should have at least 1"),
    "a key too many": (
        'source = "通知"',
        'source = "通知"\ncity = "北京"',
        4,
        "city: is not a key known here",
    ),
    "the wrong year": ("year = 2026", "year = 2025", 1, "year: 2025 is not the year in the file's name"),
}


@pytest.mark.parametrize(("good", "bad", "line", "reason"), CASES.values(), ids=CASES)
def test_it_is_refused_with_its_line(folder: Path, good: str, bad: str, line: int, reason: str) -> None:
    spoil(folder, FILE, good, bad)
    with pytest.raises(BadPolicy) as refused:
        load(folder)
    told = [(fault.file, fault.line) for fault in refused.value.faults if reason in fault.reason]
    assert told == [(FILE, line)], refused.value.faults
