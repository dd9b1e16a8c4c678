"""The rules' front door: a complaint and a command in, events or a refusal out; and events into a complaint."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain import (
    approval,
    callback,
    cohandling,
    commands,
    consultation,
    dispatch,
    escalation,
    events,
    extension,
    handling,
    objection,
    repeat,
    replanning,
    report,
    risk,
    settlement,
    taking_up,
)
from domain.actions import ACTIONS
from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.closing import apply_closed
from domain.commands import Command
from domain.complaint import Complaint
from domain.events import Event
from domain.lifecycle import ALLOWED, Stage
from domain.refusal import Refusal
from domain.ringing import ring

DECIDERS: Mapping[type[Command], Callable[[Case, Any], Events]] = {
    commands.ConfirmClassification: taking_up.confirm,
    commands.Consult: consultation.consult,
    commands.StateInConsultation: consultation.state_readiness,
    commands.DecideConsultation: consultation.decide_consultation,
    commands.ReportSettlement: settlement.report,
    commands.Separate: repeat.separate,
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
    commands.RequestTermination: approval.request_termination,
    commands.ReportDone: report.report_done,
    commands.DecideApproval: approval.decide,
    commands.RecordCallback: callback.record_callback,
    commands.Evaluate: callback.evaluate,
    commands.Supervise: handling.supervise,
    commands.ReportRisk: risk.report_risk,
    commands.Dissuade: risk.dissuade,
    commands.Supplement: handling.supplement,
    commands.Withdraw: handling.withdraw,
    commands.CountRepeat: repeat.count,
    commands.CountLeaving: repeat.count_leaving,
    commands.TellMainEnd: repeat.tell_end,
    commands.Replan: replanning.replan,
}

APPLIERS: Mapping[type[Event], Callable[[Complaint, Any], Complaint]] = {
    events.Classified: taking_up.apply_classified,
    events.ConfirmationAsked: taking_up.apply_asked,
    events.ClassificationConfirmed: taking_up.apply_confirmed,
    events.EmergencyNoted: risk.apply_noted,
    events.SupervisionRaised: risk.apply_raised,
    events.Joined: repeat.apply_joined,
    events.Separated: repeat.apply_separated,
    events.RepeatCounted: repeat.apply_counted,
    events.RepeatLeft: repeat.apply_left,
    events.ConsultationOpened: consultation.apply_opened,
    events.ConsultationFailed: consultation.apply_failed,
    events.ConsultationDecided: consultation.apply_decided,
    events.SettlementOffered: settlement.apply_offered,
    events.Settled: settlement.apply_settled,
    events.SettlementFailed: settlement.apply_failed,
    events.Dispatched: dispatch.apply_dispatched,
    events.Replanned: replanning.apply_replanned,
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
    events.ReportInRefused: cohandling.apply_refused,
    events.Escalated: escalation.apply_escalated,
    events.OpinionIssued: escalation.apply_opinion,
    events.ApprovalAsked: approval.apply_asked,
    events.ApprovalGiven: approval.apply_decided,
    events.ApprovalDenied: approval.apply_decided,
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
