"""Seats' queues: what waits for a person, in the order in which it is to be taken."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api.auth import may
from api.desk import in_force
from api.house import House, house
from api.lines import shut_out_of
from api.permissions import READ_QUEUES
from api.presents import TicketShown
from api.problems import ProblemError
from api.queue_presents import QueueEntry, QueuePage
from domain.actor import Actor
from domain.queues import Queue
from domain.triage import Line
from store import queues, tickets
from store.queues import Entry, Place

router = APIRouter(prefix="/v1/queues", tags=["queues"])

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_CURSOR = re.compile(r"(?P<urgency>[0-9])\.(?P<due>[0-9]{1,16})\.(?P<ticket_no>20[0-9]{6}-[0-9]{8})")


@router.get("/{queue}", summary="What waits for a person")
async def read_queue(
    queue: Annotated[Queue, Path(description="What is waited for.")],
    actor: Annotated[Actor, may(READ_QUEUES)],
    rooms: Annotated[House, Depends(house)],
    line: Annotated[Line | None, Query(description="Only of this line (R7, R8).")] = None,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="Tickets on a page.")] = 50,
) -> QueuePage:
    """Urgent first, then by when its clock runs out. What enters or leaves meanwhile moves nothing else."""
    after = _place(cursor) if cursor is not None else None
    found = await queues.page(rooms.pool, queue, line, shut_out_of(actor), after, limit + 1)
    entries = await _shown(rooms, found[:limit])
    return QueuePage(queue=queue, entries=entries, next=_cursor(found[limit - 1]) if len(found) > limit else None)


async def _shown(rooms: House, found: list[Entry]) -> list[QueueEntry]:
    """Entries with their tickets."""
    by_number = await tickets.of_numbers(rooms.pool, [entry.ticket_no for entry in found])
    book = await in_force(rooms)
    return [
        QueueEntry(
            due=entry.due,
            opens_at=entry.opens_at,
            ticket=TicketShown.of(ticket, book.name_of(ticket.item), book.name_of(ticket.lead)),
        )
        for entry in found
        if (ticket := by_number.get(entry.ticket_no)) is not None
    ]


def _cursor(entry: Entry) -> str:
    return f"{entry.urgency}.{(entry.due - _EPOCH) // _TICK}.{entry.ticket_no}"


def _place(cursor: str) -> Place:
    """The place that a cursor names, to the microsecond."""
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise ProblemError("bad_cursor")
    return Place(int(found["urgency"]), _EPOCH + int(found["due"]) * _TICK, found["ticket_no"])
