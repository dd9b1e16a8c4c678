"""Missed calls (R9): taken in like complaints, durable before they are answered, and returned by seats."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api import views
from api.answers import MISSED_CALL
from api.auth import may
from api.bodies import Complainant as Said
from api.desk import IdempotencyKey, in_force, is_before
from api.house import House, house
from api.lines import shut_out_of
from api.missed_calls import (
    CALL_PATTERN,
    CallOutcomeBody,
    MissedCallBody,
    MissedCallContact,
    MissedCallShown,
    MissedCallTaken,
)
from api.permissions import INTAKE, READ_QUEUES, RETURN_CALLS
from api.persons import person_of
from api.problems import ProblemError
from domain.actor import Actor
from domain.missed_call import Attempt, first_due, tried
from domain.triage import Line
from store import complainants, missed_calls, tickets
from store.connection import Connection
from store.missed_calls import KeptCall, KeyTaken, NewCall
from vault.seal import open_text

router = APIRouter(prefix="/v1/missed-calls", tags=["missed calls"])
Call = Annotated[
    str, Path(pattern=CALL_PATTERN, description="Number of a missed call.", examples=["MC-20261122-000017"])
]
_Rooms = Annotated[House, Depends(house)]
_Seat = Annotated[Actor, may(RETURN_CALLS)]
_SLOW_CLOCK, _OLDEST = timedelta(minutes=5), timedelta(days=7)


@router.post("", status_code=201, summary="Take in a missed call", responses=MISSED_CALL)
async def take_in_missed_call(
    body: MissedCallBody,
    response: Response,
    actor: Annotated[Actor, may(INTAKE)],
    rooms: _Rooms,
    idempotency_key: IdempotencyKey = None,
) -> MissedCallTaken:
    """201 with its number; the same key and body again give the same answer with 200."""
    digest = rooms.vault.digest(body.said())
    key = rooms.vault.digest((idempotency_key or str(uuid.uuid4())).encode()).hex()
    before = await missed_calls.taken_before(rooms.pool, actor, key) if idempotency_key else None
    kept = before or await _taken(rooms, body, actor, key, digest)
    if kept.digest != digest:
        raise ProblemError("idempotency_key_reused")
    response.status_code = 201 if kept.fresh else 200
    response.headers["Location"] = f"/v1/missed-calls/{kept.call.code}"
    return MissedCallTaken.of(kept)


@router.get("", summary="Calls to be returned")
async def list_missed_calls(
    actor: Annotated[Actor, may(READ_QUEUES)],
    rooms: _Rooms,
    line: Annotated[Line | None, Query(description="Only those of this line.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many.")] = 50,
) -> list[MissedCallShown]:
    """The minors' line and danger first, then by when they are due. Numbers are shown one call at a time."""
    found = await missed_calls.waiting(rooms.pool, line, shut_out_of(actor), limit)
    return [MissedCallShown.standing(each, datetime.now(UTC)) for each in found]


@router.get("/{call}", summary="One missed call, with the number to call")
async def read_missed_call(call: Call, actor: _Seat, rooms: _Rooms) -> MissedCallContact:
    """Where it stands. That the number was shown is noted."""
    kept = await _require(rooms, actor, await missed_calls.read(rooms.pool, call), call)
    person = await complainants.of_missed_call(rooms.pool, call)
    phone = None
    if person is not None:
        key = rooms.vault.person(person.wrapped_key, person.key_id)
        phone = open_text(key.plain, person.phone_sealed, "phone")
        await views.note(rooms, call, actor, ["contact"])
    return MissedCallContact(**MissedCallShown.standing(kept, datetime.now(UTC)).model_dump(), phone=phone)


@router.post("/{call}/outcome", summary="Tell what an attempt came to")
async def tell_call_outcome(
    call: Call, body: CallOutcomeBody, actor: _Seat, rooms: _Rooms, idempotency_key: IdempotencyKey = None
) -> MissedCallShown:
    """Reached, with the complaint that it became; not reached, so that another attempt follows; or a wrong number."""
    await _check_ticket(rooms, actor, body)
    token = rooms.vault.digest(idempotency_key.encode()).hex() if idempotency_key else ""
    attempt = Attempt(datetime.now(UTC), body.outcome, actor.name, token)
    async with rooms.pool.acquire() as connection, connection.transaction():
        kept = await _tried(rooms, connection, actor, call, attempt, body.ticket_no)
    return MissedCallShown.standing(kept, datetime.now(UTC))


async def _taken(rooms: House, body: MissedCallBody, actor: Actor, key: str, digest: bytes) -> KeptCall:
    """Person, call and duty in one transaction; who comes second with a key leaves nothing behind."""
    now, limits = datetime.now(UTC), (await in_force(rooms)).house.missed_calls
    if not now - _OLDEST <= body.called_at <= now + _SLOW_CLOCK:
        first, last = now - _OLDEST, now + _SLOW_CLOCK
        raise ProblemError("called_at_unfit", first=first.isoformat(), last=last.isoformat())
    due = first_due(body.called_at, body.line, body.urgent, limits)
    try:
        async with rooms.pool.acquire() as connection, connection.transaction():
            person_id, _ = await person_of(rooms.vault, connection, Said(phone=body.phone))
            new = NewCall(person_id, body.line, body.urgent, body.called_at, due, actor, key, digest)
            return await missed_calls.take(connection, new)
    except KeyTaken:
        first_one = await missed_calls.taken_before(rooms.pool, actor, key)
        assert first_one is not None, "a key that is taken stands for a call"
        return first_one


async def _require(rooms: House, actor: Actor, kept: KeptCall | None, code: str) -> KeptCall:
    """The call, if there is one and it is for this actor; alike otherwise."""
    if kept is None or kept.call.line is shut_out_of(actor):
        raise ProblemError("unknown_call", call=code)
    return kept


async def _check_ticket(rooms: House, actor: Actor, body: CallOutcomeBody) -> None:
    ticket = await tickets.read(rooms.pool, body.ticket_no) if body.ticket_no else None
    if body.ticket_no and (ticket is None or not is_before(ticket, actor)):
        raise ProblemError("call_ticket_unfit", outcome=body.outcome, ticket_no=body.ticket_no)


async def _tried(
    rooms: House, connection: Connection, actor: Actor, code: str, attempt: Attempt, ticket_no: str
) -> KeptCall:
    """The call after an attempt; one that was told of before counts once."""
    kept = await _require(rooms, actor, await missed_calls.read(connection, code, lock=True), code)
    again = [each for each in kept.call.attempts if attempt.token and each.token == attempt.token]
    if again:
        if again[0].outcome is not attempt.outcome or kept.call.ticket_no != ticket_no:
            raise ProblemError("idempotency_key_reused")
        return kept
    after = tried(kept.call, attempt, ticket_no, (await in_force(rooms)).house.missed_calls)
    return await missed_calls.change(connection, after, actor)
