"""One complaint, from the call to the callback: a durable workflow that waits, listens and keeps the journal.

`run` is the story. What follows from an action or a clock is decided in domain/; here it only gets its order in time.
Every step is recorded before it counts: the journal is the arbiter, so a step that a dead worker had recorded without
telling the engine is adopted, and the rules decide again on top of it (docs/decisions/0002).
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from temporalio import workflow

from activities import contracts
from activities.contracts import PlanRequest, TakeUpRequest, Unheard
from domain.actions import command_from
from domain.actor import HOTLINE, Actor
from domain.calendar import BEIJING
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
from domain.decide import applied, check_stage, decide, ring_due
from domain.events import Dispatched, Replanned
from domain.grounds import OpinionKind
from domain.journal import FIRST_HASH, Row, check
from domain.lifecycle import Action, Stage
from domain.refusal import Refusal
from domain.standing import Standing, standing
from domain.step import stepped
from domain.triage import Plan
from workflows.alarm import Alarm
from workflows.asking import asked
from workflows.attributes import changed, details
from workflows.messages import Carried, Ending, Order, Start
from workflows.refusals import refusals
from workflows.serving import serving_every_action

Rule = Callable[[Complaint, datetime], Events]


@workflow.defn(name="Complaint")
@serving_every_action
class ComplaintWorkflow:
    """The life of one complaint. Its id is the ticket number."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        carried = start.carried or Carried(
            Complaint(start.ticket_no, start.received_at), 0, FIRST_HASH, start.received_at
        )
        self._state, self._seq, self._head, self._as_of = carried.state, carried.seq, carried.head, carried.as_of
        self._taken_up = start.carried is not None
        self._told: datetime | None = None
        self._moved = False
        self._turn = asyncio.Lock()
        self._acting = 0
        self._alarm = Alarm()

    @workflow.run
    async def run(self, start: Start) -> Ending:
        """Take the complaint up, then let people and clocks move it until it is closed."""
        if start.carried is None:
            await self._take_up()
        workflow.set_current_details(details(self._state))
        while self._state.stage is not Stage.CLOSED:
            await self._action_or_clock()
            if self._alarm.rang:
                await self._ring()
            if workflow.info().is_continue_as_new_suggested():
                await self._carry_on(start)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return Ending(start.ticket_no, self._standing().outcome, self._seq, self._head)

    @workflow.query(name="standing")
    def standing_query(self) -> Standing:
        """Where the complaint stands."""
        return self._standing()

    async def _take_up(self) -> None:
        """Classify, then answer, tell, dispatch, or ask a seat."""
        async with self._turn:
            request = TakeUpRequest(self._state.ticket_no, self._state.received_at, self._now())
            taken = await asked(contracts.take_up, request)
            self._told = taken.at
            self._pin(taken.plan)
            await self._adopt(taken.rows)
            self._taken_up = True

    async def _action_or_clock(self) -> None:
        """Sleep until the earliest clock runs out or somebody acts."""
        # Once only: a database whose clock is fast makes a clock ring early and be set again, by the engine's clock.
        told, self._told, self._moved = self._told, None, False
        self._alarm.set(self._state.next_due, told)
        await workflow.wait_condition(lambda: self._alarm.rang or self._moved)

    async def _ring(self) -> None:
        """Apply every clock that has run out."""
        async with self._turn:
            clock = self._state.next_due
            if clock is not None:
                step = f"clock:{clock.name}:{clock.about}:{clock.due.isoformat()}"
                await self._advance(step, HOTLINE, ring_due)

    async def _carry_on(self, start: Start) -> None:
        """Begin a new run with the same state when the history has grown long."""
        await workflow.wait_condition(workflow.all_handlers_finished)
        if self._state.stage is not Stage.CLOSED:
            carried = Carried(self._state, self._seq, self._head, self._as_of)
            workflow.continue_as_new(replace(start, carried=carried))

    def refuse(self, action: Action, order: Order) -> None:
        """Refuse at the door, without a trace in history, what the rules refuse now. What needs the policy, or comes
        before the complaint is taken up or while another step is being recorded, is decided when its turn comes."""
        with refusals(lambda: self._seq):
            command = command_from(action, order.facts)
            under_way = self._acting > 0 or self._turn.locked()
            if self._taken_up and not under_way and not order.in_turn:
                check_stage(self._state, command)
                if self._request(command) is None:
                    decide(Case(self._state, order.actor, self._now()), command)

    async def serve(self, action: Action, order: Order) -> Standing:
        """Do what a person asks for, when its turn comes."""
        self._acting += 1
        try:
            await workflow.wait_condition(lambda: self._taken_up)
            async with self._turn:
                with refusals(lambda: self._seq):
                    await self._decided(order, command_from(action, order.facts))
        finally:
            self._acting -= 1
        return self._standing()

    async def _decided(self, order: Order, command: Command) -> None:
        """Act; and refuse only what is refused on the journal's last row: a worker that died may have recorded more."""
        while True:
            try:
                return await self._act(order, command)
            except Refusal:
                heard = await asked(contracts.hear, Unheard(self._state.ticket_no, self._seq))
                if not heard.rows:
                    raise
                await self._adopt(heard.rows)
                if any(row.step == order.command_id for row in heard.rows):
                    return None

    async def _act(self, order: Order, command: Command) -> None:
        request = self._request(command)
        plan = await self._plan(request) if request is not None else None

        def rule(state: Complaint, now: datetime) -> Events:
            return decide(Case(state, order.actor, now, plan), command)

        await self._advance(order.command_id, order.actor, rule)
        if plan is None:
            return
        if isinstance(command, Replan):
            # Whoever leads, and be it the municipality, which no plan names: the same duty by another calendar.
            self._pin_again(plan, self._state.pinned.around_clock)
        elif self._state.lead == plan.route.lead:
            self._pin(plan)

    async def _advance(self, step: str, actor: Actor, rule: Rule) -> None:
        """Decide, record, apply. When rows stand in the journal already, they prevail: adopt them and decide again,
        unless they are this very step's."""
        while True:
            now = self._now()
            events = rule(self._state, now)
            if not events:
                return
            made = stepped(self._state, self._seq, self._head, step, actor, now, events)
            recorded = await asked(contracts.record, made)
            self._told = recorded.at
            if recorded.appended:  # by these rows, and not by `made`: a replay makes it by the rules of today
                self._take(applied(self._state, tuple(row.event for row in recorded.rows)), recorded.rows[-1])
                return
            await self._adopt(recorded.rows)
            if not recorded.rows or any(row.step == step for row in recorded.rows):
                return

    async def _adopt(self, rows: tuple[Row, ...]) -> None:
        """Rows that stand in the journal already: those of the intake, or of a worker that died before it could say."""
        for row in rows:
            check(row, self._seq, self._head)
            self._take(applied(self._state, (row.event,)), row)
        sent = next((row.event for row in reversed(rows) if isinstance(row.event, Dispatched)), None)
        replanned = any(isinstance(row.event, Replanned) for row in rows)
        if self._state.stage is not Stage.CLOSED and (replanned or not self._planned_for(sent)):
            plan = await self._plan(self._same_plan())
            self._pin_again(plan, sent.around_clock if sent else self._state.pinned.around_clock)

    def _planned_for(self, sent: Dispatched | None) -> bool:
        """Whether the pinned terms are those that a dispatch was decided under: it may have brought others."""
        if sent is None:
            return True
        terms = self._state.pinned
        return (terms.policy, terms.tier, terms.day_kind) == (sent.policy, sent.tier, sent.day_kind)

    def _take(self, after: Complaint, last: Row) -> None:
        """`after` is now the state, as of journal row `last`."""
        if updates := changed(self._state, after):
            workflow.upsert_search_attributes(updates)  # pyright: ignore[reportUnknownMemberType]
        self._state, self._seq, self._head, self._as_of = after, last.seq, last.hash, last.at
        self._moved = True
        workflow.set_current_details(details(after))

    def _pin(self, plan: Plan) -> None:
        self._state = replace(self._state, terms=plan.terms, municipality=plan.municipality)

    def _pin_again(self, plan: Plan, around_clock: bool) -> None:
        """The lead stays, and whether it is on duty around the clock."""
        self._pin(replace(plan, terms=replace(plan.terms, around_clock=around_clock)))

    def _same_plan(self) -> PlanRequest:
        """For the same item, place and lead unit. What the municipality took over or a platform is to settle is planned
        by its item: neither is a unit that a plan could name (条例 art. 11)."""
        state = self._state
        lead = "" if state.lead == state.municipality or state.settlement else state.lead
        return PlanRequest(
            ticket_no=state.ticket_no,
            at=self._now(),
            item=state.item,
            district=state.district,
            street=state.street,
            unit=lead,
            policy=state.policy,
            tier=state.emergency_tier,
            calendar=state.calendar,
            since=state.legs[0].since if state.legs else None,
        )

    def _request(self, command: Command) -> PlanRequest | None:
        """What has to be planned before `command` can be decided: whatever names an item or a new lead unit."""
        same = replace(self._same_plan(), policy="", calendar="")
        here = replace(same, known=self._state.policy)
        match command:
            case Replan(calendar=calendar):
                return replace(self._same_plan(), calendar=calendar)
            case DecideConsultation(unit=unit):
                return replace(here, unit=unit)
            case ConfirmClassification():
                return replace(
                    same,
                    item=command.item,
                    district=command.district,
                    street=command.street,
                    unit=command.unit,
                )
            case DecideObjection(upheld=True, unit=unit) if unit:
                return replace(here, unit=unit)
            case IssueOpinion(opinion=OpinionKind.REASSIGN, units=(unit,)):
                return replace(here, unit=unit)
            case _:
                return None

    async def _plan(self, request: PlanRequest) -> Plan:
        answer = await asked(contracts.plan, request)
        if answer.plan is None:
            raise Refusal(answer.code, **answer.facts)
        return answer.plan

    def _standing(self) -> Standing:
        return standing(self._state, self._seq, self._head, self._as_of)

    def _now(self) -> datetime:
        return workflow.now().astimezone(BEIJING)
