"""The rules' front door: a complaint and a command in, events or a refusal out; and events into a complaint."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain import (
    callback,
    cohandling,
    commands,
    dispatch,
    escalation,
    events,
    extension,
    handling,
    objection,
    report,
)
from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.closing import apply_closed
from domain.commands import ACTIONS, Command
from domain.complaint import Complaint
from domain.events import Event
from domain.lifecycle import ALLOWED, Stage
from domain.refusal import Refusal
from domain.ringing import ring

DECIDERS: Mapping[type[Command], Callable[[Case, Any], Events]] = {
    commands.ConfirmClassification: dispatch.confirm,
    commands.SignIn: handling.sign_in,
    commands.RecordContact: handling.record_contact,
    commands.ReportProgress: handling.report_progress,
    commands.Object: objection.object_to,
    commands.DecideObjection: objection.decide_objection,
    commands.RequestExtension: extension.request,
    commands.DecideExtension: extension.decide,
    commands.OrderCoHandling: cohandling.order,
    commands.ReportCoHandling: cohandling.report,
    commands.Whistle: cohandling.whistle,
    commands.ReportIn: cohandling.report_in,
    commands.Escalate: escalation.escalate,
    commands.IssueOpinion: escalation.issue_opinion,
    commands.ReportDone: report.report_done,
    commands.RecordCallback: callback.record_callback,
    commands.Evaluate: callback.evaluate,
    commands.Supervise: handling.supervise,
    commands.Supplement: handling.supplement,
    commands.Withdraw: handling.withdraw,
}

APPLIERS: Mapping[type[Event], Callable[[Complaint, Any], Complaint]] = {
    events.Classified: dispatch.apply_classified,
    events.ConfirmationAsked: dispatch.apply_asked,
    events.ClassificationConfirmed: dispatch.apply_confirmed,
    events.Dispatched: dispatch.apply_dispatched,
    events.Supervised: handling.apply_supervised,
    events.SignedIn: handling.apply_signed_in,
    events.ComplainantContacted: handling.apply_contacted,
    events.Objected: objection.apply_objected,
    events.ObjectionRejected: objection.apply_rejected,
    events.ObjectionUpheld: objection.apply_upheld,
    events.ExtensionAsked: extension.apply_asked,
    events.ExtensionGranted: extension.apply_granted,
    events.ExtensionDenied: extension.apply_denied,
    events.CoHandlerJoined: cohandling.apply_joined,
    events.CoHandlerReported: cohandling.apply_reported,
    events.ReportedIn: cohandling.apply_reported_in,
    events.Escalated: escalation.apply_escalated,
    events.OpinionIssued: escalation.apply_opinion,
    events.ReportedDone: report.apply_reported,
    events.CalledBack: callback.apply_called,
    events.CallbackPlanned: callback.apply_planned,
    events.CallbackMissed: callback.apply_missed,
    events.CallbackFormSent: callback.apply_form_sent,
    events.ReworkOrdered: callback.apply_rework,
    events.Closed: apply_closed,
}
"""Events that are missing here change nothing that later rules look at; they are told in the journal alone."""


def check_stage(state: Complaint, command: Command) -> None:
    """Refuse a command that its stage does not allow; the table in domain/lifecycle.py is the whole rule."""
    action = ACTIONS[type(command)]
    if state.stage not in ALLOWED[action]:
        code = "closed" if state.stage is Stage.CLOSED else "wrong_stage"
        raise Refusal(code, action=action, stage=state.stage, allowed=sorted(ALLOWED[action]))


def decide(case: Case, command: Command) -> Events:
    """The events that follow from `command`; Refusal when the rules do not allow it now."""
    check_stage(case.state, command)
    return DECIDERS[type(command)](case, command)


def ring_due(state: Complaint, now: datetime) -> Events:
    """The events of every clock that has run out by `now`, in the order in which they were due."""
    rung: list[Event] = []
    while (clock := state.next_due) is not None and clock.due <= now:
        caused = ring(state, clock, now)
        rung.extend(caused)
        state = applied(state, caused)
    return tuple(rung)


def applied(state: Complaint, happened: Events) -> Complaint:
    """The complaint after `happened`."""
    for event in happened:
        state = _applied(state, event)
    return state


def _applied(state: Complaint, event: Event) -> Complaint:
    match event:
        case events.ClockRang():
            return _rung(state, event)
        case events.DecisionPressed():
            return state.with_clocks(Clock(ClockName(event.clock), event.due))
        case _:
            applier = APPLIERS.get(type(event))
            return state if applier is None else applier(state, event)


def _rung(state: Complaint, event: events.ClockRang) -> Complaint:
    name = ClockName(event.clock)
    state = replace(state, overdue=True, was_overdue=True) if name is ClockName.HANDLING else state
    return state.without_clocks(name, about=event.about)
