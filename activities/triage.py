"""Takes a complaint up: reads what was said, proposes, lets the rules decide, records. The words stay here.

Reading, deciding and recording are one activity, because between them nothing waits and nobody acts: one marker in
the history instead of two, and one round of work where most consultations begin and end.
"""

import asyncio
from dataclasses import replace
from datetime import date
from typing import TypedDict

from temporalio import activity

from activities.contracts import PlanRequest, TakenUp, TakeUpRequest
from activities.journal import JournalKeeper
from activities.planner import Planner, planned
from classifier.model import Model
from classifier.proposal import Proposal
from domain.actor import HOTLINE
from domain.calendar import beijing_day
from domain.catalogue import NotDispatched
from domain.complaint import Complaint
from domain.events import Classified, EmergencyNoted
from domain.grounds import Risk
from domain.journal import FIRST_HASH, Row
from domain.lifecycle import Stage
from domain.limits import Words
from domain.nearness import Sameness
from domain.repeat import SAID
from domain.step import stepped
from domain.taking_up import triaged
from domain.triage import Emergency, Kind, Near, Plan, Triage
from domain.unit import UnitKind
from nearness.finder import Finder
from rulebook.book import Book
from rulebook.knowledge_shelf import KnowledgeShelf
from store import complaints, emergencies, inbox, journal, tickets
from store.complaints import Said
from store.connection import Pool
from store.emergencies import Switch
from store.inbox import INTAKE
from vault.seal import Vault, open_text

_SHORT = 400
"""Characters that are classified in half a millisecond."""
SURE = 1000
"""Confidence of what a seat stated at intake, in thousandths."""


class Triager:
    """Classifies with one model."""

    def __init__(self, pool: Pool, vault: Vault, planner: Planner, model: Model) -> None:
        self._pool = pool
        self._vault = vault
        self._keeper = JournalKeeper(pool)
        self._planner = planner
        self._model = model
        self._finder = Finder(vault)
        self._knowledge = KnowledgeShelf(pool)

    @activity.defn(name="take_up")
    async def take_up(self, request: TakeUpRequest) -> TakenUp:
        """The first rows of one complaint. Rows that a worker recorded before it died are told as they stand."""
        ticket_no = request.ticket_no
        if rows := await journal.rows_after(self._pool, ticket_no):
            return TakenUp(await self._plan_of(request, rows), rows, await journal.instant(self._pool))
        triage = await self._triage(request)
        fresh = Complaint(ticket_no, request.received_at, municipality=triage.plan.municipality)
        ready = replace(fresh, terms=triage.plan.terms)
        events = triaged(ready, triage, request.at)
        step = stepped(ready, 0, FIRST_HASH, INTAKE, HOTLINE, request.at, events)
        recorded = await self._keeper.record(step)
        plan = triage.plan if recorded.appended else await self._plan_of(request, recorded.rows)
        return TakenUp(plan, recorded.rows, recorded.at)

    async def _triage(self, request: TakeUpRequest) -> Triage:
        """The proposal for one complaint. What the seat stated at intake goes before what the model proposes."""
        said = await complaints.said(self._pool, request.ticket_no)
        assert said is not None, f"{request.ticket_no} is started only after it is kept"
        matter = self._matter(said)
        proposal = await self._propose(matter, said)
        candidates = [{"item": each.item, "probability": round(each.probability, 4)} for each in proposal.candidates]
        await complaints.propose(
            self._pool, request.ticket_no, proposal.model_version, candidates, list(proposal.reasons)
        )
        book = await self._planner.book(request.at)
        switches = await emergencies.listed(self._pool, only_on=True)
        triage = proposed(book, request, said, proposal, switches)
        answer = said.answer or await self._answer(said, triage, matter, book, beijing_day(request.at))
        answered = replace(triage, answer=answer)
        near, repeats = await self._near(said, answered, request.ticket_no, book)
        return replace(answered, near=near, repeats=repeats, **marked(book.words, matter, triage.urgent))

    async def _propose(self, matter: str, said: Said) -> Proposal:
        """What the classifier makes of a matter. A thread costs more than most matters: only a long one gets one."""
        asked = matter, said.district or None, said.street or None
        if len(matter) <= _SHORT:
            return self._model.propose(*asked)
        return await asyncio.to_thread(self._model.propose, *asked)

    async def _answer(self, said: Said, triage: Triage, matter: str, book: Book, today: date) -> str:
        """The knowledge that answers a consultation which came in without a seat, where it is near enough; a phone call
        has a seat, who answers it or not (R10)."""
        if triage.kind is not Kind.CONSULTATION or said.answered or book.is_spoken(said.channel):
            return ""
        best = await self._knowledge.best_answer(matter, today)
        return best.code if best is not None and best.score >= book.house.knowledge.answer_from else ""

    async def _near(self, said: Said, triage: Triage, ticket_no: str, book: Book) -> tuple[Near | None, int]:
        """The ticket about the same matter: the one that a seat names, else the nearest that is found; and how often
        the same complainant raised the matter before (R12, R13, R30). What stands alone is joined to none."""
        plan = triage.plan
        alone = bool(said.repeat_of) or triage.stands_alone
        found = await self._finder.nearest(
            self._pool,
            ticket_no,
            book.house.nearness,
            item=plan.item,
            district=plan.district,
            street=plan.street,
            own=alone,
        )
        repeats = sum(each.sameness is Sameness.MATTER for each in found)
        if said.repeat_of:
            return await self._stated(said.repeat_of), repeats
        if alone:
            return None, repeats
        for same in found:
            if same.is_open and same.sameness is not Sameness.POSSIBLE and not await self._about_to_end(same.ticket_no):
                return await self._rooted(Near(same.ticket_no, same.same_complainant, same.score, True, False)), repeats
        return None, repeats

    async def _stated(self, repeat_of: str) -> Near:
        """What a seat names is taken as named, open or not."""
        return await self._rooted(Near(repeat_of, True, SAID, is_open=True, stated=True))

    async def _about_to_end(self, ticket_no: str) -> bool:
        """Whether a ticket is still to be taken up and likely to end with that: nobody would handle what waits for it,
        and it would be closed with a question that was answered."""
        ticket = await tickets.read(self._pool, ticket_no)
        if ticket is None or ticket.stage != Stage.RECEIVED:
            return False
        intake = await inbox.read(self._pool, ticket_no, INTAKE)
        return intake is not None and bool(intake.facts.get("at_once"))

    async def _rooted(self, near: Near) -> Near:
        """What a ticket is joined to stands for it."""
        main = await tickets.main_of(self._pool, near.main)
        assert main is not None, "intake refuses a ticket that there is none of"
        return replace(near, main=main.ticket_no, is_open=main.stage != Stage.CLOSED)

    async def _plan_of(self, request: TakeUpRequest, rows: tuple[Row, ...]) -> Plan:
        """What was planned when `rows` were recorded, under the policy of that moment, and the emergency's tier."""
        first = rows[0].event
        assert isinstance(first, Classified), "a journal begins with its classification"
        book = await self._planner.book(request.at, first.policy)
        place = (first.item, first.district, first.street)
        tier = next((row.event.tier for row in rows if isinstance(row.event, EmergencyNoted)), "")
        return planned(book, PlanRequest(request.ticket_no, request.at, *place, tier=tier))

    def _matter(self, said: Said) -> str:
        """What was said; empty once the complainant was erased."""
        if said.wrapped_key is None:
            return ""
        key = self._vault.person(said.wrapped_key, said.key_id)
        return open_text(key.plain, said.matter_sealed, "matter") or ""


