"""One decision on many like tickets (R44): checked as a whole, kept as a whole, applied one by one."""

import asyncio
import uuid
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Response

from api.answers import BATCH as BATCH_ANSWERS
from api.auth import may
from api.batch_bodies import AnyBatch
from api.batch_presents import BatchKept, BatchShown
from api.desk import IdempotencyKey, check_units, is_before
from api.house import House, house
from api.permissions import BATCH, GRANTED
from api.problems import ProblemError
from domain.actor import Actor
from domain.lifecycle import Action
from domain.urgency import BEHIND_SINGLE_ONES, URGENT
from store import batches, complainants, tickets
from store.batches import Batch, Share
from store.tickets import Ticket
from vault.seal import Vault, seal_text

router = APIRouter(prefix="/v1/batches", tags=["batches"])

_Rooms = Annotated[House, Depends(house)]


@router.post("", status_code=202, summary="One action on many tickets", responses=BATCH_ANSWERS)
async def give_batch(
    body: Annotated[AnyBatch, Body()],
    response: Response,
    actor: Annotated[Actor, may(BATCH)],
    rooms: _Rooms,
    idempotency_key: IdempotencyKey = None,
) -> BatchKept:
    """Needs the action's own permission. One ticket that is unknown or not before this actor refuses the whole batch;
    what the rules say to each ticket is told by the batch's address. The same key and body again answer the same."""
    if body.action not in GRANTED[actor.role]:
        raise ProblemError("forbidden", permission=body.action, role=actor.role)
    batch = _batch(rooms.vault, body, actor, idempotency_key)
    kept = await batches.read(rooms.pool, batch.batch_id) or await _kept(rooms, batch, body)
    if kept.digest != batch.digest:
        raise ProblemError("idempotency_key_reused")
    response.headers["Location"] = f"/v1/batches/{kept.batch_id}"
    return BatchKept(batch_id=str(kept.batch_id), tickets=len(kept.ticket_nos))


@router.get("/{batch_id}", summary="What became of a batch")
async def read_batch(
    batch_id: Annotated[uuid.UUID, Path(description="Batch id.")], actor: Annotated[Actor, may(BATCH)], rooms: _Rooms
) -> BatchShown:
    """For each ticket pending, applied or refused. Shown to keys of the role and unit that gave it."""
    batch = await batches.read(rooms.pool, batch_id)
    if batch is None or (batch.actor.role, batch.actor.unit) != (actor.role, actor.unit):
        raise ProblemError("unknown_batch", batch_id=str(batch_id))
    return BatchShown.of(batch, await batches.outcomes(rooms.pool, batch))


def _batch(vault: Vault, body: AnyBatch, actor: Actor, key: str | None) -> Batch:
    """Its id follows from actor and key, so that the same request twice is the same batch."""
    named = key and vault.digest(f"batch/{actor.name}/{key}".encode())
    return Batch(
        batch_id=uuid.UUID(bytes=named[:16], version=5) if named else uuid.uuid4(),
        action=body.action,
        actor=actor,
        digest=vault.digest(body.said()),
        ticket_nos=body.ticket_nos,
        received_at=datetime.now(UTC),
    )


async def _kept(rooms: House, batch: Batch, body: AnyBatch) -> Batch:
    """The batch once it is kept with all its commands; or the one that was first with its key."""
    facts = body.body.facts()
    await check_units(rooms, Action(batch.action), facts)
    found = await _require_all(rooms, batch)
    shares = await _shares(rooms, found, body.body.words())
    if await batches.put(rooms.pool, batch, facts, shares):
        return batch
    first = await batches.read(rooms.pool, batch.batch_id)
    assert first is not None, "an id that conflicts is there"
    return first


async def _require_all(rooms: House, batch: Batch) -> list[Ticket]:
    """Every ticket, or the refusal that one of them alone would get, with all that it holds for."""
    found = await tickets.of_numbers(rooms.pool, list(batch.ticket_nos))
    if unknown := [each for each in batch.ticket_nos if each not in found]:
        raise ProblemError("unknown_ticket", ticket_nos=unknown)
    if strange := [each for each in batch.ticket_nos if not is_before(found[each], batch.actor)]:
        raise ProblemError("not_your_ticket", ticket_nos=strange, unit=batch.actor.unit)
    return [found[each] for each in batch.ticket_nos]


async def _shares(rooms: House, found: list[Ticket], words: str | None) -> list[Share]:
    """Each ticket's share. The words are sealed for every complainant apart; for who was erased, none are kept."""
    people = await complainants.of_tickets(rooms.pool, [ticket.ticket_no for ticket in found]) if words else {}

    def sealed(ticket_no: str) -> bytes | None:
        person = people.get(ticket_no)
        return person and seal_text(rooms.vault.person(person.wrapped_key, person.key_id).plain, words, "words")

    def share(ticket: Ticket) -> Share:
        urgency = URGENT if ticket.urgent else BEHIND_SINGLE_ONES
        return Share(ticket.ticket_no, urgency, sealed(ticket.ticket_no))

    return await asyncio.to_thread(lambda: [share(ticket) for ticket in found])
