"""The read model: what people list and count. Written with the journal, never asked of the engine."""

from dataclasses import dataclass
from datetime import datetime

from asyncpg import Record

from domain.refusal import Fact
from domain.triage import Line
from store.connection import Executor


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket as listed. `standing` holds the rest of what the last journal row left."""

    ticket_no: str
    received_at: datetime
    seq: int
    head: str
    stage: str
    kind: str | None
    channel: str
    item: str
    district: str
    street: str
    urgent: bool
    lead: str
    units: list[str]
    tier: str
    policy: str
    due: datetime | None
    next_clock: str
    next_due: datetime | None
    overdue: bool
    outcome: str
    standing: dict[str, Fact]
    line: str
    main: str
    supervision_level: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; None leaves it open. `unit` is any unit involved, `before` a ticket number, `but`
    a line that is left out, `pairs` the terms of pairs of characters that all have to be there."""

    stage: str | None = None
    unit: str | None = None
    lead: str | None = None
    district: str | None = None
    item: str | None = None
    due_before: datetime | None = None
    overdue: bool | None = None
    before: str | None = None
    line: Line | None = None
    but: Line | None = None
    pairs: tuple[int, ...] = ()


_COLUMNS = """t.ticket_no, received_at, seq, head, stage, kind, channel, item, district, street, urgent, lead, units,
    tier, policy, due, next_clock, next_due, overdue, outcome, standing, line, main, supervision_level"""


async def read(connection: Executor, ticket_no: str) -> Ticket | None:
    """One ticket, or None."""
    record = await connection.fetchrow(f"SELECT {_COLUMNS} FROM tickets t WHERE ticket_no = $1", ticket_no)
    return None if record is None else _ticket(record)


OF_NUMBERS = f"SELECT {_COLUMNS} FROM unnest($1::text[]) AS wanted (ticket_no) JOIN tickets t USING (ticket_no)"


async def of_numbers(connection: Executor, ticket_nos: list[str]) -> dict[str, Ticket]:
    """Those tickets that there are, by number."""
    found = await connection.fetch(OF_NUMBERS, ticket_nos)
    return {record["ticket_no"]: _ticket(record) for record in found}


async def main_of(connection: Executor, ticket_no: str) -> Ticket | None:
    """The ticket that is handled for this one: itself, or what it is joined to, and that in turn; None if there is none
    of that number. Two that were joined to each other at one instant stand for each other until one leaves (R13)."""
    seen = set[str]()
    ticket = await read(connection, ticket_no)
    while ticket is not None and ticket.main and ticket.ticket_no not in seen:
        seen.add(ticket.ticket_no)
        ticket = await read(connection, ticket.main)
    return ticket


_OF_UNIT_BY_TEXT = "ticket_units u JOIN tickets t ON t.ticket_no = u.ticket_no"
_OF_UNIT = """ticket_units u
    CROSS JOIN LATERAL (SELECT * FROM tickets WHERE tickets.ticket_no = u.ticket_no OFFSET 0) t"""
"""OFFSET 0 keeps the planner from joining all that a unit ever had before it takes the newest."""


async def listed(connection: Executor, narrowed: Filter, most: int) -> list[Ticket]:
    """Tickets from the newest on, at most `most`. The ticket number is the cursor, since it grows with time."""
    source, clauses, values, newest = "tickets t", list[str](), list[object](), "t"
    if narrowed.unit is not None:
        values.append(narrowed.unit)
        source, newest = _OF_UNIT if not narrowed.pairs else _OF_UNIT_BY_TEXT, "u"
        clauses.append("u.unit = $1 AND $1 = ANY (t.units)")  # ticket_units remembers units that a case has left
    if narrowed.line is not None:
        clauses.append(f"line = '{narrowed.line.value}'")  # written out, so that the index of rare lines fits
    if narrowed.overdue is not None:
        clauses.append("overdue" if narrowed.overdue else "NOT overdue")  # written out, too
    if narrowed.pairs:
        # Written out, so that the planner sees how rare they are.
        source += " JOIN ticket_terms k ON k.ticket_no = t.ticket_no"
        clauses.append(f"k.pairs @> '{{{','.join(map(str, narrowed.pairs))}}}'::integer[]")
    wanted: list[tuple[str, object]] = [
        ("stage =", narrowed.stage),
        ("lead =", narrowed.lead),
        ("district =", narrowed.district),
        ("item =", narrowed.item),
        ("due <", narrowed.due_before),
        ("t.ticket_no <", narrowed.before),
        ("u.ticket_no <", narrowed.before if narrowed.unit is not None else None),
        ("k.ticket_no <", narrowed.before if narrowed.pairs else None),
        ("line <>", narrowed.but),
    ]
    for column, value in wanted:
        if value is not None:
            values.append(value)
            clauses.append(f"{column} ${len(values)}")
    where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    values.append(most)
    found = await connection.fetch(
        f"SELECT {_COLUMNS} FROM {source} {where} ORDER BY {newest}.ticket_no DESC LIMIT ${len(values)}", *values
    )
    return [_ticket(record) for record in found]


async def provisional(connection: Executor) -> list[str]:
    """Open tickets whose handling limit leans on a calendar that was not published."""
    found = await connection.fetch("SELECT ticket_no FROM tickets WHERE provisional AND stage <> 'closed' ORDER BY 1")
    return [record["ticket_no"] for record in found]


def _ticket(record: Record) -> Ticket:
    return Ticket(**dict(record))
