"""Every command anyone gave, durable before it is answered, sent again until it is settled and acknowledged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asyncpg import Record

from domain.actor import Actor, Role
from domain.follow_up import FollowUp
from domain.refusal import Fact
from store.connection import Executor

INTAKE = "intake"
"""The first command of every complaint, and its id."""
TRIES_IN_ORDER = 4
"""How often a command is tried before those after it are no longer kept waiting: about half a minute."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was given, and what has become of it: `pending`, `applied` or `refused` with a code.
    `told` holds the standing after it, or the refusal's facts."""

    ticket_no: str
    command_id: str
    action: str
    actor: Actor
    facts: dict[str, Fact]
    digest: bytes
    urgency: int
    received_at: datetime
    state: str
    code: str
    told: dict[str, Fact] | None


_COLUMNS = """ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest, urgency, received_at,
    state, code, told"""


async def put(
    connection: Executor, command: Command, words_sealed: bytes | None, first_try_in: timedelta
) -> Command | None:
    """Keep a command; None when it is new, else the one that was kept under the same id before. Its turn is not before
    that of the intake, where that waits: it could not be brought then, and would be looked at in vain each time."""
    fresh = await connection.fetchval(
        """INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, words_sealed,
               digest, urgency, next_try_at, turn_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + $11::interval, greatest(now() + $11::interval, (
               SELECT turn_at FROM inbox WHERE ticket_no = $1 AND command_id = 'intake' AND acknowledged_at IS NULL)))
           ON CONFLICT DO NOTHING RETURNING true""",
        *(command.ticket_no, command.command_id, command.action),
        *(command.actor.role.value, command.actor.name, command.actor.unit),
        *(command.facts, words_sealed, command.digest, command.urgency, first_try_in),
    )
    return None if fresh else await read(connection, command.ticket_no, command.command_id)


async def put_all(connection: Executor, follow_ups: Sequence[FollowUp]) -> None:
    """Keep commands of the hotline itself; those that are kept already change nothing."""
    await connection.execute(
        """INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest, urgency)
           SELECT command.ticket_no, command.command_id, command.action, 'system', 'hotline', '', command.facts, '', 2
           FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])
               AS command (ticket_no, command_id, action, facts)
           ON CONFLICT DO NOTHING""",
        *([each.ticket_no for each in follow_ups], [each.command_id for each in follow_ups]),
        *([each.action.value for each in follow_ups], [each.facts for each in follow_ups]),
    )


async def read(connection: Executor, ticket_no: str, command_id: str) -> Command | None:
    """One command, or None."""
    record = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM inbox WHERE ticket_no = $1 AND command_id = $2", ticket_no, command_id
    )
    return None if record is None else _command(record)


_WITHOUT_ENGINE = f"""AND command_id = '{INTAKE}' AND facts ->> 'at_once' = 'true'
    AND coalesce((SELECT seq FROM tickets WHERE tickets.ticket_no = inbox.ticket_no), 0) = 0"""
"""What may end as it is taken up, and was not taken up yet. It has an index of its own, in these words."""


async def claim(connection: Executor, most: int, pause: timedelta, *, without_engine: bool = False) -> list[Command]:
    """Commands that wait to be sent, urgent ones first, then by their turns, which new complaints have district by
    district. Each is put off by `pause`, doubled for every try up to 64-fold, so that a second relay does not take it
    too and a broken one does not starve the rest.

    Of one complaint only the oldest: what was promised in an order is brought in it, and the engine takes ten commands
    of a complaint at a time and no more. One that was tried `TRIES_IN_ORDER` times is not waited for any longer.

    `without_engine`: intakes alone that are likely to end as they are taken up."""
    # A subquery that the planner cannot turn into a join: it is asked for few rows, by the primary key.
    found = await connection.fetch(
        f"""WITH waiting AS (
                SELECT ticket_no, command_id, now() + $2::interval * power(2, least(tries, 6)) AS again FROM inbox
                WHERE acknowledged_at IS NULL AND next_try_at <= now() {_WITHOUT_ENGINE if without_engine else ""}
                AND NOT coalesce((
                    SELECT true FROM inbox AS older
                    WHERE older.ticket_no = inbox.ticket_no AND older.acknowledged_at IS NULL
                        AND older.received_at < inbox.received_at AND older.tries < {TRIES_IN_ORDER} LIMIT 1), false)
                ORDER BY urgency, turn_at LIMIT $1 FOR UPDATE SKIP LOCKED
            ), claimed AS (
                UPDATE inbox SET tries = tries + 1, next_try_at = w.again, turn_at = w.again
                FROM waiting w WHERE inbox.ticket_no = w.ticket_no AND inbox.command_id = w.command_id
                RETURNING inbox.*
            ) SELECT {_COLUMNS} FROM claimed ORDER BY urgency, received_at""",
        most,
        pause,
    )
    return [_command(record) for record in found]


