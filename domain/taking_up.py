"""From a received complaint to its disposition: answered, told, joined, put to a seat, settled or dispatched (R10-R15,
R23; 条例 art. 10, 11)."""

from dataclasses import replace
from datetime import datetime

from domain.case import Case, Events
from domain.catalogue import NotDispatched
from domain.clock import Clock, ClockName
from domain.closing import close
from domain.commands import ConfirmClassification
from domain.complaint import Complaint
from domain.dispatch import dispatched
from domain.events import (
    AnsweredAtOnce,
    ClassificationConfirmed,
    Classified,
    ConfirmationAsked,
    EmergencyNoted,
    Event,
    NotDispatchedTold,
    RepeatLinked,
)
from domain.lifecycle import Stage
from domain.outcome import Outcome
from domain.refusal import Refusal
from domain.repeat import SAID, joined
from domain.risk import raised, reported
from domain.settlement import offered
from domain.terms import Terms
from domain.triage import Near, Plan, Triage


def triaged(state: Complaint, triage: Triage, now: datetime) -> Events:
    """What follows from a proposal: answered, told, linked, dispatched, or put before a seat (R10-R12, R15)."""
    plan = triage.plan
    classified = Classified(
        triage.kind,
        plan.item,
        plan.district,
        plan.street,
        triage.urgent,
        triage.confidence,
        triage.model,
        plan.terms.policy,
    )
    noticed = _noticed(state, triage)
    return (classified, *noticed, *_disposition(state, triage, now))


def _noticed(state: Complaint, triage: Triage) -> Events:
    """What is told whatever the disposition: emergency mode, risks, what raises supervision (R14, R30, R44)."""
    emergency, limits = triage.emergency, triage.plan.terms.limits
    noted = (EmergencyNoted(emergency.code, emergency.tier, emergency.deferred),) if emergency else ()
    causes = (*triage.marks, *(["third_repeat"] if triage.repeats >= limits.raise_at_repeats else []))
    told = tuple(reported(state, risk, triage.plan.district) for risk in triage.risks)
    return (*noted, *told, *raised(state, *causes))


def _disposition(state: Complaint, triage: Triage, now: datetime) -> Events:
    plan = triage.plan
    if triage.disposition is not None:
        return _told(state, triage.disposition, plan.channel, triage.copy_to)
    if triage.answered or triage.answer:
        return (AnsweredAtOnce(triage.answer), close(state, Outcome.ANSWERED))
    if triage.near is not None:
        return _repeat(state, triage, triage.near, now)
    return _fresh(state, triage, now)


def _repeat(state: Complaint, triage: Triage, near: Near, now: datetime) -> Events:
    """In progress: joined. Ended: told the result where a seat says it is the same and nothing is new (R12); else it
    is a matter of its own, with the earlier ticket beside it."""
    if near.is_open:
        return (joined(triage.plan.terms, near, triage.new_facts, now),)
    linked = RepeatLinked(near.main)
    if near.stated and not triage.new_facts:
        return (linked, close(state, Outcome.DUPLICATE))
    return (linked, *_fresh(state, triage, now))


def _fresh(state: Complaint, triage: Triage, now: datetime) -> Events:
    plan = triage.plan
    if triage.confidence < plan.terms.limits.confirm_below:
        return (_ask(plan.terms, "confidence", state.received_at, now),)
    if plan.not_dispatched is None and plan.route.unclear is not None:
        return (_ask(plan.terms, plan.route.unclear, state.received_at, now),)
    if triage.against and plan.not_dispatched is None:
        return (offered(plan, triage.against, now),)
    return _follow(state, plan, now)


def confirm(case: Case, command: ConfirmClassification) -> Events:
    """A seat's word on item and place; from here the matter goes where the catalogue sends it (R15), unless the seat
    finds that it is not to be dispatched (R12) or is handled already (R13)."""
    plan, state = case.needed_plan, case.state
    if command.disposition is not None and command.repeat_of:
        raise Refusal("disposition_and_repeat", disposition=command.disposition)
    if command.disposition is None and command.copy_to:
        raise Refusal("copy_without_disposition", copy_to=command.copy_to)
    if command.repeat_of in (state.ticket_no, *state.joined):
        raise Refusal("repeat_of_itself", repeat_of=command.repeat_of)
    corrected = (command.item, plan.district, plan.street) != (state.item, state.district, state.street)
    confirmed = ClassificationConfirmed(plan.item, plan.district, plan.street, corrected, plan.terms.policy)
    if command.disposition is not None:
        return (confirmed, *_told(state, command.disposition, plan.channel, command.copy_to))
    if command.repeat_of:
        near = Near(command.repeat_of, True, SAID, is_open=True, stated=True)
        return (confirmed, joined(plan.terms, near, False, case.now))
    if plan.not_dispatched is None and plan.route.unclear is not None:
        raise Refusal("route_unclear", missing=plan.route.unclear, item=plan.item)
    return (confirmed, *_follow(state, plan, case.now))


def fall_back(state: Complaint, clock: Clock, now: datetime) -> Events:
    """No seat confirmed in the time to dispatch (R23): where the district is known it organises (R17); where not,
    the hotline centre is pressed again every time the limit has passed once more."""
    if state.district:
        by_hours = replace(state.pinned, around_clock=False)
        return (dispatched(by_hours, state.district, "", now),)
    return (_ask(state.pinned, clock.about, now, now),)


def _ask(terms: Terms, why: str, since: datetime, now: datetime) -> Event:
    """The time to dispatch runs from receipt (R23); when that has passed already, a seat still gets a whole one."""
    limit = terms.tier_limits.dispatch
    due = terms.due(since, limit)
    return ConfirmationAsked(why, due if due > now else terms.due(now, limit))


def _follow(state: Complaint, plan: Plan, now: datetime) -> Events:
    if plan.not_dispatched is not None:
        return _told(state, plan.not_dispatched, plan.channel, "")
    return (dispatched(plan.terms, plan.route.lead, plan.route.copy_to, now),)


def _told(state: Complaint, why: NotDispatched, channel: str, copy_to: str) -> Events:
    return (NotDispatchedTold(why, channel, copy_to), close(state, Outcome(why.value)))


def apply_classified(state: Complaint, event: Classified) -> Complaint:
    """Item and place as proposed."""
    return replace(
        state,
        item=event.item,
        district=event.district,
        street=event.street,
        urgent=event.urgent,
        policy=event.policy,
    )


def apply_asked(state: Complaint, event: ConfirmationAsked) -> Complaint:
    """A seat has until `due`."""
    asked = state if state.stage is Stage.CONFIRMATION else state.moved(Stage.CONFIRMATION)
    return asked.with_clocks(Clock(ClockName.CONFIRMATION, event.due, event.why))


def apply_confirmed(state: Complaint, event: ClassificationConfirmed) -> Complaint:
    """Item and place as the seat has them."""
    return replace(state, item=event.item, district=event.district, street=event.street, policy=event.policy)
