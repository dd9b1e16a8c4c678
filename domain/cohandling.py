"""协办 and 吹哨报到: other units at the lead's side, each with its own clock (R26, R27; 条例 art. 14, 16)."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.commands import OrderCoHandling, ReportCoHandling, ReportIn, Whistle
from domain.complaint import CoHandler, Complaint
from domain.deadlines import share
from domain.events import (
    CoHandlerJoined,
    CoHandlerReported,
    Dispatched,
    Event,
    ReportedIn,
    ReportInRefused,
    Supervised,
)
from domain.refusal import Refusal
from domain.terms import Terms

_LEAST = timedelta(minutes=1)
"""Less than this is no time to share."""


def order(case: Case, command: OrderCoHandling) -> Events:
    """The lead unit asks; each co-handler gets its share of what is left of the lead's time."""
    case.require_lead()
    case.require_signed_in()
    return joined(case, command.units, whistled=False)


def whistle(case: Case, command: Whistle) -> Events:
    """A street that leads summons departments, which have to report in (R27)."""
    case.require_lead()
    case.require_signed_in()
    if not case.state.copy_to:
        raise Refusal("only_streets_whistle", lead=case.state.lead)
    return joined(case, command.units, whistled=True)


def joined(case: Case, units: tuple[str, ...], *, whistled: bool) -> Events:
    """Joining events for `units`, which may not repeat, be the lead, or co-handle already. When the lead's time is
    over, a co-handler gets its share of what a rework would get."""
    state = case.state
    if not all(units) or not units or len(set(units)) != len(units):
        raise Refusal("units_repeat_or_missing", units=list(units))
    taken = {state.lead, *state.open_co_handlers}
    if known := [unit for unit in units if unit in taken]:
        raise Refusal("unit_handles_already", units=list(known))
    return tuple(_joined(case, unit, whistled) for unit in units)


def dispatched_with(sent: Dispatched, terms: Terms, units: tuple[str, ...], now: datetime) -> Events:
    """A dispatch whose co-handlers are fixed with it (R18)."""
    if len(set(units)) != len(units) or not all(units):
        raise Refusal("units_repeat_or_missing", units=list(units))
    if sent.lead in units:
        raise Refusal("unit_handles_already", units=[sent.lead])
    due = share(now, sent.due, terms.limits.cohandler_percent)
    return (sent, *(CoHandlerJoined(unit, due, None) for unit in units))


def _joined(case: Case, unit: str, whistled: bool) -> Event:
    state, limits = case.state, case.state.pinned.limits
    assert state.due is not None, "a dispatched complaint has a handling limit"
    time_left = state.due - case.now >= _LEAST
    end = state.due if time_left else state.pinned.rework_due(case.now)
    report_in_due = state.pinned.due(case.now, limits.report_in) if whistled else None
    return CoHandlerJoined(unit, share(case.now, end, limits.cohandler_percent), report_in_due)


def report(case: Case, command: ReportCoHandling) -> Events:
    """A co-handler's result, or how far it has come (R26)."""
    _require_open(case)
    return (CoHandlerReported(case.actor.unit, command.finished),)


def report_in(case: Case, command: ReportIn) -> Events:
    """A whistled unit is there, once; or it refuses, and the district presses (R27)."""
    found = _require_open(case)
    if not found.whistled or found.reported_in:
        raise Refusal("not_whistled", unit=case.actor.unit)
    if not command.present:
        return (ReportInRefused(case.actor.unit), Supervised("report_in_refused"))
    return (ReportedIn(case.actor.unit),)


def _require_open(case: Case) -> CoHandler:
    for each in case.state.co_handlers:
        if each.unit == case.actor.unit and not each.finished:
            return each
    raise Refusal("not_co_handler", unit=case.actor.unit)


def apply_joined(state: Complaint, event: CoHandlerJoined) -> Complaint:
    """One more co-handler; a unit that had finished begins again."""
    others = tuple(each for each in state.co_handlers if each.unit != event.unit)
    new = CoHandler(event.unit, event.due, whistled=event.report_in_due is not None)
    state = replace(state, co_handlers=(*others, new))
    state = state.with_clocks(Clock(ClockName.CO_HANDLING, event.due, event.unit))
    if event.report_in_due is None:
        return state
    return state.with_clocks(Clock(ClockName.REPORT_IN, event.report_in_due, event.unit))


def apply_reported(state: Complaint, event: CoHandlerReported) -> Complaint:
    """Stage progress leaves the co-handler and its clock open."""
    if not event.finished:
        return state
    co_handlers = tuple(
        replace(each, finished=True, reported_in=True) if each.unit == event.unit else each
        for each in state.co_handlers
    )
    state = replace(state, co_handlers=co_handlers)
    return state.without_clocks(ClockName.CO_HANDLING, ClockName.REPORT_IN, about=event.unit)


def apply_refused(state: Complaint, event: ReportInRefused) -> Complaint:
    """No report-in is waited for any more; its part of the work stays open."""
    return state.without_clocks(ClockName.REPORT_IN, about=event.unit)


def apply_reported_in(state: Complaint, event: ReportedIn) -> Complaint:
    """The report-in clock of that unit stops."""
    co_handlers = tuple(
        replace(each, reported_in=True) if each.unit == event.unit else each for each in state.co_handlers
    )
    return replace(state, co_handlers=co_handlers).without_clocks(ClockName.REPORT_IN, about=event.unit)
