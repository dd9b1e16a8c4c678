"""Every deadline of a complaint explained from its journal, and what another policy version would have made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.journal import Row
from domain.reckoning import Deadline, Reckoning
from domain.ruling import Policies, Policy, Ruling
from domain.terms import Terms


@dataclass(frozen=True, slots=True)
class Explained:
    """One journal row with the deadlines it set under `terms`; `calendar` is the policy version whose calendar counted;
    `others` are those of another policy or item, by what they are about."""

    row: Row
    terms: Terms
    calendar: str
    deadlines: tuple[Deadline, ...]
    others: dict[str, Deadline]

    def differing(self) -> tuple[tuple[Deadline | None, Deadline | None], ...]:
        """Own and other deadlines that end at different instants; None on the side that has none."""
        own = {each.about: each for each in self.deadlines}
        pairs = [(own.get(about), self.others.get(about)) for about in dict.fromkeys([*own, *self.others])]
        return tuple((a, b) for a, b in pairs if a is None or b is None or a.count.end != b.count.end)


def versions(rows: Iterable[Row]) -> frozenset[str]:
    """The policy versions that a journal was written under."""
    ruling, found = Ruling(), frozenset[str]()
    for row in rows:
        ruling = ruling.after(row.event)
        found |= ruling.versions()
    return found


def explained(
    received_at: datetime, rows: Iterable[Row], policies: Policies, other: Policy | None = None, other_item: str = ""
) -> list[Explained]:
    """The rows that set a deadline, in order. `policies` holds every version of `versions(rows)`; `other_item` has to
    stand in the catalogue that it is asked of."""
    own, instead = Reckoning(received_at), Reckoning(received_at, as_told=False)
    ruling = Ruling()
    found: list[Explained] = []
    for row in rows:
        event = row.event
        ruling = ruling.after(event)
        if not ruling.policy:
            continue
        terms = ruling.terms(policies)
        deadlines = tuple(own.of(event, row.at, terms))
        others: list[Deadline] = []
        if other is not None or other_item:
            others = instead.of(event, row.at, ruling.terms_under(other, policies, other_item))
        if deadlines or others:
            counts_by = ruling.calendar or ruling.policy
            found.append(Explained(row, terms, counts_by, deadlines, {each.about: each for each in others}))
    return found
