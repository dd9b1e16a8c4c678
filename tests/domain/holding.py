"""What always holds of a complaint, and of each thing that happens to one."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import cast

from domain.clock import Clock, ClockName
from domain.complaint import Complaint
from domain.events import (
    ConsultationDecided,
    Dispatched,
    Event,
    ExtensionGranted,
    ObjectionUpheld,
    OpinionIssued,
    Replanned,
    ReworkOrdered,
    SettlementFailed,
)
from domain.leg import end
from domain.lifecycle import MOVES, Stage
from domain.terms import Reminder

DISPATCHED = (Stage.HANDLING, Stage.OBJECTION)
WITH_LEAD = (*DISPATCHED, Stage.CALLBACK)
MOVING_THE_LIMIT = (Dispatched, ReworkOrdered, ExtensionGranted, Replanned)
RELIEVING = (ObjectionUpheld, OpinionIssued, ConsultationDecided, SettlementFailed)
"""What may make another unit lead, told right before the dispatch to it (R29)."""
ONE_CLOCK_A_STAGE = {
    Stage.CONFIRMATION: ClockName.CONFIRMATION,
    Stage.CONSULTATION: ClockName.CONSULTATION,
    Stage.SETTLEMENT: ClockName.SETTLEMENT,
    Stage.JOINED: ClockName.JOINED,
}
MOST_REWORKS = 3
"""Once by rule, once with the district's opinion, once with the municipality's."""


def holds(state: Complaint) -> None:
    """What holds after every step, whoever acted and however late."""
    assert (state.next_due is None) == (state.stage is Stage.CLOSED), "open has one next clock, closed has none"
    assert (state.outcome is None) == (state.stage is not Stage.CLOSED)
    keys = [clock.key for clock in state.clocks]
    assert len(set(keys)) == len(keys), "no two clocks are the same"
    _counts_hold(state)
    _debts_hold(state)
    _lead_holds(state)
    _joining_holds(state)
    _callback_holds(state)


def _counts_hold(state: Complaint) -> None:
    assert state.upheld_objections <= state.pinned.limits.upheld_objections
    assert state.extensions <= state.pinned.tier_limits.extensions
    assert state.reworks <= MOST_REWORKS
    assert 0 <= state.supervision_level <= 3
    assert state.was_overdue or not state.overdue


def _debts_hold(state: Complaint) -> None:
    """Every debt has its clock and every such clock its debt."""
    running = {clock.name for clock in state.clocks}
    for stage, name in ONE_CLOCK_A_STAGE.items():
        assert (name in running) == (state.stage is stage)
        assert len(state.clocks) == 1 or state.stage is not stage
    assert (ClockName.OBJECTION_DECISION in running) == (state.stage is Stage.OBJECTION)
    assert (ClockName.OPINION in running) == (state.escalation is not None)
    assert (ClockName.EXTENSION_DECISION in running) == (state.extension is not None)
    assert (ClockName.APPROVAL in running) == (state.approval is not None)


def _lead_holds(state: Complaint) -> None:
    """What is handled has a lead and a limit; no co-handler outlives it."""
    assert bool(state.lead) or state.stage not in (*WITH_LEAD, Stage.SETTLEMENT)
    assert state.lead not in state.open_co_handlers
    assert state.stage in DISPATCHED or not state.open_co_handlers
    open_co_handlers = {clock.about for clock in state.clocks if clock.name is ClockName.CO_HANDLING}
    assert open_co_handlers <= set(state.open_co_handlers)
    expected = {each.unit for each in state.co_handlers if each.whistled and not (each.reported_in or each.finished)}
    assert {clock.about for clock in state.clocks if clock.name is ClockName.REPORT_IN} <= expected
    running = {clock.name for clock in state.clocks}
    if state.stage in DISPATCHED:
        assert (ClockName.HANDLING in running) != state.overdue
        assert ClockName.ESCALATION in running
    if state.stage in WITH_LEAD and state.settlement is None:
        assert state.due == end(state.pinned, state.legs), "a limit is the sum of its legs"


def _joining_holds(state: Complaint) -> None:
    assert len(set(state.joined)) == len(state.joined)
    assert state.ticket_no not in (state.main, *state.joined)
    assert bool(state.main) == (state.stage is Stage.JOINED) or state.stage is Stage.CLOSED


def _callback_holds(state: Complaint) -> None:
    calls = [clock for clock in state.clocks if clock.name in (ClockName.CALLBACK, ClockName.CALLBACK_FORM)]
    assert len(calls) <= 1
    if state.stage is Stage.CALLBACK:
        assert calls
        assert len(state.clocks) == 1
    assert not calls or state.attempt > 0


def follows(before: Complaint, event: Event, after: Complaint, last: Event | None) -> None:
    """What holds of one event, `last` being the one before it in the same step."""
    name = type(event).__name__
    assert after.stage in MOVES[before.stage] | {before.stage}, f"{name}: {before.stage} → {after.stage}"
    said = set(_instants(event))
    for clock in set(after.clocks) - set(before.clocks):
        assert clock.due in said, f"{name} starts {clock} and does not say so"
    if after.due != before.due:
        assert isinstance(event, MOVING_THE_LIMIT), f"{name} moves the limit"
        assert after.due == event.due
    if before.lead not in ("", after.lead):
        assert isinstance(event, Dispatched)
        assert isinstance(last, RELIEVING), f"{before.lead} handed it to {after.lead}"
    upheld = after.upheld_objections - before.upheld_objections
    assert upheld == isinstance(event, ObjectionUpheld)


def _instants(event: Event) -> Iterator[datetime]:
    """Every instant that an event's row tells."""
    for field in fields(cast("type[Clock]", type(event))):
        value: object = getattr(event, field.name)
        if isinstance(value, datetime):
            yield value
        if isinstance(value, tuple):
            yield from (each.at for each in cast("tuple[object, ...]", value) if isinstance(each, Reminder))
