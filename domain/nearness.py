"""How near two complaints are: the same matter raised again (R12), or others on the same event (R13)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WHOLE = 1000
"""Scores are thousandths, so that they mean the same in JSON, in SQL and in a journal row."""

_ENOUGH = 400.0
"""Weight that the lighter text lacks to count in full: a few words in common prove little."""

_NAMES = 200
"""For the same names of places in both texts, and against texts that name different ones."""
_NAMED = 8.0
"""Rarity of shared names from which they count in full; a rarity is a natural logarithm."""
_TELLING = math.log(50)
"""Rarity from which a name tells anything: 我们小区 is in every tenth complaint."""

_SAME_ITEM, _OTHER_CLASS = 40, -60
"""For the same item, and against items whose first level differs; neighbouring items are easily mistaken."""
_SAME_STREET, _OTHER_STREET = 60, -120
_OTHER_DISTRICT = -250


class Sameness(StrEnum):
    """What a candidate is taken for. `possible` is below the thresholds: something for a person to look at."""

    MATTER = "same_matter"
    EVENT = "same_event"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class NearnessLimits:
    """Policy values: scores in thousandths, windows in days back from the new complaint."""

    same_matter: int = 460
    """From here on the same complainant's complaint is taken for the same matter (R12)."""
    same_event: int = 500
    """From here on another complainant's open complaint is taken for the same event (R13)."""
    possible: int = 250
    """From here on a candidate is shown to a person."""
    matter_days: int = 180
    event_days: int = 30


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a complaint beside its words. Codes are the policy's, or empty."""

    received_at: datetime
    item: str
    district: str
    street: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A complaint's terms: pairs of characters with what each weighs, its rarity squared; names with their rarity.
    They are keyed and tell no word."""

    pairs: Mapping[int, float]
    names: Mapping[int, float]


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
    same_name: bool
    is_open: bool


def text_likeness(mine: Mapping[int, float], theirs: Mapping[int, float]) -> int:
    """What two texts share of the lighter one's weight, in thousandths. Given are their terms with what each weighs."""
    shared = sum(mine[term] for term in mine.keys() & theirs.keys())
    return round(WHOLE * shared / (min(sum(mine.values()), sum(theirs.values())) + _ENOUGH))


def name_agreement(mine: Mapping[int, float], theirs: Mapping[int, float]) -> int:
    """Thousandths for names of places that both texts hold, against two texts that name different ones; 0 where one
    names none. The same sentences about another estate are another matter."""
    ours = {name for name, rarity in mine.items() if rarity >= _TELLING}
    others = {name for name, rarity in theirs.items() if rarity >= _TELLING}
    if not ours or not others:
        return 0
    shared = sum(mine[name] for name in ours & others)
    return round(_NAMES * min(shared / _NAMED, 1.0)) if shared else -_NAMES


def nearness(new: Traits, old: Traits, text: int, names: int) -> int:
    """Thousandths: what the texts share, then names, item and place for or against."""
    return max(0, min(WHOLE, text + names + _item(new, old) + _place(new, old)))


def judged(
    new: tuple[Traits, Wording],
    old: tuple[Traits, Wording],
    limits: NearnessLimits,
    *,
    ticket_no: str,
    same_complainant: bool,
    is_open: bool,
) -> Candidate | None:
    """The earlier complaint `ticket_no` as a candidate, or None when it is too far or too long ago. Another
    complainant's closed complaint is none: its handling is over, so nothing can be joined to it."""
    (now, said), (then, told) = new, old
    days = limits.matter_days if same_complainant else limits.event_days
    if now.received_at - then.received_at > timedelta(days=days) or not (is_open or same_complainant):
        return None
    text, names = text_likeness(said.pairs, told.pairs), name_agreement(said.names, told.names)
    score = nearness(now, then, text, names)
    if score < limits.possible:
        return None
    return Candidate(
        ticket_no=ticket_no,
        sameness=_sameness(score, limits, same_complainant=same_complainant),
        score=score,
        text=text,
        same_complainant=same_complainant,
        same_item=_same_item(now, then),
        same_place=_same_place(now, then),
        same_name=names > 0,
        is_open=is_open,
    )


def _same_item(new: Traits, old: Traits) -> bool:
    return bool(new.item) and new.item == old.item


def _item(new: Traits, old: Traits) -> int:
    """An item not known says nothing. The first two digits are the first level."""
    if _same_item(new, old):
        return _SAME_ITEM
    return _OTHER_CLASS if new.item and old.item and new.item[:2] != old.item[:2] else 0


def _same_place(new: Traits, old: Traits) -> bool:
    """The finest place that both name."""
    if new.street and old.street:
        return new.street == old.street
    return bool(new.district) and new.district == old.district


def _place(new: Traits, old: Traits) -> int:
    """A place not known says nothing, nor does the same district: it is too large."""
    if new.district and old.district and new.district != old.district:
        return _OTHER_DISTRICT
    if new.street and old.street:
        return _SAME_STREET if new.street == old.street else _OTHER_STREET
    return 0


def _sameness(score: int, limits: NearnessLimits, *, same_complainant: bool) -> Sameness:
    if same_complainant:
        return Sameness.MATTER if score >= limits.same_matter else Sameness.POSSIBLE
    return Sameness.EVENT if score >= limits.same_event else Sameness.POSSIBLE
