"""The load's record against PostgreSQL: is everything there that was promised, and is it there once."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from asyncpg import Record

from audit.record import INTAKE, Told
from domain.events import ComplainantContacted, ProgressReported, ReportedDone, SignedIn, Supplemented
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
SELECT coalesce(t.ticket_no, c.ticket_no) AS ticket_no,
    t.ticket_no IS NOT NULL AND c.ticket_no IS NOT NULL AND i.command_id IS NOT NULL AS whole,
    j.kind IS NOT NULL AS taken_up
FROM tickets t FULL JOIN complaints c ON c.ticket_no = t.ticket_no
LEFT JOIN inbox i ON i.ticket_no = coalesce(t.ticket_no, c.ticket_no) AND i.command_id = 'intake'
LEFT JOIN journal j ON j.ticket_no = t.ticket_no AND j.seq = 1 AND j.kind = 'Classified'
WHERE coalesce(t.received_at, c.received_at) >= $1
"""
_PERSONS_ALONE = """
SELECT count(*) FROM complainants p
WHERE p.created_at >= $1 AND NOT EXISTS (SELECT FROM complaints c WHERE c.complainant_id = p.complainant_id)
"""
_STEPS = """
SELECT ticket_no, step, kind FROM journal WHERE ticket_no = ANY($1) ORDER BY ticket_no, seq
"""


@dataclass
class Kept:
    """Promises given, promises kept, and those that were not: told by ticket number and key."""

    accepted: int = 0
    applied: int = 0
    lost: list[str] = field(default_factory=list[str])
    doubled: list[str] = field(default_factory=list[str])


async def compare(connection: Connection, told: Told, since: datetime) -> Kept:
    """Every promise of the record, looked for in complaints, inbox and journal. All that came in from `since` on was
    the record's."""
    kept = Kept()
    taken_in = {row["ticket_no"]: row for row in await connection.fetch(_TAKEN_IN, since)}
    rows = await connection.fetch(_STEPS, sorted(told.tickets))
    _intakes(told, taken_in, kept)
    _actions(told, rows, kept)
    _more_than_sent(told, rows, kept)
    if alone := await connection.fetchval(_PERSONS_ALONE, since):
        kept.lost.append(f"{alone} persons were kept without their complaint")
    return kept


def _intakes(told: Told, taken_in: dict[str, Record], kept: Kept) -> None:
    unpromised = dict(taken_in)
    for sent, promises in told.promises(intake=True):
        kept.accepted += 1
        given = sorted({promise.ticket_no for promise in promises})
        if len(given) > 1:
            kept.doubled.append(f"{sent.key} was given {' and '.join(given)}")
        lost = [why for ticket_no in given if (why := _missing(ticket_no, unpromised.pop(ticket_no, None)))]
        kept.lost += lost
        kept.applied += not lost
    kept.lost += [f"{ticket_no} is kept by halves" for ticket_no, row in unpromised.items() if not row["whole"]]
    # Whatever came in and was promised to nobody is a request's second ticket, except where the load gave up a request
    # without ever having been answered; and then the run has failed for that.
    unanswered = sum(sent.action == INTAKE and key not in told.promised for key, sent in told.sent.items())
    if len(unpromised) > unanswered:
        kept.doubled.append(f"{len(unpromised)} tickets that nobody was promised, {unanswered} requests unanswered")


def _missing(ticket_no: str, row: Record | None) -> str:
    """What is wrong with a complaint that was promised; empty when nothing is."""
    if row is None:
        return f"{ticket_no} is not there"
    if not row["whole"]:
        return f"{ticket_no} is kept by halves"
    return "" if row["taken_up"] else f"{ticket_no} was never taken up"


def _actions(told: Told, rows: list[Record], kept: Kept) -> None:
    """A step's rows stand together: a step that was applied twice stands in two places."""
    places: Counter[tuple[str, str]] = Counter()
    last: tuple[str, str] | None = None
    for row in rows:
        here = (row["ticket_no"], row["step"])
        places[here] += here != last
        last = here
    for sent, promises in told.promises(intake=False):
        kept.accepted += 1
        times = sum(places[sent.ticket_no, command_id] for command_id in {promise.command_id for promise in promises})
        kept.applied += times > 0
        if times == 0:
            kept.lost.append(f"{sent.ticket_no} {sent.action} {sent.key} is nowhere in the journal")
        if times > 1:
            kept.doubled.append(f"{sent.ticket_no} {sent.action} {sent.key} stands in {times} places")


def _more_than_sent(told: Told, rows: list[Record], kept: Kept) -> None:
    """One request may have been applied under two command ids: then there are more events than requests."""
    actions = [sent for sent in told.sent.values() if sent.action != INTAKE]
    sent = Counter((each.ticket_no, _SHOWS_AS[each.action]) for each in actions)
    seen = Counter((row["ticket_no"], row["kind"]) for row in rows if row["kind"] in _SHOWS_AS.values())
    for (ticket_no, kind), times in seen.items():
        if times > sent[ticket_no, kind]:
            kept.doubled.append(f"{ticket_no} has {times} {kind}, {sent[ticket_no, kind]} were sent")
