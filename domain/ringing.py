"""What follows when a clock runs out. Every ring stops or moves its clock, so that no clock fires twice."""

from collections.abc import Callable, Mapping
from datetime import datetime

from domain import approval, callback, consultation, escalation, extension, settlement, taking_up
from domain.case import Events
from domain.clock import Clock, ClockName
from domain.complaint import Complaint
from domain.events import ClockRang, DecisionPressed, Supervised

Ringer = Callable[[Complaint, Clock, datetime], Events]


def ring(state: Complaint, clock: Clock, now: datetime) -> Events:
    """The events of `clock` running out at `now`."""
    return (ClockRang(clock.name, clock.about, clock.due), *RINGERS[clock.name](state, clock, now))


def _supervised(_state: Complaint, clock: Clock, _now: datetime) -> Events:
    return (Supervised(f"{clock.name}_overdue"),)


def _reminded(_state: Complaint, _clock: Clock, _now: datetime) -> Events:
    return ()


def _overdue(state: Complaint, clock: Clock, now: datetime) -> Events:
    lapsed = extension.lapse(state) if state.extension is not None else ()
    return (*lapsed, *_supervised(state, clock, now), *callback.on_expiry(state, now))


def _arbitration_late(state: Complaint, clock: Clock, now: datetime) -> Events:
    return (DecisionPressed(clock.name, state.pinned.due(now, state.pinned.limits.objection_decision)),)


def _still_joined(state: Complaint, clock: Clock, now: datetime) -> Events:
    return (DecisionPressed(clock.name, state.pinned.handling_due(now)),)


RINGERS: Mapping[ClockName, Ringer] = {
    ClockName.CONFIRMATION: taking_up.fall_back,
    ClockName.CONSULTATION: consultation.fail,
    ClockName.SETTLEMENT: settlement.run_out,
    ClockName.JOINED: _still_joined,
    ClockName.OBJECTION_DECISION: _arbitration_late,
    ClockName.SIGN_IN: _supervised,
    ClockName.CONTACT: _supervised,
    ClockName.REMINDER: _reminded,
    ClockName.REPORT_IN: _supervised,
    ClockName.CO_HANDLING: _supervised,
    ClockName.EXTENSION_DECISION: lambda state, _clock, _now: extension.lapse(state),
    ClockName.APPROVAL: approval.press,
    ClockName.OPINION: escalation.press,
    ClockName.HANDLING: _overdue,
    ClockName.ESCALATION: escalation.climb_overdue,
    ClockName.CALLBACK: callback.miss,
    ClockName.CALLBACK_FORM: lambda state, _clock, _now: callback.give_up(state),
}
