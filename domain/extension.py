"""延期: asked with a reason before the limit expires, decided by the hotline centre (条例 art. 15; rules §5)."""

from dataclasses import replace

from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.commands import DecideExtension, RequestExtension
from domain.complaint import Complaint, Extension
from domain.events import ExtensionAsked, ExtensionDenied, ExtensionGranted
from domain.refusal import Refusal
from domain.span import Span, SpanUnit


def request(case: Case, command: RequestExtension) -> Events:
    """Open to the lead unit before expiry, within the tier's count and length, one at a time."""
    case.require_lead()
    case.require_signed_in()
    state, limits = case.state, case.state.pinned.tier_limits
    if limits.extension is None:
        raise Refusal("extension_not_open", tier=state.pinned.tier)
    if state.extension is not None:
        raise Refusal("extension_pending", amount=state.extension.amount)
    if state.extensions >= limits.extensions:
        raise Refusal("extensions_used_up", granted=state.extensions, most=limits.extensions)
    if state.overdue or (state.due is not None and case.now >= state.due):
        raise Refusal("extension_too_late", due=state.due.isoformat() if state.due else None)
    asked = _span(command, limits.extension)
    decision_due = state.pinned.due(case.now, state.pinned.limits.extension_decision)
    return (ExtensionAsked(str(asked), command.ground.value, decision_due),)


def _span(command: RequestExtension, most: Span) -> Span:
    """The asked span in the tier's own unit; the other unit has to be empty."""
    in_hours = most.unit is SpanUnit.HOURS
    amount, other = (command.hours, command.days) if in_hours else (command.days, command.hours)
    if other or not 1 <= amount <= most.amount:
        raise Refusal("extension_too_long", most=str(most), days=command.days, hours=command.hours)
    return Span(amount, most.unit)


def decide(case: Case, command: DecideExtension) -> Events:
    """Granted: the new limit begins where the old one ends."""
    state, terms = case.state, case.state.pinned
    if state.extension is None or state.due is None:
        raise Refusal("no_extension_asked")
    if not command.granted:
        return (ExtensionDenied(lapsed=False),)
    span = Span.parse(state.extension.amount)
    due = terms.due(state.due, span)
    granted = ExtensionGranted(
        due=due,
        provisional=terms.clockwork.is_provisional(due, span),
        reminders=terms.reminders(state.due, due),
        escalation_at=terms.handling_due(due),
    )
    return (granted,)


def lapse(_state: Complaint) -> Events:
    """Nobody decided in time: the request falls, the limit stands."""
    return (ExtensionDenied(lapsed=True),)


def apply_asked(state: Complaint, event: ExtensionAsked) -> Complaint:
    """The centre has until `decision_due`, or until the limit itself expires."""
    asked = replace(state, extension=Extension(event.amount))
    return asked.with_clocks(Clock(ClockName.EXTENSION_DECISION, event.decision_due))


def apply_granted(state: Complaint, event: ExtensionGranted) -> Complaint:
    """The handling limit and what hangs on it move."""
    longer = replace(
        state, extension=None, extensions=state.extensions + 1, due=event.due, provisional=event.provisional
    )
    return longer.without_clocks(ClockName.EXTENSION_DECISION, ClockName.REMINDER).with_clocks(
        *(Clock(ClockName.REMINDER, reminder.at, reminder.name) for reminder in event.reminders),
        Clock(ClockName.HANDLING, event.due),
        Clock(ClockName.ESCALATION, event.escalation_at),
    )


def apply_denied(state: Complaint, _: ExtensionDenied) -> Complaint:
    """As if never asked."""
    return replace(state.without_clocks(ClockName.EXTENSION_DECISION), extension=None)
