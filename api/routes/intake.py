"""Intake: kept at once, and the complaint cannot be lost any more, whether or not Temporal is up."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.answers import INTAKE as INTAKE_ANSWERS
from api.attachments import check_sizes
from api.auth import may
from api.bodies import IntakeBody
from api.channels import check_channel
from api.desk import IdempotencyKey, in_force, is_before
from api.house import House, house
from api.keeping import kept
from api.knowledge import check_answer
from api.permissions import INTAKE
from api.presents import TicketTaken
from api.problems import ProblemError
from domain.actor import Actor
from domain.unit import HANDLING_KINDS, UnitKind
from store import complaints, tickets

router = APIRouter(prefix="/v1", tags=["intake"])


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
    digest = rooms.vault.digest(body.said())
    try:
        taken = await kept(rooms, actor, key, digest, await _checked(rooms, actor, body))
    except ProblemError:
        taken = await complaints.taken_before(rooms.pool, actor, key)
        if taken is None:  # what was taken in once stays taken in, whatever policy says by now
            raise
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
