"""Where an action on a complaint is taken in: kept first, then brought to the complaint, then answered."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Header
from fastapi.responses import JSONResponse

from api import problems
from api.bodies import ActionBody
from api.house import House, house
from api.lines import shut_out_of
from api.presents import ActionKept
from api.problems import ProblemError
from domain.actor import Actor, Role
from domain.calendar import beijing_day
from domain.lifecycle import Action, Stage
from domain.refusal import Fact
from domain.unit import HANDLING_KINDS, UnitKind
from domain.urgency import urgency
from rulebook.book import Book
from store import complainants, inbox, tickets
from store.inbox import Command
from store.tickets import Ticket
from vault.seal import seal_text

PATIENCE = timedelta(seconds=2)
"""How long an action waits for the engine before it is answered with 202."""
_RELAY_AFTER = timedelta(seconds=5)
_UNIT_FIELDS = ("unit", "units", "co_handlers", "copy_to")

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,128}$",
        description="Repeat a request with the same key, and it counts once.",
        examples=["5b0f5f5e-7d0d-4a51-9f0e-1c6b3b1f7a10"],
    ),
]


class Desk:
    """Takes actions in for one actor's request."""

    def __init__(self, rooms: House, idempotency_key: str | None) -> None:
        self._rooms = rooms
        self._key = idempotency_key

    async def act(self, ticket_no: str, action: Action, actor: Actor, body: ActionBody) -> JSONResponse:
        """200 with the new standing; 202 with the command's address when the engine is slow; a problem when refused."""
        return presented(await self.take(await require_ticket(self._rooms, ticket_no, actor), action, actor, body))

    async def take(self, ticket: Ticket, action: Action, actor: Actor, body: ActionBody) -> Command:
        """Keep a command on a ticket and bring it there; the command as it stands when patience ends."""
        facts = body.facts()
        await check_units(self._rooms, action, facts)
        if repeat_of := facts.get("repeat_of"):
            facts["repeat_of"] = await self._main_of(str(repeat_of), actor)
        command = self._command(ticket, action, actor, body, facts)
        sealed = await self._seal(ticket.ticket_no, body.words())
        kept = await inbox.put(self._rooms.pool, command, sealed, _RELAY_AFTER)
        if kept is not None and kept.digest != command.digest:
            raise ProblemError("idempotency_key_reused")
        if kept is None or kept.state == "pending":
            kept = await self._rooms.delivery.deliver(command, PATIENCE)
        return kept

    def _command(
        self, ticket: Ticket, action: Action, actor: Actor, body: ActionBody, facts: dict[str, Fact]
    ) -> Command:
        vault, name = self._rooms.vault, self._key and f"{actor.name}/{ticket.ticket_no}/{self._key}"
        return Command(
            ticket_no=ticket.ticket_no,
            command_id=str(uuid.UUID(bytes=vault.digest(name.encode())[:16], version=5) if name else uuid.uuid4()),
            action=action,
            actor=actor,
            facts=facts,
            digest=vault.digest(action.encode() + b" " + body.said()),
            urgency=urgency(urgent=ticket.urgent),
            received_at=datetime.now(UTC),
            state="pending",
            code="",
            told=None,
        )

    async def _main_of(self, repeat_of: str, actor: Actor) -> str:
        main = await tickets.main_of(self._rooms.pool, repeat_of)
        if main is None or not is_before(main, actor):  # alike: who may not read it, learns nothing
            raise ProblemError("unknown_repeat", ticket_no=repeat_of)
        return main.ticket_no

    async def _seal(self, ticket_no: str, words: str | None) -> bytes | None:
        if words is None:
            return None
        person = await complainants.of_ticket(self._rooms.pool, ticket_no)
        if person is None:
            return None  # erased: nothing more is kept about them
        key = self._rooms.vault.person(person.wrapped_key, person.key_id)
        return seal_text(key.plain, words, "words")


async def desk(rooms: Annotated[House, Depends(house)], idempotency_key: IdempotencyKey = None) -> Desk:
    """The desk of one request."""
    return Desk(rooms, idempotency_key)


async def check_units(rooms: House, action: Action, facts: dict[str, Fact]) -> None:
    """Units that a command names have to exist and to handle complaints; the rules only see their codes."""
    named = [unit for field in _UNIT_FIELDS for unit in _listed(facts.get(field))]
    if named:
        book = await in_force(rooms)
        for code in named:
            if code not in book.units:
                raise ProblemError("unknown_unit", unit=code, policy=book.version)
            if book.units[code].kind not in HANDLING_KINDS:
                raise ProblemError("unit_cannot_lead", unit=code, kind=book.units[code].kind)
            if action is Action.ESCALATION and book.units[code].kind is not UnitKind.DEPARTMENT:
                raise ProblemError("not_a_department", unit=code, kind=book.units[code].kind)


async def require_ticket(rooms: House, ticket_no: str, actor: Actor) -> Ticket:
    """The ticket, if there is one and it is before this actor."""
    ticket = await tickets.read(rooms.pool, ticket_no)
    if ticket is None:
        raise ProblemError("unknown_ticket", ticket_no=ticket_no)
    if not is_before(ticket, actor):
        raise ProblemError("not_your_ticket", ticket_no=ticket_no, unit=actor.unit)
    return ticket


def is_before(ticket: Ticket, actor: Actor) -> bool:
    """Units read and change only what is before them, seats and frontends nothing of a line that is not theirs (R8);
    what other roles may do, their permissions say."""
    if actor.role is Role.UNIT:
        return actor.unit in ticket.units
    return ticket.line != shut_out_of(actor)


async def in_force(rooms: House) -> Book:
    """The book in force today."""
    return await rooms.shelf.in_force(beijing_day(datetime.now(UTC)))


def presented(command: Command) -> JSONResponse:
    """A command's answer as it stands."""
    where = f"/v1/complaints/{command.ticket_no}/commands/{command.command_id}"
    match command.state:
        case "applied":
            return JSONResponse(command.told, 200, {"Content-Location": where})
        case "refused":
            return problems.answer(command.code, command.told)
        case _:
            kept = ActionKept(ticket_no=command.ticket_no, command_id=command.command_id)
            return JSONResponse(kept.model_dump(), 202, {"Location": where, "Retry-After": "2"})


def may_see_contact(ticket: Ticket, actor: Actor, *, confidential: bool) -> bool:
    """A seat may; a frontend and the unit that handles it only where the complainant does not wish confidentiality; a
    unit only while it handles the complaint (R5)."""
    if actor.role is Role.SEAT or confidential:
        return actor.role is Role.SEAT
    if actor.role is Role.FRONTEND:
        return True
    handles = actor.unit in (ticket.lead, *_listed(ticket.standing.get("co_handlers")))
    return actor.role is Role.UNIT and handles and ticket.stage == Stage.HANDLING


def _listed(value: Fact) -> list[str]:
    if isinstance(value, list):
        return [each for each in value if isinstance(each, str)]
    return [value] if isinstance(value, str) and value else []
