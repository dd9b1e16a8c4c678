"""Reading complaints: one, its timeline, lists, and what became of an action."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api import attachments, search, views
from api.auth import may
from api.bodies import TICKET_PATTERN
from api.desk import in_force, is_before, may_see_contact, require_ticket
from api.house import House, house
from api.instants import Instant
from api.lines import shut_out_of
from api.masking import mask, no_mask
from api.permissions import READ, READ_VIEWS
from api.presents import CommandShown, ComplaintShown, Entry, TicketPage, TicketShown, Timeline, ViewPage
from api.problems import ProblemError
from domain.actor import Actor, Role
from domain.lifecycle import Stage
from domain.telling import tell
from domain.triage import Line
from rulebook.book import Book
from store import complaints, inbox, journal, tickets
from store.complaints import Shown
from store.tickets import Filter, Ticket
from vault.seal import Vault, open_text

router = APIRouter(prefix="/v1/complaints", tags=["complaints"])

TicketNo = Annotated[str, Path(pattern=TICKET_PATTERN, description="Ticket number.", examples=["20261122-00000017"])]
_PlaceQuery = Annotated[str | None, Query(pattern=r"^[A-Z0-9]{3,12}$", description="Division code.")]
_DueQuery = Annotated[
    Instant | None,
    Query(description="Only with a handling limit before this.", examples=["2026-11-28T09:00:00+08:00"]),
]
_TextQuery = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=100,
        description="Only where matter, point or community hold these words, in any order and however they are typed. "
        "Numbers alone are not looked for; what is confidential is found by seats alone. That a ticket was found so is "
        "noted as a view of it.",
        pattern=r"^[^\x00-\x1f\x7f-\x9f]+$",
        examples=["路灯 不亮"],
    ),
]
_UnitQuery = Annotated[str | None, Query(pattern=r"^[A-Z0-9][A-Z0-9-]{0,23}$", description="Unit code.")]


@router.get("", summary="List complaints, newest first")
async def list_complaints(
    actor: Annotated[Actor, may(READ)],
    rooms: Annotated[House, Depends(house)],
    stage: Annotated[Stage | None, Query(description="Only in this stage.")] = None,
    unit: _UnitQuery = None,
    lead: _UnitQuery = None,
    district: _PlaceQuery = None,
    item: Annotated[str | None, Query(pattern=r"^[0-9]{6}$", description="Only of this item.")] = None,
    line: Annotated[Line | None, Query(description="Only of this line (R7, R8).")] = None,
    text: _TextQuery = None,
    due_before: _DueQuery = None,
    overdue: Annotated[bool | None, Query(description="Only overdue ones, or only others.")] = None,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="Tickets on a page.")] = 50,
) -> TicketPage:
    """Units see what is before them; everybody else sees all that their role may read. A page may hold less than
    `limit`, even none, although more follow: go on while `next` is not null."""
    if cursor is not None and not re.fullmatch(TICKET_PATTERN, cursor):
        raise ProblemError("bad_cursor")
    seen_by = actor.unit if actor.role is Role.UNIT else unit
    narrowed = Filter(stage, seen_by, lead, district, item, due_before, overdue, cursor, line, shut_out_of(actor))
    if text is None:
        found, following = await _listed(rooms, narrowed, limit)
    else:
        found, following = await search.page(rooms, actor, narrowed, text, limit)
    book = await in_force(rooms)
    return TicketPage(tickets=[_shown(ticket, book) for ticket in found if is_before(ticket, actor)], next=following)


async def _listed(rooms: House, narrowed: Filter, limit: int) -> tuple[list[Ticket], str | None]:
    """A page, and the cursor of the next one."""
    found = await rooms.reading.ask(lambda at: tickets.listed(at, narrowed, limit + 1))
    return found[:limit], found[limit - 1].ticket_no if len(found) > limit else None


@router.get("/{ticket_no}", summary="One complaint")
async def read_complaint(
    ticket_no: TicketNo, actor: Annotated[Actor, may(READ)], rooms: Annotated[House, Depends(house)]
) -> ComplaintShown:
    """Where it stands and what was said. That it was shown is noted."""
    ticket = await require_ticket(rooms, ticket_no, actor)
    said = await complaints.shown(rooms.pool, ticket_no)
    assert said is not None, "a ticket and its complaint are kept together"
    opened = _opened(rooms.vault, said)
    sees = said.wrapped_key is not None and may_see_contact(ticket, actor, confidential=said.confidential)
    hide = mask(opened["name"], opened["phone"]) if said.confidential and not sees else no_mask
    contact = {"name": opened["name"], "phone": opened["phone"]} if sees else None
    shown = {"matter": opened["matter"] is not None, "contact": contact is not None and any(contact.values())}
    await views.note(rooms, ticket_no, actor, [what for what, was_shown in shown.items() if was_shown])
    return ComplaintShown(
        **_shown(ticket, await in_force(rooms)).model_dump(),
        matter=hide(opened["matter"]),
        community=hide(opened["community"]),
        point=hide(opened["point"]),
        contact=contact,
        complainant_kind=said.complainant_kind,
        confidential=said.confidential,
        attachments=attachments.read(opened["attachments"], hide),
    )


@router.get("/{ticket_no}/timeline", summary="What happened to a complaint")
async def read_timeline(
    ticket_no: TicketNo, actor: Annotated[Actor, may(READ)], rooms: Annotated[House, Depends(house)]
) -> Timeline:
    """Journal rows in order, each with its Chinese sentence and the words that were given with it."""
    ticket = await require_ticket(rooms, ticket_no, actor)
    rows = await journal.rows_after(rooms.pool, ticket_no)
    notes = await _notes(rooms, ticket, actor)
    book = await in_force(rooms)
    entries = [Entry.of(row, tell(row.event, book.name_of), notes.pop(row.step, None)) for row in rows]
    await views.note(rooms, ticket_no, actor, ["notes"] if any(entry.note for entry in entries) else [])
    return Timeline(ticket_no=ticket_no, entries=entries, views=await views.on_timeline(rooms, ticket_no, actor))


@router.get("/{ticket_no}/commands/{command_id}", summary="What became of an action")
async def read_command(
    ticket_no: TicketNo,
    command_id: Annotated[str, Path(pattern=r"^[a-z0-9-]{1,40}$", description="Command id.")],
    actor: Annotated[Actor, may(READ)],
    rooms: Annotated[House, Depends(house)],
) -> CommandShown:
    """pending, applied or refused. A pending one will be applied or refused once, by itself."""
    await require_ticket(rooms, ticket_no, actor)
    found = await inbox.read(rooms.pool, ticket_no, command_id)
    if found is None or (actor.role is Role.UNIT and found.actor.unit != actor.unit):
        raise ProblemError("unknown_command", command_id=command_id)
    return CommandShown.of(found)


@router.get("/{ticket_no}/views", summary="Who was shown a complaint's personal data")
async def read_views(
    ticket_no: TicketNo,
    actor: Annotated[Actor, may(READ_VIEWS)],
    rooms: Annotated[House, Depends(house)],
    before: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="Views on a page.")] = 100,
) -> ViewPage:
    """Newest first. Asking this is no view itself: nothing of the complaint is shown."""
    await require_ticket(rooms, ticket_no, actor)
    return await views.page(rooms, ticket_no, before, limit)


def _shown(ticket: Ticket, book: Book) -> TicketShown:
    return TicketShown.of(ticket, book.name_of(ticket.item), book.name_of(ticket.lead))


def _opened(vault: Vault, said: Shown) -> dict[str, str | None]:
    if said.wrapped_key is None:
        return dict.fromkeys(("matter", "community", "point", "attachments", "name", "phone"))
    key = vault.person(said.wrapped_key, said.key_id).plain
    return {
        "matter": open_text(key, said.matter_sealed, "matter"),
        "community": open_text(key, said.community_sealed, "community"),
        "point": open_text(key, said.point_sealed, "point"),
        "attachments": open_text(key, said.attachments_sealed, "attachments"),
        "name": open_text(key, said.name_sealed, "name"),
        "phone": open_text(key, said.phone_sealed, "phone"),
    }


async def _notes(rooms: House, ticket: Ticket, actor: Actor) -> dict[str, str | None]:
    """The words of each step, to be told with the step's first row; what somebody wrote into them about who complains
    is hidden where that is confidential."""
    said = await complaints.shown(rooms.pool, ticket.ticket_no)
    if said is None or said.wrapped_key is None:
        return {}
    key = rooms.vault.person(said.wrapped_key, said.key_id).plain
    hide = no_mask
    if said.confidential and not may_see_contact(ticket, actor, confidential=True):
        hide = mask(open_text(key, said.name_sealed, "name"), open_text(key, said.phone_sealed, "phone"))
    sealed = await inbox.words(rooms.pool, ticket.ticket_no)
    return {step: hide(open_text(key, words, "words")) for step, words in sealed.items()}
