"""The knowledge base (R10, R45): answers to consultations, each kept true by the unit that owns it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import AfterValidator

from api.auth import may
from api.bodies import printable
from api.desk import in_force
from api.house import House, house
from api.knowledge import KnowledgeBody, KnowledgeHistory, KnowledgeShown, KnowledgeVersion, ReviewBody
from api.permissions import KEEP_KNOWLEDGE, READ
from api.problems import ProblemError
from domain.actor import Actor, Role
from domain.calendar import beijing_day
from domain.knowledge import OWNING_KINDS, Knowledge, review_dates
from rulebook.book import Book
from rulebook.knowledge_row import CODE
from store import knowledge

router = APIRouter(prefix="/v1/knowledge", tags=["knowledge"])
Code = Annotated[str, Path(pattern=CODE, description="Code of an answer.", examples=["K-2102"])]
_Rooms = Annotated[House, Depends(house)]
_Keeper = Annotated[Actor, may(KEEP_KNOWLEDGE)]
_MOST_MATCHES = 10


@router.get("", summary="Answers: those nearest to a text, or all")
async def list_knowledge(
    _: Annotated[Actor, may(READ)],
    rooms: _Rooms,
    text: Annotated[
        str,
        Query(
            max_length=500, description="What is asked, without names and phones: nearest answers first, at most 10."
        ),
        AfterValidator(printable),
    ] = "",
    unit: Annotated[str, Query(pattern=r"^[A-Z0-9-]{0,24}$", description="Only those that this unit owns.")] = "",
    overdue: Annotated[bool, Query(description="Only those that are past their review date.")] = False,
) -> list[KnowledgeShown]:
    """With a text, answers in force with their nearness; without, the newest version of every answer by code."""
    today = _today()
    if text:
        found = await rooms.shelf.knowledge.matches(text, _MOST_MATCHES)
        return [
            KnowledgeShown.standing(one, today, score)
            for one, score in found
            if unit in ("", one.unit) and (one.is_overdue(today) or not overdue)
        ]
    every = await knowledge.every(rooms.pool, unit, today if overdue else None)
    return [KnowledgeShown.standing(one, today) for one in every]


@router.get("/{code}", summary="One answer, with its earlier versions")
async def read_knowledge(code: Code, _: Annotated[Actor, may(READ)], rooms: _Rooms) -> KnowledgeHistory:
    """As it stands, who kept it and when, and what it said before."""
    newest, *earlier = await knowledge.versions(rooms.pool, code) or [None]
    if newest is None:
        raise ProblemError("no_such_answer", answer=code)
    shown = KnowledgeShown.standing(newest, _today())
    before = [KnowledgeVersion.of(one) for one in earlier if one is not None]
    return KnowledgeHistory(**shown.model_dump(), earlier=before)


@router.put("/{code}", summary="Keep an answer")
async def keep_knowledge(code: Code, body: KnowledgeBody, actor: _Keeper, rooms: _Rooms) -> KnowledgeShown:
    """A new version; the old ones are kept. By its owning unit, or by the bureau, which may also give it to another."""
    book, stands = await in_force(rooms), await knowledge.read(rooms.pool, code)
    _check_owner(actor, stands, body.unit)
    _check_codes(book, body)
    fresh = Knowledge(code=code, at=datetime.now(UTC), by=actor, **body.model_dump())
    if stands is not None and _same(stands, fresh):
        return KnowledgeShown.standing(stands, _today())  # repeated: it counts once
    return await _kept(rooms, book, stands, fresh)


@router.post("/{code}/review", summary="Confirm that an answer is still true")
async def review_knowledge(code: Code, body: ReviewBody, actor: _Keeper, rooms: _Rooms) -> KnowledgeShown:
    """Until a new review date (条例 art. 31). A version of its own, so that it is told who confirmed and when."""
    book, stands = await in_force(rooms), await knowledge.read(rooms.pool, code)
    if stands is None:
        raise ProblemError("no_such_answer", answer=code)
    _check_owner(actor, stands, stands.unit)
    fresh = replace(stands, version=body.version, review_on=body.review_on, by=actor)
    if _same(stands, fresh):
        return KnowledgeShown.standing(stands, _today())
    return await _kept(rooms, book, stands, fresh)


async def _kept(rooms: House, book: Book, stands: Knowledge | None, fresh: Knowledge) -> KnowledgeShown:
    """Keep what takes the place of version `fresh.version`, unless another has been kept meanwhile."""
    today, limits = _today(), book.house.knowledge
    first, last = review_dates(today, limits)
    if not first <= fresh.review_on <= last:
        raise ProblemError("review_date_unfit", first=first.isoformat(), last=last.isoformat())
    newest = stands.version if stands is not None else 0
    if fresh.version == newest:
        async with rooms.pool.acquire() as connection:
            kept = await knowledge.keep(connection, replace(fresh, version=newest + 1))
        if kept is not None:
            return KnowledgeShown.standing(kept, today)
    raise ProblemError("answer_changed", answer=fresh.code, version=newest)


def _check_owner(actor: Actor, stands: Knowledge | None, unit: str) -> None:
    """A unit keeps its own answers, and gives none away."""
    owner = stands.unit if stands is not None else unit
    if actor.role is not Role.BUREAU and {owner, unit} != {actor.unit}:
        raise ProblemError("not_your_answer", owner=owner, unit=actor.unit)


def _check_codes(book: Book, body: KnowledgeBody) -> None:
    if body.item not in book.items:
        raise ProblemError("unknown_item", item=body.item, policy=book.version)
    owner = book.units.get(body.unit)
    if owner is None:
        raise ProblemError("unknown_unit", unit=body.unit, policy=book.version)
    if owner.kind not in OWNING_KINDS:
        raise ProblemError("unit_keeps_no_answers", unit=body.unit, kind=owner.kind)


def _same(stands: Knowledge, fresh: Knowledge) -> bool:
    """Whether `fresh`, which was to take the place of the version before `stands`, is what stands already."""
    again = fresh.version == stands.version - 1 and fresh.by == stands.by
    return again and replace(fresh, version=stands.version, at=stands.at) == stands


def _today() -> date:
    return beijing_day(datetime.now(UTC))
