"""What the lead unit may not decide alone: that nothing can be done (R25), and that handling ends without a result
(R31). It asks with a reason, the hotline centre approves."""

from dataclasses import replace
from datetime import datetime

from domain.callback import first_attempt
from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.closing import close
from domain.commands import DecideApproval, ReportDone, RequestTermination
from domain.complaint import Approval, Complaint
from domain.events import ApprovalAsked, ApprovalDenied, ApprovalGiven, DecisionPressed, ReportedDone
from domain.grounds import Matter
from domain.outcome import DoneAs, Outcome
from domain.refusal import Refusal


def ask_to_explain(case: Case, command: ReportDone) -> Events:
    """An explanation needs evidence (R25)."""
    if command.evidence < 1:
        raise Refusal("evidence_missing", done_as=command.done_as)
    return (_asked(case, Matter.EXPLANATION, "unsolvable", command.evidence, override=command.override),)


def request_termination(case: Case, command: RequestTermination) -> Events:
    """In writing: the reason stands beside it (R31)."""
    case.require_lead()
    case.require_signed_in()
    require_none_pending(case.state)
    return (_asked(case, Matter.TERMINATION, command.ground.value, 0, override=False),)


def require_none_pending(state: Complaint) -> None:
    """One question to the centre at a time."""
    if state.approval is not None:
        raise Refusal("approval_pending", matter=state.approval.matter)


def _asked(case: Case, matter: Matter, ground: str, evidence: int, *, override: bool) -> ApprovalAsked:
    terms = case.state.pinned
    return ApprovalAsked(matter, ground, evidence, override, terms.due(case.now, terms.limits.approval))


def decide(case: Case, command: DecideApproval) -> Events:
    """Approved: reported done as explained, or ended. Denied: handling goes on, its limit never stopped."""
    pending = case.state.approval
    if pending is None:
        raise Refusal("no_approval_asked")
    if not command.approved:
        return (ApprovalDenied(pending.matter),)
    given = ApprovalGiven(pending.matter)
    if pending.matter is Matter.TERMINATION:
        return (given, close(case.state, Outcome.TERMINATED))
    still_open = case.state.open_co_handlers
    if still_open and not pending.override:
        raise Refusal("co_handler_open", units=list(still_open))
    first = first_attempt(case.state.pinned, case.now)
    return (given, ReportedDone(DoneAs.EXPLAINED, still_open, first.at, first.until))


def press(state: Complaint, clock: Clock, now: datetime) -> Events:
    """The centre has not decided: it is pressed until it does."""
    return (DecisionPressed(clock.name, state.pinned.due(now, state.pinned.limits.approval)),)


def apply_asked(state: Complaint, event: ApprovalAsked) -> Complaint:
    """The handling limit runs on."""
    asked = replace(state, approval=Approval(event.matter, event.override))
    return asked.with_clocks(Clock(ClockName.APPROVAL, event.decision_due))


def apply_decided(state: Complaint, _: ApprovalGiven | ApprovalDenied) -> Complaint:
    """Answered."""
    return replace(state.without_clocks(ClockName.APPROVAL), approval=None)
