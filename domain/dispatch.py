"""From a received complaint to a lead unit (R10-R19, R22; 条例 art. 10-13)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.case import Case, Events
from domain.catalogue import Duty, Item
from domain.clock import Clock, ClockName
from domain.closing import close
from domain.commands import ConfirmClassification
from domain.complaint import Complaint
from domain.events import (
    AnsweredAtOnce,
    ClassificationConfirmed,
    Classified,
    ConfirmationAsked,
    Dispatched,
    Event,
    NotDispatchedTold,
    RepeatLinked,
)
from domain.lifecycle import Stage
from domain.outcome import Outcome
from domain.refusal import Refusal
from domain.terms import Terms
from domain.triage import Plan, Route, Triage, Unclear
from domain.unit import HANDLING_KINDS, Unit, UnitKind


def route(item: Item, district: str, street: str, units: Mapping[str, Unit]) -> Route:
    """Whose duty `item` is at a place. R16: to a street, with a copy to its district. R17: where the street is not
    known, to the district, which organises. R19: a department's duty stays with the department. R20: central units,
    state enterprises and the military are reached through their liaison."""
    match item.duty:
        case Duty.DEPARTMENT | Duty.ENTERPRISE | Duty.LIAISON:
            return Route(lead=item.owner)
        case Duty.STREET if street:
            return _copied(units[street])
        case Duty.STREET | Duty.DISTRICT if district:
            return Route(lead=district)
        case Duty.NONE:
            return Route(unclear=Unclear.UNIT)
        case _:
            return Route(unclear=Unclear.PLACE)


def route_to(unit: Unit) -> Route:
    """The route to a unit that a person named. Only the four kinds of handling unit may lead (条例 art. 11, 17)."""
    if unit.kind not in HANDLING_KINDS:
        raise Refusal("unit_cannot_lead", unit=unit.code, kind=unit.kind)
    return _copied(unit)


def _copied(unit: Unit) -> Route:
    copy_to = unit.district if unit.kind is UnitKind.STREET else ""
    return Route(lead=unit.code, copy_to=copy_to)


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
    return (classified, *_disposition(state, triage, now))


def _disposition(state: Complaint, triage: Triage, now: datetime) -> Events:
    plan = triage.plan
    if triage.repeat_of:
        return (RepeatLinked(triage.repeat_of), close(state, Outcome.DUPLICATE))
    if triage.answered:
        return (AnsweredAtOnce(), close(state, Outcome.ANSWERED))
    if triage.confidence < plan.terms.limits.confirm_below:
        return (_ask(plan.terms, "confidence", state.received_at, now),)
    if plan.not_dispatched is None and plan.route.unclear is not None:
        return (_ask(plan.terms, plan.route.unclear, state.received_at, now),)
    return _follow(state, plan, now)


def confirm(case: Case, command: ConfirmClassification) -> Events:
    """A seat's word on item and place; from here the matter goes where the catalogue sends it (R15)."""
    plan, state = case.needed_plan, case.state
    if plan.not_dispatched is None and plan.route.unclear is not None:
        raise Refusal("route_unclear", missing=plan.route.unclear, item=plan.item)
    corrected = (command.item, plan.district, plan.street) != (state.item, state.district, state.street)
    confirmed = ClassificationConfirmed(plan.item, plan.district, plan.street, corrected, plan.terms.policy)
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
        told = NotDispatchedTold(plan.not_dispatched, plan.channel)
        return (told, close(state, Outcome(plan.not_dispatched.value)))
    return (dispatched(plan.terms, plan.route.lead, plan.route.copy_to, now),)


def dispatched(terms: Terms, lead: str, copy_to: str, now: datetime, *, designated: bool = False) -> Dispatched:
    """A dispatch with every deadline on it (R22)."""
    limits, due = terms.tier_limits, terms.handling_due(now)
    return Dispatched(
        lead=lead,
        copy_to=copy_to,
        designated=designated,
        policy=terms.policy,
        tier=terms.tier,
        day_kind=terms.day_kind,
        due=due,
        provisional=terms.handling_is_provisional(now),
        around_clock=terms.around_clock,
        sign_in_due=terms.due(now, limits.sign_in),
        contact_due=terms.due(now, limits.contact),
        objection_until=terms.due(now, limits.objection) if limits.objection and not designated else None,
        reminders=terms.reminders(now, due),
        escalation_at=terms.handling_due(due),
    )


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


def apply_dispatched(state: Complaint, event: Dispatched) -> Complaint:
    """A lead unit, and all clocks of a dispatch afresh."""
    sent = replace(
        state.moved(Stage.HANDLING),
        clocks=(),
        policy=event.policy,
        tier=event.tier.value,
        lead=event.lead,
        copy_to=event.copy_to,
        designated=event.designated,
        objection_until=event.objection_until,
        signed_in=False,
        contacted=False,
        co_handlers=(),
        extension=None,
        extensions=0,
        overdue=False,
        escalation=None,
        due=event.due,
        provisional=event.provisional,
        terms=replace(state.terms, around_clock=event.around_clock) if state.terms else None,
    )
    return sent.with_clocks(
        Clock(ClockName.SIGN_IN, event.sign_in_due),
        Clock(ClockName.CONTACT, event.contact_due),
        *(Clock(ClockName.REMINDER, reminder.at, reminder.name) for reminder in event.reminders),
        Clock(ClockName.HANDLING, event.due),
        Clock(ClockName.ESCALATION, event.escalation_at),
    )
