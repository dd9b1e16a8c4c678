"""One decision on many tickets: kept in one transaction with a command for each of them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from domain.actor import Actor, Role
from domain.refusal import Fact
from store.connection import Executor


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it was given. `digest` tells whether two requests are the same."""

    batch_id: uuid.UUID
    action: str
    actor: Actor
    digest: bytes
    ticket_nos: tuple[str, ...]
    received_at: datetime

    def command_id(self, ticket_no: str) -> str:
        """The id of its command to one ticket."""
        return str(uuid.uuid5(self.batch_id, ticket_no))


@dataclass(frozen=True, slots=True)
class Share:
    """One ticket's share of a batch: its urgency, and the words sealed for its complainant."""

    ticket_no: str
    urgency: int
    words_sealed: bytes | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has become of one ticket's command."""

    ticket_no: str
    command_id: str
    state: str
    code: str


async def put(connection: Executor, batch: Batch, facts: dict[str, Fact], shares: list[Share]) -> bool:
    """Keep a batch and all its commands in one statement. False, and nothing kept, when its id was taken before."""
    fresh = await connection.fetchval(
        """WITH fresh AS (
               INSERT INTO batches
                   (batch_id, action, actor_role, actor_name, actor_unit, digest, ticket_nos, received_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING action
           ), commands AS (
               INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest,
                   words_sealed, urgency)
               SELECT share.ticket_no, share.command_id, fresh.action, $3, $4, $5, $9, $6, share.words, share.urgency
               FROM fresh, unnest($7::text[], $10::text[], $11::bytea[], $12::smallint[])
                   AS share (ticket_no, command_id, words, urgency)
           )
           SELECT true FROM fresh""",
        *(batch.batch_id, batch.action, batch.actor.role.value, batch.actor.name, batch.actor.unit, batch.digest),
        *([share.ticket_no for share in shares], batch.received_at, facts),
        *([batch.command_id(share.ticket_no) for share in shares], [share.words_sealed for share in shares]),
        [share.urgency for share in shares],
    )
    return fresh is not None


async def read(connection: Executor, batch_id: uuid.UUID) -> Batch | None:
    """One batch, or None."""
    record = await connection.fetchrow("SELECT * FROM batches WHERE batch_id = $1", batch_id)
    if record is None:
        return None
    return Batch(
        batch_id=record["batch_id"],
        action=record["action"],
        actor=Actor(Role(record["actor_role"]), record["actor_name"], record["actor_unit"]),
        digest=record["digest"],
        ticket_nos=tuple(record["ticket_nos"]),
        received_at=record["received_at"],
    )


async def outcomes(connection: Executor, batch: Batch) -> list[Outcome]:
    """What has become of each of its commands, in the order in which the tickets were named."""
    found = await connection.fetch(
        """SELECT ticket_no, command_id, state, code
           FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS given (ticket_no, command_id, place)
               JOIN inbox USING (ticket_no, command_id)
           ORDER BY place""",
        list(batch.ticket_nos),
        [batch.command_id(ticket_no) for ticket_no in batch.ticket_nos],
    )
    return [Outcome(**dict(record)) for record in found]