class Marks(TypedDict):
    """What a matter's words call for beside its handling."""

    risks: tuple[Risk, ...]
    marks: tuple[str, ...]


def marked(words: Words, matter: str, urgent: bool) -> Marks:
    """Risks that government is told of at once (R14), and what raises the supervision level (R30)."""
    unstable = any(word in matter for word in words.stability)
    risks = {Risk.EMERGENCY: urgent, Risk.STABILITY: unstable}
    marks = {"sensitive_words": words.sensitive, "group": words.group}
    return Marks(
        risks=tuple(risk for risk, holds in risks.items() if holds),
        marks=tuple(mark for mark, found in marks.items() if any(word in matter for word in found)),
    )


def proposed(book: Book, request: TakeUpRequest, said: Said, proposal: Proposal, switches: list[Switch]) -> Triage:
    """Stated facts and proposed ones together. What the book in force does not know any more is left to a seat."""
    stated = said.item in book.items
    known = [each.item for each in proposal.candidates if each.item in book.items]
    item = said.item if stated else next(iter(known or book.items))
    district, street = _known_place(book, proposal)
    emergency = _emergency(switches, district, item)
    tier = emergency.tier if emergency else ""
    plan = planned(book, PlanRequest(request.ticket_no, request.at, item, district, street, tier=tier))
    return Triage(
        kind=Kind(said.kind or proposal.kind),
        urgent=said.urgent or proposal.urgent_from(book.house.alarm_at / 1000),
        confidence=SURE if stated else int(proposal.confidence * 1000) if item == proposal.item else 0,
        model=proposal.model_version,
        plan=plan,
        answered=said.answered,
        answer=said.answer,
        disposition=NotDispatched(said.disposition) if said.disposition else None,
        copy_to=said.copy_to,
        new_facts=said.new_facts,
        against=said.against,
        emergency=emergency,
    )


def _emergency(switches: list[Switch], district: str, item: str) -> Emergency | None:
    """Emergency mode for a matter: in the scope of a switch, or outside of it where one is on (R44)."""
    for switch in switches:
        if switch.covers(district, item):
            return Emergency(switch.emergency_id, switch.tier, deferred=False)
    here = next((switch for switch in switches if switch.is_at(district)), None)
    return Emergency(here.emergency_id, "", deferred=True) if here else None


def _known_place(book: Book, proposal: Proposal) -> tuple[str, str]:
    """District and street as far as the book knows them."""
    street = book.units.get(proposal.street or "")
    if street is not None and street.kind is UnitKind.STREET:
        return street.district, street.code
    district = book.units.get(proposal.district or "")
    return (district.code, "") if district is not None and district.kind is UnitKind.DISTRICT else ("", "")
