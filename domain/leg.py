"""The legs that a handling limit is made of: the first limit, then each extension where the one before ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.span import Span
from domain.terms import Terms


class LegKind(StrEnum):
    """What set a leg's length."""

    HANDLING = "handling"
    REWORK = "rework"
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg. It begins at `since`, or where the leg before it ends; `amount` is an extension's span."""

    kind: LegKind
    since: datetime | None = None
    amount: str = ""


Legs = tuple[Leg, ...]


def end(terms: Terms, legs: Iterable[Leg]) -> datetime:
    """Where the last leg ends, counted afresh by the calendar in `terms`."""
    at: datetime | None = None
    for leg in legs:
        begin = leg.since or at
        assert begin is not None, "a first leg has a beginning"
        match leg.kind:
            case LegKind.HANDLING:
                at = terms.handling_due(begin)
            case LegKind.REWORK:
                at = terms.rework_due(begin)
            case LegKind.EXTENSION:
                at = terms.due(begin, Span.parse(leg.amount))
    assert at is not None, "a limit has a leg"
    return at


def is_provisional(terms: Terms, legs: Iterable[Leg]) -> bool:
    """Whether any leg leans on a year that is not published yet."""
    found, so_far = False, list[Leg]()
    for leg in legs:
        so_far.append(leg)
        span = Span.parse(leg.amount) if leg.amount else terms.tier_limits.handling
        found = found or terms.clockwork.is_provisional(end(terms, so_far), span)
    return found