async def leave(connection: Executor, ticket_no: str) -> None:
    """An intake that was taken up and did not end with that is left to its workflow, as if nobody had tried it: it is
    among the first when the engine is back."""
    await connection.execute(
        """UPDATE inbox SET tries = 0, next_try_at = inbox.received_at, turn_at = inbox.received_at FROM tickets t
           WHERE inbox.ticket_no = $1 AND command_id = $2 AND acknowledged_at IS NULL
               AND t.ticket_no = inbox.ticket_no AND t.seq > 0""",
        *(ticket_no, INTAKE),
    )


async def acknowledge(connection: Executor, heard: Sequence[tuple[str, str]]) -> None:
    """The engine has these commands, by ticket number and id, for good: no more sending."""
    await connection.execute(
        """UPDATE inbox SET acknowledged_at = now() FROM unnest($1::text[], $2::text[]) AS heard (ticket_no, command_id)
           WHERE inbox.ticket_no = ANY ($1) AND inbox.ticket_no = heard.ticket_no
               AND inbox.command_id = heard.command_id""",
        [ticket_no for ticket_no, _ in heard],
        [command_id for _, command_id in heard],
    )


async def refuse(connection: Executor, ticket_no: str, command_id: str, code: str, facts: dict[str, Any]) -> Command:
    """Settle a command as refused, unless the journal says that it was applied. Returns what stands."""
    await connection.execute(
        """UPDATE inbox SET acknowledged_at = now(),
               state = CASE state WHEN 'pending' THEN 'refused' ELSE state END,
               code = CASE state WHEN 'pending' THEN $3 ELSE code END,
               told = CASE state WHEN 'pending' THEN $4 ELSE told END,
               settled_at = coalesce(settled_at, now())
           WHERE ticket_no = $1 AND command_id = $2""",
        *(ticket_no, command_id, code, facts),
    )
    settled = await read(connection, ticket_no, command_id)
    assert settled is not None, "a command is put before it is sent"
    return settled


async def waiting(connection: Executor) -> tuple[int, timedelta | None]:
    """How many commands are not acknowledged yet, and the age of the oldest."""
    record = await connection.fetchrow(
        "SELECT count(*) AS count, now() - min(received_at) AS age FROM inbox WHERE acknowledged_at IS NULL"
    )
    assert record is not None
    return record["count"], record["age"]


def _command(record: Record) -> Command:
    return Command(
        ticket_no=record["ticket_no"],
        command_id=record["command_id"],
        action=record["action"],
        actor=Actor(Role(record["actor_role"]), record["actor_name"], record["actor_unit"]),
        facts=record["facts"],
        digest=record["digest"],
        urgency=record["urgency"],
        received_at=record["received_at"],
        state=record["state"],
        code=record["code"],
        told=record["told"],
    )


async def words(connection: Executor, ticket_no: str) -> dict[str, bytes]:
    """The sealed words of every command of a ticket, by command id."""
    found = await connection.fetch(
        "SELECT command_id, words_sealed FROM inbox WHERE ticket_no = $1 AND words_sealed IS NOT NULL",
        ticket_no,
    )
    return {record["command_id"]: record["words_sealed"] for record in found}
