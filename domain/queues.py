"""What waits for a person of the hotline centre or the bureau, and until when: one queue for each decision that they
owe. Computed from a step's events and where the ticket stands after them, so that queues never ask the engine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain import events
from domain.clock import ClockName
from domain.lifecycle import Stage
from domain.standing import Standing


class Queue(StrEnum):
    """What is waited for."""

    CONFIRMATION = "confirmation"
    CONSULTATION = "consultation"
    EXTENSION = "extension"
    APPROVAL = "approval"
    CALLBACK = "callback"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket enters a queue, or its clock there begins afresh. A callback waits until its hour, `opens_at`."""

    queue: Queue
    due: datetime
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What one step changes: the ticket stays in no other queues than `open`, and enters those of `entered`."""

    open: tuple[Queue, ...]
    entered: tuple[Waiting, ...]


_OF_CLOCK = {
    ClockName.CONFIRMATION: Queue.CONFIRMATION,
    ClockName.CONSULTATION: Queue.CONSULTATION,
    ClockName.EXTENSION_DECISION: Queue.EXTENSION,
    ClockName.APPROVAL: Queue.APPROVAL,
    ClockName.OBJECTION_DECISION: Queue.OBJECTION,
}


def changes(happened: Iterable[events.Event], after: Standing) -> Changes:
    """What a step of `happened`, after which the ticket stands as `after`, changes in the queues."""
    entered: dict[Queue, Waiting] = {}
    form_sent = False
    for event in happened:
        if isinstance(event, events.CallbackFormSent):
            form_sent = True  # from here on the complainant is waited for
            entered.pop(Queue.CALLBACK, None)
        elif (waiting := _waiting(event) or _calling(event)) is not None:
            form_sent = form_sent and waiting.queue is not Queue.CALLBACK
            entered[waiting.queue] = waiting
    left = {Queue.CALLBACK} if form_sent else set[Queue]()
    still = tuple(queue for queue in _open(after) if queue not in left)
    return Changes(still, tuple(each for each in entered.values() if each.queue in still))


def _open(after: Standing) -> tuple[Queue, ...]:
    """The queues that a ticket may stand in."""
    holds = {
        Queue.CONFIRMATION: after.stage is Stage.CONFIRMATION,
        Queue.CONSULTATION: after.stage is Stage.CONSULTATION,
        Queue.EXTENSION: after.extension_pending,
        Queue.APPROVAL: bool(after.approval_pending),
        Queue.CALLBACK: after.stage in (Stage.HANDLING, Stage.OBJECTION, Stage.CALLBACK) and after.attempt > 0,
        Queue.OBJECTION: after.stage is Stage.OBJECTION,
    }
    return tuple(queue for queue, is_open in holds.items() if is_open)


def _waiting(event: events.Event) -> Waiting | None:
    match event:
        case events.ConfirmationAsked():
            return Waiting(Queue.CONFIRMATION, event.due)
        case events.ConsultationOpened():
            return Waiting(Queue.CONSULTATION, event.due)
        case events.ConsultationFailed():
            return Waiting(Queue.CONSULTATION, event.designation_due)
        case events.ExtensionAsked():
            return Waiting(Queue.EXTENSION, event.decision_due)
        case events.ApprovalAsked():
            return Waiting(Queue.APPROVAL, event.decision_due)
        case events.Objected():
            return Waiting(Queue.OBJECTION, event.decision_due)
        case events.DecisionPressed():
            queue = _OF_CLOCK.get(ClockName(event.clock))
            return Waiting(queue, event.due) if queue else None
        case _:
            return None


def _calling(event: events.Event) -> Waiting | None:
    match event:
        case events.ReportedDone() | events.Settled():
            return Waiting(Queue.CALLBACK, event.callback_until, event.callback_at)
        case events.CallbackPlanned():
            return Waiting(Queue.CALLBACK, event.until, event.at)
        case _:
            return None
