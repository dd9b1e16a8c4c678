"""The load's record against PostgreSQL: is everything there that was promised, and is it there once."""

from collections import Counter
from dataclasses import dataclass, field

from asyncpg import Record

from domain.events import ComplainantContacted, ProgressReported, ReportedDone, SignedIn, Supplemented
from drill.record import INTAKE, Sent, Told
from store.connection import Connection

_SHOWS_AS = {
    "sign-in": SignedIn.__name__,
    "contact": ComplainantContacted.__name__,
    "progress": ProgressReported.__name__,
    "supplement": Supplemented.__name__,
    "report-done": ReportedDone.__name__,
}
"""The event that each of the load's actions leaves, once."""
_TAKEN_IN = """
SELECT t.ticket_no, c.ticket_no IS NOT NULL AS said, i.command_id IS NOT NULL AS commanded,
    j.kind IS NOT NULL AS taken_up
FROM tickets t LEFT JOIN complaints c USING (ticket_no)
LEFT JOIN inbox i ON i.ticket_no = t.ticket_no AND i.command_id = 'intake'
LEFT JOIN journal j ON j.ticket_no = t.ticket_no AND j.seq = 1 AND j.kind = 'Classified'
WHERE t.received_at >= (SELECT coalesce(min(received_at), now()) FROM tickets WHERE ticket_no = ANY($1))
"""
_STEPS = """
SELECT ticket_no, step, kind, seq FROM journal WHERE ticket_no = ANY($1) ORDER BY ticket_no, seq
"""
_HALVES = """
SELECT (SELECT count(*) FROM tickets FULL JOIN complaints USING (ticket_no)
        WHERE tickets.seq IS NULL OR complaints.channel IS NULL)
    + (SELECT count(*) FROM complainants p WHERE NOT EXISTS (SELECT FROM complaints c
        WHERE c.complainant_id = p.complainant_id))
"""
"""Tickets without a complaint, complaints without a ticket, persons without either: none of it may ever be kept."""


@dataclass
class Kept:
    """Promises given, promises kept, and those that were not: told by ticket number and key."""

    accepted: int = 0
    applied: int = 0
    lost: list[str] = field(default_factory=list[str])
    doubled: list[str] = field(default_factory=list[str])


async def compare(connection: Connection, told: Told) -> Kept:
    """Every promise of the record, looked for in complaints, inbox and journal."""
    kept = Kept()
    numbers = sorted(told.tickets)
    await _intakes(connection, told, numbers, kept)
    rows = await connection.fetch(_STEPS, numbers)
    _actions(told, rows, kept)
    _more_than_sent(told, rows, kept)
    if halves := await connection.fetchval(_HALVES):
        kept.lost.append(f"{halves} complaints are half kept")
    return kept


async def _intakes(connection: Connection, told: Told, numbers: list[str], kept: Kept) -> None:
    found = {row["ticket_no"]: row for row in await connection.fetch(_TAKEN_IN, numbers)}
    for sent, promises in told.promises(intake=True):
        kept.accepted += 1
        given = {promise.ticket_no for promise in promises}
        if len(given) > 1:
            kept.doubled.append(f"{sent.key} was given {len(given)} ticket numbers")
        for ticket_no in given:
            row = found.pop(ticket_no, None)
            if row is None or not (row["said"] and row["commanded"] and row["taken_up"]):
                kept.lost.append(f"{ticket_no} {'is not there' if row is None else 'was never taken up'}")
            else:
                kept.applied += 1
    # Whatever came in meanwhile and was promised to nobody: a second ticket of a request that was repeated, except
    # where a request was given up without ever being answered.
    unanswered = sum(sent.action == INTAKE and key not in told.promised for key, sent in told.sent.items())
    if len(found) > unanswered:
        kept.doubled.append(f"{len(found)} tickets that nobody was promised, {unanswered} requests unanswered")


def _actions(told: Told, rows: list[Record], kept: Kept) -> None:
    groups = Counter[tuple[str, str]]()
    last: tuple[str, str] | None = None
    for row in rows:
        here = (row["ticket_no"], row["step"])
        groups[here] += here != last
        last = here
    for sent, promises in told.promises(intake=False):
        kept.accepted += 1
        command_ids = {promise.command_id for promise in promises}
        times = sum(groups[sent.ticket_no, command_id] for command_id in command_ids)
        if times == 0:
            kept.lost.append(f"{sent.ticket_no} {sent.action} {sent.key}")
        else:
            kept.applied += 1
        if times > 1:
            kept.doubled.append(f"{sent.ticket_no} {sent.action} {sent.key} {times} times")


def _more_than_sent(told: Told, rows: list[Record], kept: Kept) -> None:
    """One key may have been applied under two command ids: then there are more events than requests."""
    sent = Counter((each.ticket_no, _SHOWS_AS[each.action]) for each in told.sent.values() if _is_action(each))
    seen = Counter((row["ticket_no"], row["kind"]) for row in rows if row["kind"] in _SHOWS_AS.values())
    for (ticket_no, kind), times in seen.items():
        if times > sent[ticket_no, kind]:
            kept.doubled.append(f"{ticket_no} {kind} {times} times, sent {sent[ticket_no, kind]} times")


def _is_action(sent: Sent) -> bool:
    return sent.action != INTAKE
