"""Complaints brought to a certain point of their lives, and what has to be true of every life."""

from typing import Any

from domain.actor import Role
from domain.complaint import Complaint
from domain.decide import applied
from domain.journal import FIRST_HASH, check
from tests.city import STREET, City, Json
from workflows.messages import Carried

GOOD: Json = {"contacted": True, "resolved": "yes", "satisfied": "satisfied"}
BAD: Json = {"contacted": True, "resolved": "no", "satisfied": "dissatisfied"}
"""Answers to the callback's three questions (R32)."""


async def signed_in(city: City, **body: Any) -> str:
    """Taken in, dispatched and signed in."""
    ticket_no = await city.take_in(**body)
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    return ticket_no


async def report_done(city: City, ticket_no: str, done_as: str = "resolved") -> None:
    """The lead unit says that it is done."""
    lead = (await city.ticket(ticket_no))["lead"]
    await city.done(ticket_no, "report-done", Role.UNIT, lead, done_as=done_as, note="已办理")


async def reported_done(city: City, **body: Any) -> str:
    """Taken in, signed in, contacted and reported done."""
    ticket_no = await signed_in(city, **body)
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=True)
    await report_done(city, ticket_no)
    return ticket_no


async def journaled(city: City, ticket_no: str) -> Carried:
    """What the journal alone makes of a complaint, its hash chain checked row by row."""
    rows = await city.rows(ticket_no)
    carried = Carried(Complaint(ticket_no, rows[0].at), 0, FIRST_HASH, rows[0].at)
    for row in rows:
        check(row, carried.seq, carried.head)
        carried = Carried(applied(carried.state, (row.event,)), row.seq, row.hash, row.at)
    return carried


async def agree(city: City, ticket_no: str) -> None:
    """The journal is unbroken, and the workflow and the ticket stand on its last row."""
    told = await journaled(city, ticket_no)
    ticket = await city.ticket(ticket_no)
    if ticket["stage"] == "closed":
        ending = await city.handle(ticket_no).result()
        assert (ending["outcome"], ending["seq"], ending["head"]) == (told.state.outcome, told.seq, told.head)
    else:
        standing = await city.handle(ticket_no).query("standing")
        assert (standing["stage"], standing["seq"], standing["head"]) == (told.state.stage, told.seq, told.head)
    assert (ticket["standing"]["seq"], ticket["standing"]["head"]) == (told.seq, told.head)
