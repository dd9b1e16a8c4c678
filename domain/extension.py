"""延期: asked with a reason before the limit expires, decided by the hotline centre (条例 art. 15; rules §5)."""

from dataclasses import replace
from datetime import datetime

from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.commands import DecideExtension, IssueOpinion, RequestExtension
from domain.complaint import Complaint, Extension
from domain.events import ExtensionAsked, ExtensionDenied, ExtensionGranted
from domain.leg import Leg, LegKind
from domain.refusal import Refusal
from domain.span import Span, SpanUnit
from domain.terms import Terms


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
    asked = _span(command.days, command.hours, limits.extension)
    decision_due = state.pinned.due(case.now, state.pinned.limits.extension_decision)
    return (ExtensionAsked(str(asked), command.ground.value, decision_due),)


def _span(days: int, hours: int, most: Span) -> Span:
    """The asked span in the tier's own unit; the other unit has to be empty."""
    in_hours = most.unit is SpanUnit.HOURS
    amount, other = (hours, days) if in_hours else (days, hours)
    if other or not 1 <= amount <= most.amount:
        raise Refusal("extension_too_long", most=str(most), days=days, hours=hours)
    return Span(amount, most.unit)


def by_opinion(case: Case, command: IssueOpinion) -> Events:
    """A government extends (R28): as long as one extension of the tier may be, not counted among the unit's own; from
    now on where the limit has run out."""
    state, terms = case.state, case.state.pinned
    if terms.tier_limits.extension is None:
        raise Refusal("extension_not_open", tier=terms.tier)
    assert state.due is not None, "a dispatched complaint has a handling limit"
    return (_granted(terms, max(state.due, case.now), _span(command.days, command.hours, terms.tier_limits.extension)),)


def _granted(terms: Terms, since: datetime, span: Span, *, by_opinion: bool = True) -> ExtensionGranted:
    due = terms.due(since, span)
    return ExtensionGranted(
        since=since,
        amount=str(span),
        by_opinion=by_opinion,
        due=due,
        provisional=terms.clockwork.is_provisional(due, span),
        reminders=terms.reminders(since, due),
        escalation_at=terms.handling_due(due),
    )


def decide(case: Case, command: DecideExtension) -> Events:
    """Granted: the new limit begins where the old one ends."""
    state, terms = case.state, case.state.pinned
    if state.extension is None or state.due is None:
        raise Refusal("no_extension_asked")
    if not command.granted:
        return (ExtensionDenied(lapsed=False),)
    return (_granted(terms, state.due, Span.parse(state.extension.amount), by_opinion=False),)


def lapse(_state: Complaint) -> Events:
    """Nobody decided in time: the request falls, the limit stands."""
    return (ExtensionDenied(lapsed=True),)


def apply_asked(state: Complaint, event: ExtensionAsked) -> Complaint:
    """The centre has until `decision_due`, or until the limit itself expires."""
    asked = replace(state, extension=Extension(event.amount))
    return asked.with_clocks(Clock(ClockName.EXTENSION_DECISION, event.decision_due))


def apply_granted(state: Complaint, event: ExtensionGranted) -> Complaint:
    """The handling limit and what hangs on it move."""
    leg = Leg(LegKind.EXTENSION, None if event.since == state.due else event.since, event.amount)
    longer = replace(
        state,
        due=event.due,
        provisional=event.provisional,
        legs=(*state.legs, leg) if leg.since is None else (leg,),
        overdue=False,
    )
    if not event.by_opinion:
        longer = replace(longer, extension=None, extensions=state.extensions + 1)
        longer = longer.without_clocks(ClockName.EXTENSION_DECISION)
    return longer.without_clocks(ClockName.REMINDER).with_clocks(
        *(Clock(ClockName.REMINDER, reminder.at, reminder.name) for reminder in event.reminders),
        Clock(ClockName.HANDLING, event.due),
        Clock(ClockName.ESCALATION, event.escalation_at),
    )


def apply_denied(state: Complaint, _: ExtensionDenied) -> Complaint:
    """As if never asked."""
    return replace(state.without_clocks(ClockName.EXTENSION_DECISION), extension=None)
