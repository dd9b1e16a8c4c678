"""The journal and everything that changes with it, in one statement: one round trip, one transaction."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from asyncpg import Record

from domain.actor import Actor, Role
from domain.calendar import BEIJING
from domain.facts import to_facts
from domain.journal import FIRST_HASH, Row
from domain.queues import Changes, changes
from domain.standing import Standing
from domain.step import Step
from store.connection import Connection, Executor
from store.inbox import INTAKE

_APPEND = """
WITH moved AS (
    UPDATE tickets SET seq = $3, head = $4, stage = $5, item = $6, district = $7, street = $8, urgent = $9, lead = $10,
        units = $11, tier = $12, policy = $13, due = $14, next_clock = $15, next_due = $16, overdue = $17,
        outcome = $18, standing = $19, kind = coalesce(kind, $31), changed_at = now(),
        main = $32, supervision_level = $33, provisional = $34
    WHERE ticket_no = $1 AND seq = $2 AND head = $43
        AND NOT EXISTS (SELECT FROM inbox WHERE ticket_no = $1 AND command_id = $20 AND state = 'applied')
    RETURNING ticket_no, line
), told AS (
    INSERT INTO journal (ticket_no, seq, step, kind, actor_role, actor_name, actor_unit, at, facts, hash)
    SELECT moved.ticket_no, row.seq, $20, row.kind, $21, $22, $23, $24, row.facts, row.hash
    FROM moved, unnest($25::integer[], $26::text[], $27::jsonb[], $28::text[]) AS row (seq, kind, facts, hash)
), settled AS (
    UPDATE inbox SET state = 'applied', settled_at = now(), told = $19
    FROM moved WHERE inbox.ticket_no = $1 AND inbox.command_id = $20 AND inbox.state = 'pending'
), seen AS (
    INSERT INTO ticket_units (unit, ticket_no)
    SELECT unit, moved.ticket_no FROM moved, unnest($11::text[]) AS unit ON CONFLICT DO NOTHING
), sent AS (
    INSERT INTO outbox (ticket_no, key, audience, kind)
    SELECT moved.ticket_no, $20 || '/' || notice.kind || '/' || notice.audience, notice.audience, notice.kind
    FROM moved, unnest($29::text[], $30::text[]) AS notice (kind, audience) ON CONFLICT DO NOTHING
), followed AS (
    INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest, urgency)
    SELECT command.ticket_no, command.command_id, command.action, 'system', 'hotline', '', command.facts, '', 2
    FROM moved, unnest($35::text[], $36::text[], $37::text[], $38::jsonb[])
        AS command (ticket_no, command_id, action, facts) ON CONFLICT DO NOTHING
), left_behind AS (
    DELETE FROM waiting USING moved WHERE waiting.ticket_no = $1 AND NOT waiting.queue = ANY ($39::text[])
), entered AS (
    INSERT INTO waiting (ticket_no, queue, line, urgency, due, opens_at)
    SELECT moved.ticket_no, entry.queue, moved.line, CASE WHEN $9 THEN 1 ELSE 3 END, entry.due, entry.opens_at
    FROM moved, unnest($40::text[], $41::timestamptz[], $42::timestamptz[]) AS entry (queue, due, opens_at)
    ON CONFLICT (ticket_no, queue) DO UPDATE
        SET urgency = excluded.urgency, due = excluded.due, opens_at = excluded.opens_at
), hurried AS (
    UPDATE waiting SET urgency = 1 FROM moved
    WHERE waiting.ticket_no = $1 AND $9 AND urgency <> 1 AND queue = ANY ($39) AND NOT queue = ANY ($40)
)
SELECT clock_timestamp() FROM moved
"""

_COLUMNS = "ticket_no, seq, step, kind, actor_role, actor_name, actor_unit, at, facts, hash"


async def append(connection: Connection, step: Step) -> datetime | None:
    """Append the step's rows and move the ticket, settle the command, queue the notices and the commands to other
    tickets with it; the database's instant. None, and nothing changed, when another row stands there or the step was
    applied before."""
    rows, first, told = step.rows, step.rows[0], step.standing
    kind = next((row.facts.get("kind") for row in rows if row.kind == "Classified"), None)
    return await connection.fetchval(
        _APPEND,
        *_moved(step.expected_seq, told),
        step.step,
        *(first.actor.role.value, first.actor.name, first.actor.unit, first.at),
        *([row.seq for row in rows], [row.kind for row in rows], [row.facts for row in rows]),
        [row.hash for row in rows],
        *([notice.kind for notice in step.notices], [notice.audience for notice in step.notices]),
        kind,
        *(told.main, told.supervision_level, told.provisional),
        *([each.ticket_no for each in step.follow_ups], [each.command_id for each in step.follow_ups]),
        *([each.action.value for each in step.follow_ups], [each.facts for each in step.follow_ups]),
        *_queued(changes((row.event for row in rows), told)),
        step.expected_head,
    )


def _queued(moved: Changes) -> tuple[object, ...]:
    """$39 to $42 of _APPEND: in which queues the ticket may stay, and which it enters."""
    return (
        [queue.value for queue in moved.open],
        *([each.queue.value for each in moved.entered], [each.due for each in moved.entered]),
        [each.opens_at for each in moved.entered],
    )


def _moved(expected_seq: int, told: Standing) -> tuple[object, ...]:
    """$1 to $19 of _APPEND: which ticket moves from where, and where to."""
    return (
        *(told.ticket_no, expected_seq, told.seq, told.head, told.stage.value),
        *(told.item, told.district, told.street, told.urgent, told.lead, list(told.units)),
        *(told.tier, told.policy, told.due, told.next_clock, told.next_due),
        *(told.overdue, told.outcome, to_facts(told)),
    )


async def rows_after(connection: Executor, ticket_no: str, seq: int = 0) -> tuple[Row, ...]:
    """The rows of one ticket after row `seq`, in order."""
    found = await connection.fetch(
        f"SELECT {_COLUMNS} FROM journal WHERE ticket_no = $1 AND seq > $2 ORDER BY seq", ticket_no, seq
    )
    return tuple(_row(record) for record in found)


async def instant(connection: Executor) -> datetime:
    """What time it is for the database."""
    return await connection.fetchval("SELECT clock_timestamp()")


async def holds(connection: Executor, ticket_no: str, step: str) -> bool:
    """Whether a step of a ticket was recorded."""
    return await connection.fetchval(
        "SELECT EXISTS (SELECT FROM journal WHERE ticket_no = $1 AND step = $2)", ticket_no, step
    )


async def last(connection: Executor, ticket_no: str) -> tuple[int, str]:
    """Number and hash of a ticket's last row; 0 and none before its first."""
    row = await connection.fetchrow(
        "SELECT seq, hash FROM journal WHERE ticket_no = $1 ORDER BY seq DESC LIMIT 1", ticket_no
    )
    return (0, FIRST_HASH) if row is None else (row["seq"], row["hash"])


