"""A complaint that is walked through its life by anybody at any time, and the journal it leaves behind."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from api.meanings import MEANINGS
from domain.actor import HOTLINE, Actor
from domain.case import Case, Events
from domain.commands import (
    Command,
    ConfirmClassification,
    DecideConsultation,
    DecideObjection,
    IssueOpinion,
    Replan,
)
from domain.complaint import Complaint
from domain.decide import applied, decide, ring_due
from domain.events import Event
from domain.follow_up import FollowUp
from domain.journal import FIRST_HASH, Row, check
from domain.lifecycle import Stage
from domain.refusal import Refusal
from domain.step import stepped
from domain.taking_up import triaged
from domain.telling import tell
from domain.terms import Terms
from domain.triage import Plan, Triage
from tests.domain.city import BUREAU, CITY, COMPLAINANT, SEAT, a_plan, actor, book, calendar
from tests.domain.holding import follows, holds

STRANGER = "110117001"
BY_ROLE = {"seat": SEAT, "bureau": BUREAU, "hotline": HOTLINE, "complainant": COMPLAINANT}


class Walk:
    """What a complaint's workflow does, without an engine: decide, write down, apply, pin. `said` is what others have
    to hear of it."""

    def __init__(self, triage: Triage, now: datetime, ticket_no: str = "202603020000017") -> None:
        self.now = now
        self.fresh = Complaint(ticket_no, now)
        self.rows: list[Row] = []
        self.said: list[FollowUp] = []
        self.refused: list[str] = []
        self.state = replace(self.fresh, terms=triage.plan.terms, municipality=CITY)
        self._write(HOTLINE, triaged(self.state, triage, now))
        holds(self.state)

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state.stage is not Stage.CLOSED

    def act(self, command: Command, by: Actor, wished: Terms | None = None) -> None:
        """`command` at this instant; a refusal is checked. `wished`: terms of a newly named item."""
        before = self._told()
        answer = self._decided(command, by, wished or self.state.pinned)
        if isinstance(answer, Refusal):
            assert answer.code in MEANINGS, f"nobody can tell what {answer.code} means"
            assert json.dumps(dict(answer.facts))
            assert self._told() == before, f"{answer.code} has changed the complaint"
            self.refused.append(answer.code)
            return
        happened, plan = answer
        assert happened, f"{command} was allowed and nothing happened"
        self._write(by, happened)
        if plan is not None and (isinstance(command, Replan) or self.state.lead == plan.route.lead):
            self.state = replace(self.state, terms=plan.terms, municipality=plan.municipality)
        holds(self.state)

    def ring(self) -> None:
        """Every clock that has run out by now."""
        due = {clock for clock in self.state.clocks if clock.due <= self.now}
        happened = ring_due(self.state, self.now)
        assert bool(happened) == bool(due)
        if happened:
            self._write(HOTLINE, happened)
            holds(self.state)
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
            "district": state.district,
            "debtor": state.escalation.to if state.escalation else CITY,
            "stranger": STRANGER,
        }
        return BY_ROLE.get(who) or actor(units[who])

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
            case Replan():
                return a_plan(under=replace(state.pinned, calendar=calendar()))
            case _:
                return None

    def _told(self) -> str:
        """All of the complaint but its terms, in words that no later change can reach."""
        return repr(replace(self.state, terms=None))

    def _write(self, by: Actor, happened: Events) -> None:
        """One step: record it, and hold every event of it against what always holds."""
        before: Complaint = self.state
        last: Event | None = None
        for event in happened:
            after = applied(before, (event,))
            follows(before, event, after, last)
            assert tell(event, book().name_of)
            before, last = after, event
        seq, head = (self.rows[-1].seq, self.rows[-1].hash) if self.rows else (0, FIRST_HASH)
        step = stepped(self.state, seq, head, f"step-{seq}", by, self.now, happened)
        self.state = applied(self.state, happened)
        assert self.state == before, "one by one or all at once, events lead to the same"
        assert all(notice.audience for notice in step.notices)
        assert step.standing.outcome == (self.state.outcome or "")
        self.rows += step.rows
        self.said += step.follow_ups
