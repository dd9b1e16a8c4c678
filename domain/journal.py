"""The journal's rows and the chain that binds them: each row's hash covers the hash of the row before."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.actor import Actor
from domain.events import EVENTS, Event
from domain.facts import from_facts, to_facts
from domain.refusal import Fact

FIRST_HASH = ""
"""What the first row's hash covers in place of a row before it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that happened to one complaint. `step` is the command or clock that caused it."""

    ticket_no: str
    seq: int
    step: str
    kind: str
    actor: Actor
    at: datetime
    facts: dict[str, Fact]
    hash: str

    @property
    def event(self) -> Event:
        """The event that this row tells."""
        return from_facts(EVENTS[self.kind], self.facts)


class BrokenChain(Exception):
    """A row does not follow from the row before it: somebody changed, dropped or forged one."""


def chained(
    ticket_no: str, seq: int, head: str, step: str, actor: Actor, at: datetime, events: Iterable[Event]
) -> tuple[Row, ...]:
    """The rows for `events`, following row number `seq` whose hash is `head`."""
    rows: list[Row] = []
    for place, event in enumerate(events, start=seq + 1):
        kind, facts = type(event).__name__, to_facts(event)
        head = _hash(head, ticket_no, place, step, kind, actor, at, facts)
        rows.append(Row(ticket_no, place, step, kind, actor, at, facts, head))
    return tuple(rows)


def check(row: Row, seq: int, head: str) -> None:
    """Raise BrokenChain unless `row` follows row number `seq` whose hash is `head`."""
    expected = _hash(head, row.ticket_no, row.seq, row.step, row.kind, row.actor, row.at, row.facts)
    if row.seq != seq + 1 or row.hash != expected:
        raise BrokenChain(f"{row.ticket_no} row {row.seq} does not follow row {seq}")


def _hash(
    before: str,
    ticket_no: str,
    seq: int,
    step: str,
    kind: str,
    actor: Actor,
    at: datetime,
    facts: dict[str, Fact],
) -> str:
    told = [
        before,
        ticket_no,
        seq,
        step,
        kind,
        actor.role,
        actor.name,
        actor.unit,
        round(at.timestamp() * 1e6),
        facts,
    ]
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
