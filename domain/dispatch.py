"""To whom a matter goes, and a dispatch with every deadline on it (R16-R22; 条例 art. 11-13, 17, 22)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.catalogue import Duty, Item
from domain.clock import Clock, ClockName
from domain.complaint import Complaint
from domain.events import (
    Dispatched,
)
from domain.leg import Leg, LegKind
from domain.lifecycle import Stage
from domain.refusal import Refusal
from domain.terms import Terms
from domain.triage import Route, Unclear
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


def route_to(unit: Unit, item: Item) -> Route:
    """The route to a unit that a person named. Only handling units may lead (条例 art. 11, 17), and a department's duty
    is not sent down to a street (R19)."""
    if unit.kind not in HANDLING_KINDS:
        raise Refusal("unit_cannot_lead", unit=unit.code, kind=unit.kind)
    if unit.kind is UnitKind.STREET and item.duty is Duty.DEPARTMENT:
        raise Refusal("department_duty", unit=unit.code, item=item.code, owner=item.owner)
    return _copied(unit)


def _copied(unit: Unit) -> Route:
    copy_to = unit.district if unit.kind is UnitKind.STREET else ""
    return Route(lead=unit.code, copy_to=copy_to)


def dispatched(terms: Terms, lead: str, copy_to: str, now: datetime, *, designated: bool = False) -> Dispatched:
    """A dispatch with every deadline on it (R22)."""
    limits, due = terms.tier_limits, terms.handling_due(now)
    return Dispatched(
        lead=lead,
        copy_to=copy_to,
        designated=designated,
        since=now,
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
        approval=None,
        overdue=False,
        done_as=None,
        called_back=False,
        attempt=0,
        callback_at=None,
        escalation=None,
        due=event.due,
        legs=(Leg(LegKind.HANDLING, event.since),),
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
