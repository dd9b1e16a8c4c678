"""How near two complaints are: the same matter raised again (R12), or others on the same event (R13)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WHOLE = 1000
"""Scores are thousandths, so that they mean the same in JSON, in SQL and in a journal row."""

_ENOUGH = 400.0
"""Weight that the shorter text needs beside what it shares to count in full: a few words in common prove little."""

_SAME_ITEM, _OTHER_ITEM = 40, -20
_SAME_STREET, _OTHER_STREET = 60, -120
_SAME_DISTRICT, _OTHER_DISTRICT = 30, -250


class Sameness(StrEnum):
    """What a candidate is taken for. `possible` is below both thresholds: something for a person to look at."""

    MATTER = "same_matter"
    EVENT = "same_event"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class NearnessLimits:
    """Policy values: scores in thousandths, windows in days back from the new complaint."""

    same_matter: int = 250
    """From here on the same complainant's complaint is taken for the same matter (R12)."""
    same_event: int = 300
    """From here on another complainant's open complaint is taken for the same event (R13)."""
    possible: int = 200
    """From here on a candidate is shown to a person."""
    matter_days: int = 180
    event_days: int = 30


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a complaint. Codes are the policy's, or empty; `terms` are keyed and tell no word."""

    received_at: datetime
    item: str
    district: str
    street: str
    terms: Collection[int]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A complaint that was there before."""

    ticket_no: str
    traits: Traits
    same_complainant: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier complaint near a new one. `score` and `text` are thousandths; `text` and the flags are the reasons."""

    ticket_no: str
    sameness: Sameness
    score: int
    text: int
    same_complainant: bool
    same_item: bool
    same_place: bool
    is_open: bool


def text_likeness(mine: Collection[int], theirs: Collection[int], weights: Mapping[int, float], unknown: float) -> int:
    """What two texts share of the shorter one's weight, in thousandths. A rare term weighs more than a common one;
    `unknown` is the weight of terms that `weights` does not know."""
    other = set(theirs)

    def weight(terms: Collection[int]) -> float:
        return sum(weights.get(term, unknown) for term in terms)

    return round(WHOLE * weight(other.intersection(mine)) / (min(weight(mine), weight(other)) + _ENOUGH))


def nearness(new: Traits, old: Traits, text: int) -> int:
    """Thousandths: what the texts share, then item and place for or against."""
    return max(0, min(WHOLE, text + _item(new, old) + _place(new, old)))


def judged(new: Traits, old: Earlier, text: int, limits: NearnessLimits) -> Candidate | None:
    """The earlier complaint as a candidate, or None when it is too far or too long ago. Another complainant's closed
    complaint is none: its handling is over, so nothing can be joined to it."""
    days = limits.matter_days if old.same_complainant else limits.event_days
    if new.received_at - old.traits.received_at > timedelta(days=days) or not (old.is_open or old.same_complainant):
        return None
    score = nearness(new, old.traits, text)
    if score < limits.possible:
        return None
    return Candidate(
        ticket_no=old.ticket_no,
        sameness=_sameness(score, limits, same_complainant=old.same_complainant),
        score=score,
        text=text,
        same_complainant=old.same_complainant,
        same_item=_item(new, old.traits) > 0,
        same_place=_place(new, old.traits) > 0,
        is_open=old.is_open,
    )


def _item(new: Traits, old: Traits) -> int:
    """An item not known says nothing."""
    if not (new.item and old.item):
        return 0
    return _SAME_ITEM if new.item == old.item else _OTHER_ITEM


def _place(new: Traits, old: Traits) -> int:
    """For the same street or district, against two different ones; a place not known says nothing."""
    if new.district and old.district and new.district != old.district:
        return _OTHER_DISTRICT
    if new.street and old.street:
        return _SAME_STREET if new.street == old.street else _OTHER_STREET
    return _SAME_DISTRICT if new.district and old.district else 0


def _sameness(score: int, limits: NearnessLimits, *, same_complainant: bool) -> Sameness:
    if same_complainant:
        return Sameness.MATTER if score >= limits.same_matter else Sameness.POSSIBLE
    return Sameness.EVENT if score >= limits.same_event else Sameness.POSSIBLE
