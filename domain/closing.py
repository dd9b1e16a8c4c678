"""The end of a complaint: its outcome, whether the callback counts, and audit flags (R33, R39; 条例 art. 32, 35)."""

from dataclasses import replace

from domain.complaint import Complaint
from domain.events import Closed
from domain.lifecycle import Stage
from domain.outcome import Outcome


def close(state: Complaint, outcome: Outcome, *, effective: bool = False) -> Closed:
    """The closing event. `effective` says that the three questions were answered."""
    return Closed(outcome, effective, flags(state))


def flags(state: Complaint) -> tuple[str, ...]:
    """What an auditor should look at, in a fixed order (R39)."""
    raised = {
        "overdue": state.overdue,
        "no_contact": state.done_as is not None and not state.contacted,
        "co_handler_overridden": state.overrode,
        "reworked": state.reworks > 0,
        "escalated": bool(state.escalated_to),
        "callback_missed": state.missed_callbacks > 0,
    }
    return tuple(name for name, is_raised in raised.items() if is_raised)


def apply_closed(state: Complaint, event: Closed) -> Complaint:
    """Nothing runs any more."""
    return replace(state.moved(Stage.CLOSED), clocks=(), outcome=event.outcome, escalation=None, extension=None)
