"""The complainant's own side (R4): follow, supplement, withdraw, evaluate, with ticket number and phone."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.responses import JSONResponse

from api import problems, views
from api.answers import OWN_ACTION
from api.bodies import ActionBody
from api.centre_bodies import EvaluationBody, SupplementBody, WithdrawalBody
from api.desk import Desk, desk, in_force
from api.house import House, house
from api.own_complaint import OwnCommand, OwnComplaint, own_complaint
from api.problems import ProblemError
from api.proof import proved
from api.routes.tickets import TicketNo
from domain import progress
from domain.actor import Actor
from domain.lifecycle import Action, Stage
from store import complainants, inbox, journal, tickets
from vault.seal import open_text

router = APIRouter(prefix="/v1/my/complaints/{ticket_no}", tags=["own"])
_Desk = Annotated[Desk, Depends(desk)]
_Rooms = Annotated[House, Depends(house)]
_Own = Annotated[Actor, proved()]


@router.get("", summary="How far one's own complaint has come")
async def read_own_complaint(ticket_no: TicketNo, actor: _Own, rooms: _Rooms) -> OwnComplaint:
    """Stage, deadlines, what happened and the result. What units and seats note for each other is not shown."""
    return await _shown(rooms, ticket_no, actor)


@router.get("/commands/{command_id}", summary="What became of one's own action")
async def read_own_command(
    ticket_no: TicketNo,
    command_id: Annotated[str, Path(pattern=r"^[a-z0-9-]{1,40}$", description="Command id.")],
    actor: _Own,
    rooms: _Rooms,
) -> OwnCommand:
    """pending, applied or refused. A pending one will be applied or refused once, by itself."""
    found = await inbox.read(rooms.pool, ticket_no, command_id)
    if found is None or found.actor != actor:
        raise ProblemError("unknown_command", command_id=command_id)
    return OwnCommand.of(found)


@router.post("/supplement", summary="Add something", response_model=OwnComplaint, responses=OWN_ACTION)
async def supplement_own(
    ticket_no: TicketNo, body: SupplementBody, actor: _Own, desk: _Desk, rooms: _Rooms
) -> JSONResponse:
    """The lead unit is told."""
    return await _act(rooms, desk, ticket_no, Action.SUPPLEMENT, actor, body)


@router.post("/withdrawal", summary="Withdraw", response_model=OwnComplaint, responses=OWN_ACTION)
async def withdraw_own(
    ticket_no: TicketNo, body: WithdrawalBody, actor: _Own, desk: _Desk, rooms: _Rooms
) -> JSONResponse:
    """The complaint is closed."""
    return await _act(rooms, desk, ticket_no, Action.WITHDRAWAL, actor, body)


@router.post("/evaluation", summary="Answer the three questions", response_model=OwnComplaint, responses=OWN_ACTION)
async def evaluate_own(
    ticket_no: TicketNo, body: EvaluationBody, actor: _Own, desk: _Desk, rooms: _Rooms
) -> JSONResponse:
    """They count like a callback's."""
    return await _act(rooms, desk, ticket_no, Action.EVALUATION, actor, body)


async def _act(
    rooms: House, desk: Desk, ticket_no: str, action: Action, actor: Actor, body: ActionBody
) -> JSONResponse:
    """200 with how far it has come now; 202 when the engine is slow; a problem when refused."""
    ticket = await tickets.read(rooms.pool, ticket_no)
    assert ticket is not None, "a ticket and its complaint are kept together"
    command = await desk.take(ticket, action, actor, body)
    where = f"/v1/my/complaints/{ticket_no}/commands/{command.command_id}"
    match command.state:
        case "applied":
            shown = await _shown(rooms, ticket_no, actor)
            return JSONResponse(shown.model_dump(mode="json"), 200, {"Content-Location": where})
        case "refused":
            return problems.answer(command.code, command.told)
        case _:
            kept = OwnCommand.of(command)
            return JSONResponse(kept.model_dump(), 202, {"Location": where, "Retry-After": "2"})


async def _shown(rooms: House, ticket_no: str, actor: Actor) -> OwnComplaint:
    """The complaint as it stands. That reported words were shown is noted, as it is for everybody."""
    ticket = await tickets.read(rooms.pool, ticket_no)
    assert ticket is not None, "a ticket and its complaint are kept together"
    rows = await journal.rows_after(rooms.pool, ticket_no)
    book = await in_force(rooms)
    results = await _words(rooms, ticket_no, {each.result for each in progress.told(rows, book.name_of)} - {""})
    await views.note(rooms, ticket_no, actor, ["notes"] if results else [])
    main = await tickets.read(rooms.pool, ticket.main) if ticket.stage == Stage.JOINED else None
    return own_complaint(ticket, main, rows, results, book)


async def _words(rooms: House, ticket_no: str, steps: set[str]) -> dict[str, str | None]:
    """The words that were given with `steps`; nothing once the complainant was erased."""
    person = await complainants.of_ticket(rooms.pool, ticket_no) if steps else None
    if person is None:
        return {}
    key = rooms.vault.person(person.wrapped_key, person.key_id).plain
    sealed = await inbox.words(rooms.pool, ticket_no)
    return {step: open_text(key, sealed[step], "words") for step in steps & sealed.keys()}
