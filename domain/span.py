"""A length of time as policy writes it: `30m`, `2h`, `2sh` (service hours), `7d`, `1wd` (working days)."""

import re
from dataclasses import dataclass
from enum import StrEnum


class SpanUnit(StrEnum):
    """What a span counts. Days are counted the way the item says; the other units carry their own way."""

    MINUTES = "m"
    HOURS = "h"
    SERVICE_HOURS = "sh"
    DAYS = "d"
    WORKING_DAYS = "wd"


_WRITTEN = re.compile(r"(?P<amount>[1-9][0-9]{0,3})(?P<unit>m|h|sh|d|wd)")


@dataclass(frozen=True, slots=True)
class Span:
    """A positive amount of one unit."""

    amount: int
    unit: SpanUnit

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read `text` as policy writes it; ValueError names what is wrong."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is not a span: write 30m, 2h, 2sh, 7d or 1wd")
        return cls(int(found["amount"]), SpanUnit(found["unit"]))

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"
