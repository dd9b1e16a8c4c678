"""A faulty limits file is refused with the line of the key, or of the table that lacks it."""

from pathlib import Path

import pytest

from rulebook.fault import BadPolicy
from rulebook.files import load
from tests.rulebook.small_policy import LIMITS, spoil

FILE = "limits/2026-01-01.toml"

CASES: dict[str, tuple[str, str, int | None, str]] = {
    "a span of nothing": ('handling = "2h"', 'handling = "0h"', 20, "tiers.2h.handling: '0h' is not a span"),
    "a negative span": ('handling = "2h"', 'handling = "-2h"', 20, "tiers.2h.handling: '-2h' is not a span"),
    "a span that is a number": (
        'handling = "2h"',
        "handling = 2",
        20,
        "tiers.2h.handling: '2' is not a span",
    ),
    "an unknown unit of time": (
        'form = "3d"',
        'form = "3 moons"',
        62,
        "callback.form: '3 moons' is not a span",
    ),
    "a callback that may wait for nothing": (
        'window = "2h"',
        'window = "0h"',
        61,
        "callback.window: '0h' is not a span",
    ),
    "no callback window": ('window = "2h"\n', "", 57, "callback.window: is missing"),
    "a days tier in hours": (
        'handling = "7d"',
        'handling = "168h"',
        38,
        "tiers.7d.handling: must be counted in d",
    ),
    "an hours tier in days": (
        'handling = "24h"',
        'handling = "1d"',
        28,
        "tiers.24h.handling: must be counted in h",
    ),
    "a tier missing": (
        LIMITS[LIMITS.index("[tiers.15d]") : LIMITS.index("[callback]")],
        "",
        None,
        "tiers.15d: is missing",
    ),
    "a tier too many": ("[callback]", "[tiers.30d]\n\n[callback]", 57, "tiers.30d: is not a key known here"),
    "a key missing in a table": ('sign_in = "30m"\n', "", 19, "tiers.2h.sign_in: is missing"),
    "a key missing at the top": ("rework_percent = 50\n", "", None, "rework_percent: is missing"),
    "a key too many": (
        "attempts = 3",
        "attempts = 3\nretries = 4",
        60,
        "callback.retries: is not a key known here",
    ),
    "a number in quotes": (
        "attempts = 3",
        'attempts = "3"',
        59,
        "callback.attempts: input should be a valid integer",
    ),
    "a truth that is a number": (
        "days_end_at_close = false",
        "days_end_at_close = 0",
        67,
        "should be a valid boolean",
    ),
    "no bounces at all": (
        "upheld_objections = 2",
        "upheld_objections = 0",
        5,
        "upheld_objections: input should be greater",
    ),
    "a share above the whole": (
        "cohandler_percent = 67",
        "cohandler_percent = 167",
        2,
        "less than or equal to 100",
    ),
    "a threshold above certainty": (
        "confirm_below = 800",
        "confirm_below = 1001",
        15,
        "less than or equal to 1000",
    ),
    "weights that do not add up": (
        "[10, 50, 40]",
        "[10, 50, 50]",
        17,
        "composite_weights: must add up to 100, not 110",
    ),
    "weights of two rates only": ("[10, 50, 40]", "[50, 50]", 17, "composite_weights[2]: is missing"),
    "reminders that fall": ("[50, 80]", "[80, 50]", 1, "reminder_percents: must rise"),
    "a reminder when it is overdue": (
        "[50, 80]",
        "[50, 100]",
        1,
        "reminder_percents: must rise and stay below 100",
    ),
    "attempts at the same hour": ("19:00:00", "15:00:00", 60, "callback.hours: must name a different hour"),
    "an attempt without an hour": (", 19:00:00", "", 60, "callback.hours: must name a different hour"),
    "a day that ends before it begins": (
        "closes = 18:00:00",
        "closes = 08:00:00",
        66,
        "service_hours.closes: must be later",
    ),
    "extensions of no length": (
        'extension = "24h"\n',
        "",
        33,
        "tiers.24h.extensions: are granted, so extension",
    ),
    "a length of no extensions": (
        "extensions = 0",
        'extensions = 0\nextension = "1h"',
        25,
        "tiers.2h.extension: has no use",
    ),
    "text that is not TOML": ("attempts = 3", "attempts : 3", 59, "is not TOML"),
    "shown to nobody and merged": ("possible = 250", "possible = 461", 88, "nearness.possible: must not be above"),
    "text that ends too early": ("days_end_at_close = false", "days_end_at_close = [", 69, "is not TOML"),
}


@pytest.mark.parametrize(("good", "bad", "line", "reason"), CASES.values(), ids=CASES)
def test_it_is_refused_with_its_line(folder: Path, good: str, bad: str, line: int | None, reason: str) -> None:
    spoil(folder, FILE, good, bad)
    with pytest.raises(BadPolicy) as refused:
        load(folder)
    told = [(fault.file, fault.line) for fault in refused.value.faults if reason in fault.reason]
    assert told == [(FILE, line)], refused.value.faults


def test_text_that_is_not_utf8_is_refused_with_its_line(folder: Path) -> None:
    (folder / FILE).write_bytes(LIMITS.encode().replace(b'"30m"', b'"\xff"', 1))
    with pytest.raises(BadPolicy, match=r"limits/2026-01-01\.toml:21: is not UTF-8 text"):
        load(folder)
