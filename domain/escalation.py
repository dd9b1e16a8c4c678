"""提级: to the district government, then to the municipal government, each of which owes an opinion
(R28, 条例 art. 20; overdue ladder of rules §5)."""

from dataclasses import replace
from datetime import datetime

from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.cohandling import joined
from domain.commands import Escalate, IssueOpinion
from domain.complaint import Complaint, Escalation
from domain.dispatch import dispatched
from domain.events import DecisionPressed, Escalated, OpinionIssued
from domain.extension import by_opinion
from domain.grounds import Level, OpinionKind
from domain.refusal import Refusal


def addressee(state: Complaint, level: Level, unit: str = "") -> str:
    """The unit that a level means for this complaint; empty when its district is unknown. A line department is named
    by whoever escalates."""
    match level:
        case Level.DEPARTMENT:
            return unit
        case Level.DISTRICT:
            return state.district
        case Level.MUNICIPALITY:
            return state.municipality


def next_level(state: Complaint) -> Level | None:
    """The next step of the ladder: the district, unless it leads itself or has been asked; then the municipality;
    after that nobody."""
    if _at_the_top(state):
        return None
    asked = state.escalated_to == Level.DISTRICT or state.lead == state.district
    return Level.MUNICIPALITY if asked or not state.district else Level.DISTRICT


def _at_the_top(state: Complaint) -> bool:
    """Whether the municipality has been asked, or leads itself."""
    return state.escalated_to == Level.MUNICIPALITY or state.lead == state.municipality


def escalate(case: Case, command: Escalate) -> Events:
    """The lead unit puts it before a government (条例 art. 20)."""
    case.require_lead()
    case.require_signed_in()
    state = case.state
    if state.escalation is not None:
        raise Refusal("opinion_pending", to=state.escalation.to)
    if bool(command.unit) != (command.level is Level.DEPARTMENT):
        raise Refusal("escalation_unit_unfit", level=command.level, unit=command.unit)
    to = addressee(state, command.level, command.unit)
    downwards = state.lead == state.municipality or (command.level is Level.DISTRICT and _at_the_top(state))
    if not to or to == state.lead or downwards:
        raise Refusal("level_unfit", level=command.level, lead=state.lead, district=state.district)
    return (escalated(state, command.level, to, "lead_unit", case.now),)


def climb(state: Complaint, cause: str, now: datetime) -> Events:
    """One step up the ladder; nothing where the ladder has ended."""
    level = next_level(state)
    return () if level is None else (escalated(state, level, addressee(state, level), cause, now),)


def escalated(state: Complaint, level: Level, to: str, cause: str, now: datetime) -> Escalated:
    """The escalation, with the limit of the opinion and, when overdue, the instant of the next rung."""
    terms = state.pinned
    return Escalated(
        level=level,
        to=to,
        cause=cause,
        opinion_due=terms.due(now, terms.limits.opinion),
        next_at=terms.handling_due(now) if cause == "overdue" else None,
    )


def issue_opinion(case: Case, command: IssueOpinion) -> Events:
    """By the addressed government: press, reassign, order co-handling, or take the case over (R28)."""
    state, pending = case.state, case.state.escalation
    if pending is None:
        raise Refusal("no_opinion_asked")
    if case.actor.unit != pending.to:
        raise Refusal("not_addressed", to=pending.to, unit=case.actor.unit)
    issued = OpinionIssued(pending.level, pending.to, command.opinion.value, state.lead)
    if (command.days or command.hours) and command.opinion is not OpinionKind.EXTEND:
        raise Refusal("opinion_units_unfit", opinion=command.opinion, units=list(command.units))
    match command.opinion:
        case OpinionKind.EXTEND if not command.units:
            return (issued, *by_opinion(case, command))
        case OpinionKind.PRESS if not command.units:
            return (issued,)
        case OpinionKind.ORDER_CO_HANDLING if command.units:
            return (issued, *joined(case, command.units, whistled=False))
        case OpinionKind.REASSIGN if len(command.units) == 1 and command.units[0] not in ("", state.lead):
            route = case.needed_plan.route
            return (
                issued,
                dispatched(case.needed_plan.terms, route.lead, route.copy_to, case.now, designated=True),
            )
        case OpinionKind.TAKE_OVER if not command.units:
            by_hours = replace(state.pinned, around_clock=False)
            return (issued, dispatched(by_hours, pending.to, "", case.now, designated=True))
        case _:
            raise Refusal("opinion_units_unfit", opinion=command.opinion, units=list(command.units))


def climb_overdue(state: Complaint, clock: Clock, now: datetime) -> Events:
    """Another whole limit has passed: one step up, and at the top of the ladder the case is pressed for ever, not more
    often than an opinion takes."""
    terms = state.pinned
    again = max(terms.handling_due(now), terms.due(now, terms.limits.opinion))
    pressed = DecisionPressed(clock.name, again)
    return climb(state, "overdue", now) or (pressed,)


def press(state: Complaint, clock: Clock, now: datetime) -> Events:
    """No opinion in time: silence goes one step up the ladder; at its top the addressee is pressed again."""
    pressed = (DecisionPressed(clock.name, state.pinned.due(now, state.pinned.limits.opinion)),)
    if state.escalation is not None and state.escalation.level != Level.MUNICIPALITY:
        return climb(state, "no_opinion", now) or pressed
    return pressed


def apply_escalated(state: Complaint, event: Escalated) -> Complaint:
    """A government owes an opinion; after an overdue step the ladder's own clock starts again."""
    rung = state.escalated_to if event.level == Level.DEPARTMENT and state.escalated_to else event.level
    state = replace(state, escalation=Escalation(event.level, event.to), escalated_to=rung)
    state = state.with_clocks(Clock(ClockName.OPINION, event.opinion_due))
    return state.with_clocks(Clock(ClockName.ESCALATION, event.next_at)) if event.next_at else state


def apply_opinion(state: Complaint, _: OpinionIssued) -> Complaint:
    """The debt is paid."""
    return replace(state.without_clocks(ClockName.OPINION), escalation=None)
