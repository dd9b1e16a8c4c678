"""Takes a complaint up: reads what was said, proposes, lets the rules decide, records. The words stay here.

Reading, deciding and recording are one activity, because between them nothing waits and nobody acts: one marker in
the history instead of two, and one round of work where most consultations begin and end.
"""

import asyncio
from dataclasses import replace

from temporalio import activity

from activities.contracts import PlanRequest, TakenUp, TakeUpRequest
from activities.planner import Planner, planned
from classifier.model import Model
from classifier.proposal import Proposal
from domain.actor import HOTLINE
from domain.complaint import Complaint
from domain.decide import applied
from domain.dispatch import triaged
from domain.events import Classified
from domain.journal import FIRST_HASH, Row, chained
from domain.notices import notices
from domain.standing import standing
from domain.triage import Kind, Plan, Triage
from domain.unit import UnitKind
from rulebook.book import Book
from store import complaints, journal
from store.complaints import Said
from store.connection import Pool
from store.inbox import INTAKE
from vault.seal import Vault, open_text

SURE = 1000
"""Confidence of what a seat stated at intake, in thousandths."""


class Triager:
    """Classifies with one model."""

    def __init__(self, pool: Pool, vault: Vault, planner: Planner, model: Model) -> None:
        self._pool = pool
        self._vault = vault
        self._planner = planner
        self._model = model

    @activity.defn(name="take_up")
    async def take_up(self, request: TakeUpRequest) -> TakenUp:
        """The first rows of one complaint. Rows that a worker recorded before it died are told as they stand."""
        ticket_no = request.ticket_no
        while True:
            if rows := await journal.rows_after(self._pool, ticket_no):
                return TakenUp(await self._plan_of(request, rows), rows)
            triage = await self._triage(request)
            fresh = Complaint(ticket_no, request.received_at)
            ready = replace(fresh, terms=triage.plan.terms, municipality=triage.plan.municipality)
            events = triaged(ready, triage, request.at)
            rows = chained(ticket_no, 0, FIRST_HASH, INTAKE, HOTLINE, request.at, events)
            after = applied(ready, events)
            told, queued = standing(after, rows[-1].seq, rows[-1].hash, rows[-1].at), notices(events, after)
            async with self._pool.acquire() as connection:
                if await journal.append(connection, 0, INTAKE, rows, told, queued):
                    return TakenUp(triage.plan, rows)

    async def _triage(self, request: TakeUpRequest) -> Triage:
        """The proposal for one complaint. What the seat stated at intake goes before what the model proposes."""
        said = await complaints.said(self._pool, request.ticket_no)
        assert said is not None, f"{request.ticket_no} is started only after it is kept"
        proposal = await asyncio.to_thread(self._propose, said)
        candidates = [{"item": each.item, "probability": round(each.probability, 4)} for each in proposal.candidates]
        await complaints.propose(
            self._pool, request.ticket_no, proposal.model_version, candidates, list(proposal.reasons)
        )
        return proposed(await self._planner.book(request.at), request, said, proposal)

    async def _plan_of(self, request: TakeUpRequest, rows: tuple[Row, ...]) -> Plan:
        """What was planned when `rows` were recorded, under the policy of that moment."""
        first = rows[0].event
        assert isinstance(first, Classified), "a journal begins with its classification"
        book = await self._planner.book(request.at, first.policy)
        return planned(book, PlanRequest(request.ticket_no, request.at, first.item, first.district, first.street))

    def _propose(self, said: Said) -> Proposal:
        matter = ""
        if said.wrapped_key is not None:
            key = self._vault.person(said.wrapped_key, said.key_id)
            matter = open_text(key.plain, said.matter_sealed, "matter") or ""
        return self._model.propose(matter, said.district or None, said.street or None)


def proposed(book: Book, request: TakeUpRequest, said: Said, proposal: Proposal) -> Triage:
    """Stated facts and proposed ones together. What the book in force does not know any more is left to a seat."""
    stated = said.item in book.items
    known = [each.item for each in proposal.candidates if each.item in book.items]
    item = said.item if stated else next(iter(known or book.items))
    district, street = _known_place(book, proposal)
    plan = planned(book, PlanRequest(request.ticket_no, request.at, item, district, street))
    return Triage(
        kind=Kind(said.kind or proposal.kind),
        urgent=proposal.urgent,
        confidence=SURE if stated else int(proposal.confidence * 1000) if item == proposal.item else 0,
        model=proposal.model_version,
        plan=plan,
        answered=said.answered,
        repeat_of=said.repeat_of,
    )


def _known_place(book: Book, proposal: Proposal) -> tuple[str, str]:
    """District and street as far as the book knows them."""
    street = book.units.get(proposal.street or "")
    if street is not None and street.kind is UnitKind.STREET:
        return street.district, street.code
    district = book.units.get(proposal.district or "")
    return (district.code, "") if district is not None and district.kind is UnitKind.DISTRICT else ("", "")
