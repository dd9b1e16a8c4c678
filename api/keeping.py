"""Keeps a complaint at intake: sealed, with its person, its number, its first command and what it is found by."""

import time
import uuid
from dataclasses import dataclass
from datetime import timedelta

from api.attachments import written
from api.bodies import IntakeBody
from api.desk import in_force
from api.house import House
from api.persons import fresh_person, person_of
from domain.actor import Actor
from domain.rota import Rota
from domain.triage import Kind
from domain.urgency import urgency
from nearness.terms import terms_of
from rulebook.book import Book
from store import complaints, first_calls, missed_calls, terms
from store.complaints import Intake, Taken
from store.terms import Terms
from vault.seal import PersonKey, seal, seal_text


@dataclass(frozen=True, slots=True)
class _Place:
    """A complaint's place among those that wait to be taken up."""

    at_once: bool
    urgency: int
    turn_in: timedelta


async def kept(rooms: House, actor: Actor, key: str, digest: bytes, body: IntakeBody) -> Taken:
    """The ticket of a complaint, new or of the first request with this key."""
    name, book = body.complainant.name, await in_force(rooms)
    found_by = terms_of(rooms.vault, body.matter, body.point, body.community, name=name)
    place = _place(rooms.rota, body, book)
    first = await _first_call(rooms, actor, key, digest, body, found_by, place)
    return first or await _call(rooms, actor, key, digest, body, found_by, place, book)


async def _first_call(
    rooms: House, actor: Actor, key: str, digest: bytes, body: IntakeBody, found_by: Terms, place: _Place
) -> Taken | None:
    """Of a person that the hotline does not know: everything in one statement. None, and nothing kept, when it knows
    the person or the key after all."""
    fresh = await fresh_person(rooms.vault, rooms.pool, body.complainant)
    if fresh is None:
        return None
    person, opens = fresh
    intake = _sealed(person.complainant_id, opens, body, place)
    return await first_calls.take(rooms.pool, actor, key, digest, intake, person, found_by, joinable=_joinable(body))


class _Second(Exception):
    """Another request with the same key was first."""

    def __init__(self, first: Taken) -> None:
        self.first = first


async def _call(
    rooms: House, actor: Actor, key: str, digest: bytes, body: IntakeBody, found_by: Terms, place: _Place, book: Book
) -> Taken:
    """Person and complaint in one transaction. Who comes second with a key leaves nothing behind: a person without a
    complaint could never be found again to be erased."""
    try:
        async with rooms.pool.acquire() as connection, connection.transaction():
            person_id, opens = await person_of(rooms.vault, connection, body.complainant)
            intake = _sealed(person_id, opens, body, place)
            taken = await complaints.take(connection, actor, key, digest, intake)
            if not taken.fresh:
                raise _Second(taken)
            await terms.keep(connection, taken.ticket_no, found_by, joinable=_joinable(body))
            if book.is_spoken(body.channel) and body.complainant.phone:
                await missed_calls.settle(connection, person_id, body.line, taken.ticket_no, actor)
            return taken
    except _Second as second:
        return second.first


def _joinable(body: IntakeBody) -> bool:
    """Whether later complaints may turn out near to it: not when it closes at once."""
    return not (body.answered or body.repeat_of)


def _ends_at_once(body: IntakeBody, book: Book) -> bool:
    """Answered, told another way, or asked in writing, which knowledge may answer (R10, R12)."""
    asked = body.kind is Kind.CONSULTATION and not book.is_spoken(body.channel)
    return bool(body.answered or body.answer or body.disposition or asked)


def _place(rota: Rota, body: IntakeBody, book: Book) -> _Place:
    at_once = _ends_at_once(body, book)
    soon = urgency(urgent=body.urgent, answered=at_once)
    return _Place(at_once, soon, timedelta(seconds=rota.delay(body.district, soon, time.monotonic())))


def _sealed(person_id: uuid.UUID, key: PersonKey, body: IntakeBody, place: _Place) -> Intake:
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
        urgency=place.urgency,
        line=body.line,
        origin=body.origin,
        against=body.against,
        answer=body.answer,
        disposition=body.disposition,
        copy_to=body.copy_to,
        new_facts=body.new_facts,
        complainant_kind=body.complainant.kind,
        at_once=place.at_once,
        turn_in=place.turn_in,
        name_sealed=seal_text(key.plain, body.complainant.name, "name"),
    )