async def ended_at_intake(connection: Executor, ticket_nos: Sequence[str]) -> set[str]:
    """Those of the tickets that were closed as they were taken up: no clock ran, nobody acted, nothing is to come."""
    found = await connection.fetch(
        """SELECT ticket_no FROM tickets t WHERE ticket_no = ANY ($1) AND stage = 'closed'
               AND NOT EXISTS (SELECT FROM journal j WHERE j.ticket_no = t.ticket_no AND step <> $2)""",
        *(list(ticket_nos), INTAKE),
    )
    return {record["ticket_no"] for record in found}


async def every_row(connection: Connection) -> AsyncIterator[Row]:
    """Every row of the journal, ticket by ticket, in order. Needs a transaction, for its cursor."""
    async for record in connection.cursor(f"SELECT {_COLUMNS} FROM journal ORDER BY ticket_no, seq", prefetch=1000):
        yield _row(record)


def _row(record: Record) -> Row:
    return Row(
        ticket_no=record["ticket_no"],
        seq=record["seq"],
        step=record["step"],
        kind=record["kind"],
        actor=Actor(Role(record["actor_role"]), record["actor_name"], record["actor_unit"]),
        at=record["at"].astimezone(BEIJING),
        facts=record["facts"],
        hash=record["hash"],
    )
