"""会商: before dispatch the parties settle who leads; failing that the bureau designates (R18, 条例 art. 12)."""

from dataclasses import replace
from datetime import datetime

from domain.actor import Role
from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.cohandling import dispatched_with
from domain.commands import Consult, DecideConsultation, StateInConsultation
from domain.complaint import Complaint
from domain.dispatch import dispatched
from domain.events import (
    ConsultationDecided,
    ConsultationFailed,
    ConsultationOpened,
    ConsultationStated,
    DecisionPressed,
)
from domain.lifecycle import Stage
from domain.refusal import Refusal


def consult(case: Case, command: Consult) -> Events:
    """The centre calls at least two parties together."""
    if len(set(command.units)) != len(command.units) or len(command.units) < 2 or not all(command.units):
        raise Refusal("units_repeat_or_missing", units=list(command.units))
    terms = case.state.pinned
    return (ConsultationOpened(command.units, terms.due(case.now, terms.limits.consultation)),)


def state_readiness(case: Case, command: StateInConsultation) -> Events:
    """A party may change its mind until it is decided."""
    if case.actor.unit not in case.state.consulting:
        raise Refusal("not_a_party", unit=case.actor.unit, parties=list(case.state.consulting))
    return (ConsultationStated(case.actor.unit, command.takes),)


def decide_consultation(case: Case, command: DecideConsultation) -> Events:
    """The centre records what the parties agreed on; after its limit only the bureau decides, and what it designates
    may not be objected to."""
    state, plan = case.state, case.needed_plan
    by_bureau = case.actor.role is Role.BUREAU
    if state.consultation_failed and not by_bureau:
        raise Refusal("bureau_designates")
    sent = dispatched(plan.terms, plan.route.lead, plan.route.copy_to, case.now, designated=by_bureau)
    return (ConsultationDecided(by_bureau), *dispatched_with(sent, plan.terms, command.co_handlers, case.now))


def fail(state: Complaint, clock: Clock, now: datetime) -> Events:
    """No agreement in time: the bureau designates, and is pressed until it does."""
    due = state.pinned.due(now, state.pinned.limits.designation)
    return (DecisionPressed(clock.name, due),) if state.consultation_failed else (ConsultationFailed(due),)


def apply_opened(state: Complaint, event: ConsultationOpened) -> Complaint:
    """The parties may read it from now on."""
    opened = replace(state.moved(Stage.CONSULTATION), consulting=event.units)
    return opened.without_clocks(ClockName.CONFIRMATION).with_clocks(Clock(ClockName.CONSULTATION, event.due))


def apply_failed(state: Complaint, event: ConsultationFailed) -> Complaint:
    """The bureau's turn."""
    failed = replace(state, consultation_failed=True)
    return failed.with_clocks(Clock(ClockName.CONSULTATION, event.designation_due))


def apply_decided(state: Complaint, _: ConsultationDecided) -> Complaint:
    """The dispatch that follows sets everything else."""
    return replace(state, consulting=(), consultation_failed=False)
