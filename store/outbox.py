"""Messages that leave: queued with the journal, sent at least once, told apart by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.triage import Line
from store.connection import Executor, Pool


@dataclass(frozen=True, slots=True)
class Queued:
    """A notice. With `url`, it goes to a receiver, signed by the sealed secret; without, its audience fetches it."""

    ticket_no: str
    key: str
    audience: str
    kind: str
    created_at: datetime
    url: str | None = None
    secret_sealed: bytes | None = None
    number: int | None = None
    """Its place among the notices of its audience, once they were fetched."""


async def claim(connection: Executor, most: int, each: int, pause: timedelta, but: Sequence[str] = ()) -> list[Queued]:
    """Notices that a receiver waits for, at most `each` of an audience and none of those in `but`, oldest first. Each
    is put off by `pause`, doubled for every try."""
    found = await connection.fetch(
        """WITH waiting AS (
               SELECT o.ticket_no, o.key, r.url, r.secret_sealed FROM receivers r CROSS JOIN LATERAL (
                   SELECT ticket_no, key, next_try_at FROM outbox
                   WHERE audience = r.audience AND sent_at IS NULL AND next_try_at <= now()
                   ORDER BY next_try_at LIMIT $2 FOR UPDATE SKIP LOCKED
               ) o
               WHERE r.audience <> ALL ($4::text[]) ORDER BY o.next_try_at LIMIT $1
           )
           UPDATE outbox o SET tries = o.tries + 1, next_try_at = now() + $3::interval * power(2, least(o.tries, 10))
           FROM waiting w WHERE o.ticket_no = w.ticket_no AND o.key = w.key
           RETURNING o.ticket_no, o.key, o.audience, o.kind, o.created_at, w.url, w.secret_sealed""",
        *(most, each, pause, list(but)),
    )
    return [Queued(**dict(record)) for record in found]


async def sent(connection: Executor, notice: Queued) -> None:
    """The receiver has it."""
    await connection.execute(
        "UPDATE outbox SET sent_at = now() WHERE ticket_no = $1 AND key = $2", notice.ticket_no, notice.key
    )


_NUMBER = """
UPDATE outbox o SET number = n.number
FROM (
    SELECT ticket_no, key, nextval('notice_numbers') AS number FROM (
        SELECT ticket_no, key FROM outbox WHERE audience = $1 AND number IS NULL
        ORDER BY created_at, ticket_no, key LIMIT $2
    ) waiting
) n
WHERE o.ticket_no = n.ticket_no AND o.key = n.key
"""
_MOST_NUMBERED = 5000


async def number(pool: Pool, audience: str) -> None:
    """Give every notice of an audience that is there, oldest first, the numbers after all that were given before. One
    at a time, so that nobody sees a number before a lower one is there to be seen."""
    if not await pool.fetchval("SELECT EXISTS (SELECT FROM outbox WHERE audience = $1 AND number IS NULL)", audience):
        return
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('notices/' || $1, 0))", audience)
        await connection.execute(_NUMBER, audience, _MOST_NUMBERED)


async def of_audience(
    connection: Executor, audience: str, after: int, since: datetime, most: int, but: Line | None = None
) -> list[Queued]:
    """Numbered notices of one audience after number `after` and queued after `since`, in order; those about tickets of
    line `but` are left out, and those about its missed calls."""
    found = await connection.fetch(
        """SELECT ticket_no, key, audience, kind, created_at, number FROM outbox o
           WHERE audience = $1 AND number > $2 AND created_at > $3 AND ($5::text IS NULL OR NOT EXISTS (
               SELECT FROM tickets t WHERE t.ticket_no = o.ticket_no AND t.line = $5
               UNION ALL SELECT FROM missed_calls m WHERE m.code = o.ticket_no AND m.line = $5))
           ORDER BY number LIMIT $4""",
        *(audience, after, since, most, but),
    )
    return [Queued(**dict(record)) for record in found]


async def receive_at(connection: Executor, audience: str, url: str, secret_sealed: bytes) -> None:
    """From now on notices of `audience` go to `url`."""
    await connection.execute(
        """INSERT INTO receivers (audience, url, secret_sealed) VALUES ($1, $2, $3)
           ON CONFLICT (audience) DO UPDATE SET url = $2, secret_sealed = $3""",
        *(audience, url, secret_sealed),
    )
