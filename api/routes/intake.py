"""Intake: one transaction, and the complaint cannot be lost any more, whether or not Temporal is up."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.answers import INTAKE as INTAKE_ANSWERS
from api.attachments import check_sizes, written
from api.auth import may
from api.bodies import IntakeBody
from api.channels import check_channel, is_spoken
from api.desk import IdempotencyKey, in_force, is_before
from api.house import House, house
from api.knowledge import check_answer
from api.permissions import INTAKE
from api.persons import person_of
from api.presents import TicketTaken
from api.problems import ProblemError
from domain.actor import Actor
from domain.triage import Kind
from domain.unit import HANDLING_KINDS, UnitKind
from nearness.terms import terms_of
from store import complaints, missed_calls, terms, tickets
from store.complaints import Intake, Taken
from store.connection import Connection
from vault.seal import Vault, seal, seal_text

router = APIRouter(prefix="/v1", tags=["intake"])

_URGENT, _ORDINARY = 1, 3
_SPOKEN = "phone"


@router.post("/complaints", status_code=201, summary="Take in a complaint", responses=INTAKE_ANSWERS)
async def take_in(
    body: IntakeBody,
    response: Response,
    actor: Annotated[Actor, may(INTAKE)],
    rooms: Annotated[House, Depends(house)],
    idempotency_key: IdempotencyKey = None,
) -> TicketTaken:
    """201 with the ticket number; the same key and body again give the same answer with 200."""
    key = rooms.vault.digest((idempotency_key or str(uuid.uuid4())).encode()).hex()
    digest = rooms.vault.digest(body.model_dump_json().encode())
    taken = await complaints.taken_before(rooms.pool, actor, key) if idempotency_key else None
    if taken is None:
        taken = await _taken(rooms, actor, key, digest, await _checked(rooms, actor, body))
    if taken.digest != digest:
        raise ProblemError("idempotency_key_reused")
    response.status_code = 201 if taken.fresh else 200
    response.headers["Location"] = f"/v1/complaints/{taken.ticket_no}"
    ticket = None if taken.fresh else await tickets.read(rooms.pool, taken.ticket_no)
    return TicketTaken(
        ticket_no=taken.ticket_no,
        received_at=taken.received_at,
        stage=ticket.stage if ticket else "received",
        due=ticket.due if ticket else None,
    )


async def _checked(rooms: House, actor: Actor, body: IntakeBody) -> IntakeBody:
    """Codes have to be those of the policy in force; words are taken as they are. A street names its district."""
    book = await in_force(rooms)
    check_sizes(body.attachments, book)
    check_channel(book, body.channel, body.origin)
    await check_answer(rooms.pool, body.answer)
    if body.item and body.item not in book.items:
        raise ProblemError("unknown_item", item=body.item, policy=book.version)
    street = book.units.get(body.street)
    if body.street and (street is None or street.kind is not UnitKind.STREET):
        raise ProblemError("unknown_place", street=body.street)
    district = book.units.get(body.district)
    if body.district and (district is None or district.kind is not UnitKind.DISTRICT):
        raise ProblemError("unknown_place", district=body.district)
    if street and body.district and street.district != body.district:
        raise ProblemError("unknown_place", street=body.street, district=body.district)
    platform = book.units.get(body.against)
    if body.against and (platform is None or platform.kind is not UnitKind.PLATFORM):
        raise ProblemError("unknown_platform", unit=body.against)
    if body.copy_to and (body.copy_to not in book.units or book.units[body.copy_to].kind not in HANDLING_KINDS):
        raise ProblemError("unknown_unit", unit=body.copy_to, policy=book.version)
    if body.copy_to and not body.disposition:
        raise ProblemError("copy_without_disposition", copy_to=body.copy_to)
    named = await tickets.read(rooms.pool, body.repeat_of) if body.repeat_of else None
    if body.repeat_of and (named is None or not is_before(named, actor)):  # alike: who may not read it, learns nothing
        raise ProblemError("unknown_repeat", ticket_no=body.repeat_of)
    return body.model_copy(update={"district": street.district}) if street else body


class _Second(Exception):
    """Another request with the same key was first."""

    def __init__(self, first: Taken) -> None:
        self.first = first


async def _taken(rooms: House, actor: Actor, key: str, digest: bytes, body: IntakeBody) -> Taken:
    """Person and complaint in one transaction. Who comes second with a key leaves nothing behind: a person without a
    complaint could never be found again to be erased."""
    name, heard = body.complainant.name, is_spoken(await in_force(rooms), body.channel)
    found_by = terms_of(rooms.vault, body.matter, body.point, body.community, name=name)
    try:
        async with rooms.pool.acquire() as connection, connection.transaction():
            intake = await _sealed(rooms.vault, connection, body)
            taken = await complaints.take(connection, actor, key, digest, intake)
            if not taken.fresh:
                raise _Second(taken)
            closes_at_once = body.answered or bool(body.repeat_of)
            await terms.keep(connection, taken.ticket_no, found_by, joinable=not closes_at_once)
            if heard and body.complainant.phone:
                await missed_calls.settle(connection, intake.complainant_id, body.line, taken.ticket_no, actor)
            return taken
    except _Second as second:
        return second.first


async def _sealed(vault: Vault, connection: Connection, body: IntakeBody) -> Intake:
    person_id, key = await person_of(vault, connection, body.complainant)
    return Intake(
        complainant_id=person_id,
        kind=body.kind,
        channel=body.channel,
        matter_sealed=seal(key.plain, body.matter.encode(), "matter"),
        district=body.district,
        street=body.street,
        community_sealed=seal_text(key.plain, body.community or None, "community"),
        point_sealed=seal_text(key.plain, body.point, "point"),
        attachments_sealed=seal_text(key.plain, written(body.attachments), "attachments"),
        item=body.item,
        answered=body.answered or bool(body.answer),
        repeat_of=body.repeat_of,
        confidential=body.confidential,
        urgency=_URGENT if body.urgent else _ORDINARY,
        line=body.line,
        origin=body.origin,
        against=body.against,
        answer=body.answer,
        disposition=body.disposition,
        copy_to=body.copy_to,
        new_facts=body.new_facts,
        complainant_kind=body.complainant.kind,
        at_once=_ends_at_once(body),
        name_sealed=seal_text(key.plain, body.complainant.name, "name"),
    )


def _ends_at_once(body: IntakeBody) -> bool:
    """Answered, told another way, or asked in writing, which knowledge may answer (R10, R12)."""
    asked = body.kind is Kind.CONSULTATION and body.channel != _SPOKEN
    return bool(body.answered or body.answer or body.disposition or asked)
