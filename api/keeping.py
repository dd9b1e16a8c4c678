"""Keeps a complaint at intake: sealed, with its person, its number, its first command and what it is found by."""

import uuid

from api.attachments import written
from api.bodies import IntakeBody
from api.desk import in_force
from api.house import House
from api.persons import fresh_person, person_of
from domain.actor import Actor
from domain.triage import Kind
from domain.urgency import urgency
from nearness.terms import terms_of
from rulebook.book import Book
from store import complaints, first_calls, missed_calls, terms
from store.complaints import Intake, Taken
from store.terms import Terms
from vault.seal import PersonKey, seal, seal_text


async def kept(rooms: House, actor: Actor, key: str, digest: bytes, body: IntakeBody) -> Taken:
    """The ticket of a complaint, new or of the first request with this key."""
    name, book = body.complainant.name, await in_force(rooms)
    found_by = terms_of(rooms.vault, body.matter, body.point, body.community, name=name)
    first = await _first_call(rooms, actor, key, digest, body, found_by, book)
    return first or await _call(rooms, actor, key, digest, body, found_by, book)


async def _first_call(
    rooms: House, actor: Actor, key: str, digest: bytes, body: IntakeBody, found_by: Terms, book: Book
) -> Taken | None:
    """Of a person that the hotline does not know: everything in one statement. None, and nothing kept, when it knows
    the person or the key after all."""
    fresh = await fresh_person(rooms.vault, rooms.pool, body.complainant)
    if fresh is None:
        return None
    person, opens = fresh
    intake = _sealed(person.complainant_id, opens, body, book)
    return await first_calls.take(rooms.pool, actor, key, digest, intake, person, found_by, joinable=_joinable(body))


class _Second(Exception):
    """Another request with the same key was first."""

    def __init__(self, first: Taken) -> None:
        self.first = first


async def _call(
    rooms: House, actor: Actor, key: str, digest: bytes, body: IntakeBody, found_by: Terms, book: Book
) -> Taken:
    """Person and complaint in one transaction. Who comes second with a key leaves nothing behind: a person without a
    complaint could never be found again to be erased."""
    try:
        async with rooms.pool.acquire() as connection, connection.transaction():
            person_id, opens = await person_of(rooms.vault, connection, body.complainant)
            intake = _sealed(person_id, opens, body, book)
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


def _sealed(person_id: uuid.UUID, key: PersonKey, body: IntakeBody, book: Book) -> Intake:
    at_once = _ends_at_once(body, book)
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
        urgency=urgency(urgent=body.urgent, answered=at_once),
        line=body.line,
        origin=body.origin,
        against=body.against,
        answer=body.answer,
        disposition=body.disposition,
        copy_to=body.copy_to,
        new_facts=body.new_facts,
        complainant_kind=body.complainant.kind,
        at_once=at_once,
        name_sealed=seal_text(key.plain, body.complainant.name, "name"),
    )
