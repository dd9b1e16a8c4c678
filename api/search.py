"""Lists narrowed by text: only for roles that may read the words anyway; a view of each ticket told is noted (R5)."""

import asyncio
from dataclasses import replace
from functools import partial

from api import views
from api.desk import is_before, may_see_contact
from api.house import House
from api.permissions import GRANTED, READ_BY_TEXT
from api.problems import ProblemError
from domain.actor import Actor
from nearness.search import Sought, holding, sought
from store import complaints, terms, tickets
from store.connection import Executor
from store.terms import Sealed
from store.tickets import Filter, Ticket

_BATCH = 100
_MOST = 500
"""Complaints that are opened for one page: common words in long lists are looked for over several pages."""


async def page(rooms: House, actor: Actor, narrowed: Filter, text: str, limit: int) -> tuple[list[Ticket], str | None]:
    """Tickets whose words hold `text`, newest first, and the cursor of the next page; None: there is no more."""
    if READ_BY_TEXT not in GRANTED[actor.role]:
        raise ProblemError("forbidden", permission=READ_BY_TEXT, role=actor.role)
    what = sought(rooms.vault, text)
    if what is None:
        raise ProblemError("text_too_short")
    found, following = await _found(rooms, actor, replace(narrowed, pairs=what.pairs), what, limit)
    shown = [ticket.ticket_no for ticket in found]
    await views.note_all(rooms, shown, actor, ["text"])
    return found, following


async def _batch(actor: Actor, narrowed: Filter, connection: Executor) -> tuple[list[Ticket], dict[str, Sealed]]:
    """The next tickets, and the words of those that may be read."""
    batch = await tickets.listed(connection, narrowed, _BATCH)
    return batch, await terms.sealed(connection, await _readable(connection, actor, batch))


async def _found(
    rooms: House, actor: Actor, narrowed: Filter, what: Sought, limit: int
) -> tuple[list[Ticket], str | None]:
    shown: list[Ticket] = []
    for _ in range(_MOST // _BATCH):
        batch, sealed = await rooms.reading.ask(partial(_batch, actor, narrowed))
        held = await asyncio.to_thread(holding, rooms.vault, what, sealed)
        for ticket in batch:
            if ticket.ticket_no in held:
                if len(shown) == limit:
                    return shown, shown[-1].ticket_no
                shown.append(ticket)
        if len(batch) < _BATCH:
            return shown, None
        narrowed = replace(narrowed, before=batch[-1].ticket_no)
    return shown, narrowed.before


async def _readable(connection: Executor, actor: Actor, batch: list[Ticket]) -> list[str]:
    """Tickets whose words this actor may read as they are: by what finds a confidential one, a name could be tried."""
    confidential = await complaints.confidential_among(connection, [ticket.ticket_no for ticket in batch])

    def readable(ticket: Ticket) -> bool:
        hidden = ticket.ticket_no in confidential and not may_see_contact(ticket, actor, confidential=True)
        return is_before(ticket, actor) and not hidden

    return [ticket.ticket_no for ticket in batch if readable(ticket)]
