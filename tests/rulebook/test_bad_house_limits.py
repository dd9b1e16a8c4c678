"""A faulty limit of the house is refused with the line of its key, or of the table that lacks it."""

from pathlib import Path

import pytest

from rulebook.fault import BadPolicy
from rulebook.files import load
from tests.rulebook.small_policy import LIMITS, spoil

FILE = "limits/2026-01-01.toml"

CASES: dict[str, tuple[str, str, str, str]] = {
    "a form of attachment without a size": ("video = 500\n", "", "[attachments]", "attachments.video: is missing"),
    "a form of attachment that is none": ("text = 10", "smell = 1", "text = 10", "attachments.smell: is not a key"),
    "files of no size": ("picture = 20", "picture = 0", "picture = 20", "attachments.picture: input should be"),
    "a size in words": ("voice = 200", 'voice = "200"', "voice = 200", "attachments.voice: input should be"),
    "a retention that erases what was just closed": (
        "closed_days = 1095",
        "closed_days = 1",
        "closed_days = 1095",
        "retention.closed_days: input should be",
    ),
    "an alarm that always rings": ("alarm_at = 150", "alarm_at = 0", "alarm_at = 150", "classifier.alarm_at: input"),
}


@pytest.mark.parametrize(("good", "bad", "at", "reason"), CASES.values(), ids=CASES)
def test_it_is_refused_with_its_line(folder: Path, good: str, bad: str, at: str, reason: str) -> None:
    spoil(folder, FILE, good, bad)
    with pytest.raises(BadPolicy) as refused:
        load(folder)
    told = [(fault.file, fault.line) for fault in refused.value.faults if reason in fault.reason]
    lines: list[str] = [*LIMITS.splitlines()]
    assert told == [(FILE, lines.index(at) + 1)], refused.value.faults
