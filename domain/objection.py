"""派单异议: a unit says "not my duty or area", the bureau arbitrates (条例 art. 12; rules §5)."""

from dataclasses import replace

from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.commands import DecideObjection, Object
from domain.complaint import Complaint
from domain.dispatch import dispatched
from domain.events import Objected, ObjectionRejected, ObjectionUpheld
from domain.lifecycle import Stage
from domain.refusal import Refusal


def object_to(case: Case, command: Object) -> Events:
    """Open to the lead unit alone, inside its window, unless the bureau designated it. The handling clock runs on."""
    case.require_lead()
    state, limits = case.state, case.state.pinned.limits
    if state.designated:
        raise Refusal("designated_may_not_object", lead=state.lead)
    if state.objection_until is None:
        raise Refusal("objection_not_open", tier=state.pinned.tier)
    if case.now > state.objection_until:
        raise Refusal("objection_too_late", until=state.objection_until.isoformat())
    due = state.pinned.due(case.now, limits.objection_decision)
    return (Objected(case.actor.unit, command.ground.value, due),)


def decide_objection(case: Case, command: DecideObjection) -> Events:
    """Upheld: to the named unit with fresh limits, and after the last allowed one by designation. Rejected: the lead
    unit signs in within a fresh sign-in limit; its handling limit has never stopped."""
    state, terms = case.state, case.state.pinned
    if not command.upheld:
        return (ObjectionRejected(terms.due(case.now, terms.tier_limits.sign_in)),)
    if not command.unit:
        raise Refusal("unit_missing", action="objection-decision")
    if command.unit == state.lead:
        raise Refusal("unit_is_lead", lead=state.lead)
    plan = case.needed_plan
    designated = state.upheld_objections + 1 >= terms.limits.upheld_objections
    sent = dispatched(plan.terms, plan.route.lead, plan.route.copy_to, case.now, designated=designated)
    return (ObjectionUpheld(state.lead, state.open_co_handlers), sent)


def apply_objected(state: Complaint, event: Objected) -> Complaint:
    """Nobody signs in while the bureau decides; every other clock runs on."""
    waiting = state.moved(Stage.OBJECTION).without_clocks(ClockName.SIGN_IN)
    return waiting.with_clocks(Clock(ClockName.OBJECTION_DECISION, event.decision_due))


def apply_rejected(state: Complaint, event: ObjectionRejected) -> Complaint:
    """The same unit may not object again."""
    back = replace(state.moved(Stage.HANDLING), objection_until=None, designated=True)
    back = back.without_clocks(ClockName.OBJECTION_DECISION)
    return back if back.signed_in else back.with_clocks(Clock(ClockName.SIGN_IN, event.sign_in_due))


def apply_upheld(state: Complaint, _: ObjectionUpheld) -> Complaint:
    """Counted; the dispatch that follows sets everything else."""
    return replace(state, upheld_objections=state.upheld_objections + 1)
