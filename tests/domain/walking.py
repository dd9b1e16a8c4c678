"""A complaint that is walked through its life by anybody at any time, and the journal it leaves behind."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from domain.actor import HOTLINE, Actor
from domain.case import Case, Events
from domain.commands import Command, ConfirmClassification, DecideConsultation, DecideObjection, IssueOpinion
from domain.complaint import Complaint
from domain.decide import applied, decide, ring_due
from domain.journal import FIRST_HASH, Row, chained, check
from domain.lifecycle import MOVES
from domain.notices import notices
from domain.refusal import Refusal
from domain.taking_up import triaged
from domain.telling import tell
from domain.terms import Terms
from domain.triage import Plan, Triage
from tests.domain.city import BUREAU, CITY, SEAT, a_plan, actor, book

STRANGER = "110117001"


class Walk:
    """What a complaint's workflow does, without an engine: decide, write down, apply, pin."""

    def __init__(self, triage: Triage, now: datetime) -> None:
        self.now = now
        self.fresh = Complaint("202603020000017", now)
        self.rows: list[Row] = []
        self.state = replace(self.fresh, terms=triage.plan.terms, municipality=CITY)
        self._write(HOTLINE, triaged(self.state, triage, now))

    def act(self, command: Command, by: Actor, wished: Terms) -> None:
        """`command` at this instant; a refusal is checked. `wished`: terms of a newly named item."""
        before = self._told()
        answer = self._decided(command, by, wished)
        if isinstance(answer, Refusal):
            assert answer.code
            assert json.dumps(dict(answer.facts))
            assert self._told() == before, f"{answer.code} has changed the complaint"
            return
        happened, plan = answer
        assert happened, f"{command} was allowed and nothing happened"
        self._write(by, happened)
        if plan is not None and self.state.lead == plan.route.lead:
            self.state = replace(self.state, terms=plan.terms, municipality=plan.municipality)

    def ring(self) -> None:
        """Every clock that has run out by now."""
        due = {clock for clock in self.state.clocks if clock.due <= self.now}
        happened = ring_due(self.state, self.now)
        assert bool(happened) == bool(due)
        self._write(HOTLINE, happened)
        left = [clock for clock in self.state.clocks if clock.due <= self.now]
        assert not left, f"{left} would ring again at once"

    def wait(self, length: timedelta) -> None:
        """Time passes."""
        self.now += length

    def actor_called(self, who: str) -> Actor:
        """Whoever that is on this complaint: its lead unit, a co-handler, the government that owes an opinion…"""
        state = self.state
        units = {
            "lead": state.lead,
            "co_handler": next(iter(state.open_co_handlers), STRANGER),
            "party": next(iter(state.consulting), STRANGER),
            "debtor": state.escalation.to if state.escalation else CITY,
            "stranger": STRANGER,
        }
        return {"seat": SEAT, "bureau": BUREAU, "hotline": HOTLINE}.get(who) or actor(units[who])

    def restored(self) -> Complaint:
        """The complaint as its journal alone tells it, with the terms that the journal names but does not hold."""
        seq, head, state = 0, FIRST_HASH, self.fresh
        for row in self.rows:
            check(row, seq, head)
            seq, head, state = row.seq, row.hash, applied(state, (row.event,))
        return replace(state, terms=self.state.terms, municipality=self.state.municipality)

    def _decided(self, command: Command, by: Actor, wished: Terms) -> tuple[Events, Plan | None] | Refusal:
        try:
            plan = self._plan(command, wished)
            return decide(Case(self.state, by, self.now, plan), command), plan
        except Refusal as refusal:
            return refusal

    def _plan(self, command: Command, wished: Terms) -> Plan | None:
        """What is planned before a command that names an item or a new lead unit can be decided."""
        state = self.state
        match command:
            case ConfirmClassification():
                district, street = command.district, command.street
                return a_plan(district=district, street=street, unit=command.unit, under=wished)
            case DecideObjection(upheld=True, unit=unit) if unit:
                return a_plan(unit=unit, under=state.terms)
            case DecideConsultation(unit=unit):
                return a_plan(unit=unit, under=state.terms)
            case IssueOpinion(units=(unit,)):
                return a_plan(unit=unit, under=state.terms)
            case _:
                return None

    def _write(self, by: Actor, happened: Events) -> None:
        """Apply event by event, so that each move can be held against the table."""
        for event in happened:
            after = applied(self.state, (event,))
            stages = MOVES[self.state.stage] | {self.state.stage}
            assert after.stage in stages, f"{type(event).__name__}: {self.state.stage} → {after.stage}"
            self.state = after
            assert tell(event, book().name_of)
        assert all(notice.audience for notice in notices(happened, self.state))
        seq, head = (self.rows[-1].seq, self.rows[-1].hash) if self.rows else (0, FIRST_HASH)
        self.rows += chained(self.fresh.ticket_no, seq, head, "step", by, self.now, happened)

    def _told(self) -> str:
        """All of the complaint but its terms, in words that no later change can reach."""
        return repr(replace(self.state, terms=None))
