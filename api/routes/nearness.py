"""Which earlier complaints are near to one: for seats who join, and units who see the same again."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.auth import may
from api.desk import in_force, is_before, require_ticket
from api.house import House, house
from api.near_presents import NearPage, NearShown
from api.permissions import READ_BY_TEXT
from api.routes.tickets import TicketNo
from domain.actor import Actor, Role
from domain.nearness import Candidate
from store import complaints, tickets

router = APIRouter(prefix="/v1/complaints", tags=["complaints"])


@router.get("/{ticket_no}/near", summary="Earlier complaints on the same matter or event")
async def read_near(
    ticket_no: TicketNo, actor: Annotated[Actor, may(READ_BY_TEXT)], rooms: Annotated[House, Depends(house)]
) -> NearPage:
    """The complainant's own, and open ones of others (R12, R13); of these, what the actor may read. That a confidential
    one and another are of one person only seats are told: the other may say who that is."""
    ticket = await require_ticket(rooms, ticket_no, actor)
    limits = (await in_force(rooms)).house.nearness
    found = await rooms.finder.nearest(
        rooms.pool, ticket_no, limits, item=ticket.item, district=ticket.district, street=ticket.street
    )
    numbers = [each.ticket_no for each in found]
    known = await tickets.of_numbers(rooms.pool, numbers)
    secret = set[str]()
    if actor.role is not Role.SEAT:
        secret = await complaints.confidential_among(rooms.pool, [ticket_no, *numbers])

    def readable(near: Candidate) -> bool:
        hidden = near.same_complainant and {ticket_no, near.ticket_no} & secret
        return is_before(known[near.ticket_no], actor) and not hidden

    near = [NearShown.of(each) for each in found if readable(each)]
    return NearPage(ticket_no=ticket_no, near=near)
