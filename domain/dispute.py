"""各说各的理: which catalogue items units dispute, what they say, who is found right, and where the case goes then
(条例 art. 12; rules §10). What is disputed again and again is a fault of the catalogue, not of the units."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What became of an objection."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    OVERTAKEN = "overtaken"
    """Something else moved the case on before it was decided."""
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Objection:
    """So many objections of one unit to one item, on one ground and with one decision; `bounced_to` is the unit that
    got the case when upheld, else empty, and `designated` whether the bureau's designation ended the dispute."""

    item: str
    unit: str
    ground: str
    decision: Decision
    bounced_to: str
    designated: bool
    times: int


@dataclass(frozen=True, slots=True)
class Disputed:
    """One item as one kind of unit disputes it."""

    item: str
    unit_kind: str
    objections: int
    objected_by: dict[str, int]
    grounds: dict[str, int]
    decisions: dict[Decision, int]
    bounced_to: dict[str, int]
    designated: int


def disputed(objections: Iterable[Objection], kind_of: Callable[[str], str]) -> list[Disputed]:
    """By item and kind of the objecting unit, the most disputed first."""
    groups: dict[tuple[str, str], list[Objection]] = {}
    for each in objections:
        groups.setdefault((each.item, kind_of(each.unit)), []).append(each)
    found = [_disputed(item, kind, group) for (item, kind), group in groups.items()]
    return sorted(found, key=lambda each: (-each.objections, each.item, each.unit_kind))


def _disputed(item: str, unit_kind: str, group: list[Objection]) -> Disputed:
    units, grounds, bounced_to, decisions = Counter[str](), Counter[str](), Counter[str](), Counter[Decision]()
    for each in group:
        units[each.unit] += each.times
        grounds[each.ground] += each.times
        decisions[each.decision] += each.times
        if each.bounced_to:
            bounced_to[each.bounced_to] += each.times
    return Disputed(
        item=item,
        unit_kind=unit_kind,
        objections=grounds.total(),
        objected_by=_most_first(units),
        grounds=dict(sorted(grounds.items())),
        decisions={decision: decisions[decision] for decision in Decision},
        bounced_to=_most_first(bounced_to),
        designated=sum(each.times for each in group if each.designated),
    )


def _most_first(units: Counter[str]) -> dict[str, int]:
    return dict(sorted(units.items(), key=lambda pair: (-pair[1], pair[0])))
