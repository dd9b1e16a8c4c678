"""What stands in the database, counted through indexes that hold open things only: cheap however much is stored."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import asyncpg

from store.connection import AWAY, Connection

FAILED = (*AWAY, asyncpg.PostgresError)
"""What keeps a census from being taken: it is taken again later, and nothing else waits for it."""

AGES: Final = (0, 10, 60, 600, 3600)
"""Seconds from which on a waiting command is counted."""
_MOST = 100_000
"""Commands of one urgency that are looked at; more of them waiting is as bad as that many."""
_TURN = 412346


async def is_ours(connection: Connection) -> bool:
    """Whether this connection takes the census: one at a time does, until it gives its turn back or is closed."""
    return await connection.fetchval("SELECT pg_try_advisory_lock($1)", _TURN)


async def give_back(connection: Connection) -> None:
    """The next one may take the census."""
    await connection.execute("SELECT pg_advisory_unlock($1)", _TURN)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Commands of one urgency that are not acknowledged, by the age that they have at least, and the oldest age."""

    urgency: int
    older_than: dict[int, int]
    oldest: timedelta


async def waiting(connection: Connection) -> list[Waiting]:
    """The backlog by urgency, also of urgencies of which nothing waits."""
    ages = ", ".join(f"count(*) FILTER (WHERE age >= interval '{age} seconds') AS age_{age}" for age in AGES)
    found = await connection.fetch(
        f"""SELECT key, {ages}, coalesce(max(age), interval '0') AS oldest
            FROM generate_series(1, 5) AS key LEFT JOIN LATERAL (
                SELECT now() - received_at AS age FROM inbox WHERE acknowledged_at IS NULL AND urgency = key
                ORDER BY turn_at LIMIT $1
            ) AS command ON true GROUP BY key""",
        _MOST,
    )
    return [Waiting(row["key"], {age: row[f"age_{age}"] for age in AGES}, row["oldest"]) for row in found]


async def open_complaints(connection: Connection) -> dict[tuple[str, str], int]:
    """Complaints that are not closed, by stage and tier; no tier before dispatch."""
    found = await connection.fetch(
        "SELECT stage, tier, count(*) AS count FROM tickets WHERE stage <> 'closed' GROUP BY stage, tier"
    )
    return {(record["stage"], record["tier"]): record["count"] for record in found}


async def past_limit(connection: Connection) -> dict[str, int]:
    """Complaints past their handling limit, by stage."""
    found = await connection.fetch(
        """SELECT stage, count(*) AS count FROM tickets
           WHERE stage NOT IN ('closed', 'callback') AND due < now() GROUP BY stage"""
    )
    return {record["stage"]: record["count"] for record in found}


async def clocks_missed(connection: Connection) -> dict[str, int]:
    """Complaints whose next clock, whichever it is, ran out more than a minute ago and was not heard to, by stage."""
    found = await connection.fetch(
        """SELECT stage, count(*) AS count FROM tickets
           WHERE stage <> 'closed' AND next_due < now() - interval '1 minute' GROUP BY stage"""
    )
    return {record["stage"]: record["count"] for record in found}


async def oldest_not_taken_up(connection: Connection) -> timedelta | None:
    """Age of the oldest complaint that the engine has and that was not taken up yet, among the thousand oldest ones."""
    return await connection.fetchval(
        """WITH oldest AS (
               SELECT ticket_no, received_at FROM tickets WHERE stage = 'received' AND seq = 0 ORDER BY 1 LIMIT 1000
           ) SELECT now() - min(oldest.received_at) FROM oldest JOIN inbox USING (ticket_no)
           WHERE command_id = 'intake' AND acknowledged_at IS NOT NULL"""
    )


async def oldest_notices(connection: Connection) -> dict[str, timedelta]:
    """Age of the oldest notice that waits, by audience; of audiences with a receiver alone, for the others fetch."""
    found = await connection.fetch(
        """SELECT audience, now() - oldest AS age FROM receivers r, LATERAL (
               SELECT min(created_at) AS oldest FROM outbox o WHERE o.audience = r.audience AND o.sent_at IS NULL
           ) AS first WHERE oldest IS NOT NULL"""
    )
    return {record["audience"]: record["age"] for record in found}


async def months_ahead(connection: Connection) -> int:
    """Months after this one for which tables are open (docs/operating.md, `hotline prepare`)."""
    return await connection.fetchval(
        """SELECT count(*) FROM pg_inherits WHERE inhparent = 'tickets'::regclass AND inhrelid::regclass::text
           > 'tickets_' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYYMM')"""
    )
