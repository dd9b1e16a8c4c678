"""Which earlier complaints are near to one: for seats who join, and units who see the same again."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.auth import may
from api.desk import in_force, is_before, require_ticket
from api.house import House, house
from api.near_presents import NearPage, NearShown
from api.permissions import READ_BY_TEXT
from api.routes.tickets import TicketNo
from domain.actor import Actor
from store import tickets

router = APIRouter(prefix="/v1/complaints", tags=["complaints"])


@router.get("/{ticket_no}/near", summary="Earlier complaints on the same matter or event")
async def read_near(
    ticket_no: TicketNo, actor: Annotated[Actor, may(READ_BY_TEXT)], rooms: Annotated[House, Depends(house)]
) -> NearPage:
    """The complainant's own, and open ones of others (R12, R13); of these, what the actor may read."""
    ticket = await require_ticket(rooms, ticket_no, actor)
    limits = (await in_force(rooms)).house.nearness
    place = {"item": ticket.item, "district": ticket.district, "street": ticket.street}
    found = await rooms.finder.nearest(rooms.pool, ticket_no, limits, **place)
    known = await tickets.of_numbers(rooms.pool, [each.ticket_no for each in found])
    near = [NearShown.of(each) for each in found if is_before(known[each.ticket_no], actor)]
    return NearPage(ticket_no=ticket_no, near=near)
