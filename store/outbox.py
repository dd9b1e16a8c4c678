"""Messages that leave: queued with the journal, sent at least once, told apart by key."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.triage import Line
from store.connection import Executor


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


async def claim(connection: Executor, most: int, pause: timedelta) -> list[Queued]:
    """Notices that a receiver waits for, oldest first, each put off by `pause` doubled for every try."""
    found = await connection.fetch(
        """WITH waiting AS (
               SELECT o.ticket_no, o.key, r.url, r.secret_sealed FROM outbox o JOIN receivers r USING (audience)
               WHERE o.sent_at IS NULL AND o.next_try_at <= now()
               ORDER BY o.next_try_at LIMIT $1 FOR UPDATE OF o SKIP LOCKED
           )
           UPDATE outbox o SET tries = o.tries + 1, next_try_at = now() + $2::interval * power(2, least(o.tries, 10))
           FROM waiting w WHERE o.ticket_no = w.ticket_no AND o.key = w.key
           RETURNING o.ticket_no, o.key, o.audience, o.kind, o.created_at, w.url, w.secret_sealed""",
        most,
        pause,
    )
    return [Queued(**dict(record)) for record in found]


async def sent(connection: Executor, notice: Queued) -> None:
    """The receiver has it."""
    await connection.execute(
        "UPDATE outbox SET sent_at = now() WHERE ticket_no = $1 AND key = $2", notice.ticket_no, notice.key
    )


async def of_audience(
    connection: Executor, audience: str, since: datetime, most: int, but: Line | None = None
) -> list[Queued]:
    """Notices of one audience from `since` on, oldest first; those about tickets of line `but` are left out."""
    found = await connection.fetch(
        """SELECT ticket_no, key, audience, kind, created_at FROM outbox o
           WHERE audience = $1 AND created_at > $2 AND ($4::text IS NULL OR NOT EXISTS (
               SELECT FROM tickets t WHERE t.ticket_no = o.ticket_no AND t.line = $4))
           ORDER BY created_at LIMIT $3""",
        *(audience, since, most, but),
    )
    return [Queued(**dict(record)) for record in found]


async def receive_at(connection: Executor, audience: str, url: str, secret_sealed: bytes) -> None:
    """From now on notices of `audience` go to `url`."""
    await connection.execute(
        """INSERT INTO receivers (audience, url, secret_sealed) VALUES ($1, $2, $3)
           ON CONFLICT (audience) DO UPDATE SET url = $2, secret_sealed = $3""",
        *(audience, url, secret_sealed),
    )
