"""The end of a complaint: its outcome, whether the callback counts, and audit flags (R33, R39; 条例 art. 32, 35)."""

from dataclasses import replace

from domain.complaint import Complaint
from domain.events import Closed
from domain.lifecycle import Stage
from domain.outcome import Outcome


def close(state: Complaint, outcome: Outcome, *, effective: bool = False, denied: bool = False) -> Closed:
    """The closing event. `effective`: the three questions were answered; `denied`: the complainant says that nobody
    made the contact that the unit had recorded."""
    return Closed(outcome, effective, flags(state, denied=denied))


def flags(state: Complaint, *, denied: bool = False) -> tuple[str, ...]:
    """What an auditor should look at, in a fixed order (R39)."""
    raised = {
        "overdue": state.was_overdue,
        "no_contact": state.stage is Stage.CALLBACK and not state.contacted,
        "contact_denied": denied or state.contact_denied,
        "co_handler_overridden": state.overrode,
        "reworked": state.reworks > 0,
        "escalated": bool(state.escalated_to),
        "callback_missed": state.missed_callbacks > 0,
        "deferred": state.deferred,
    }
    return tuple(name for name, is_raised in raised.items() if is_raised)


def apply_closed(state: Complaint, event: Closed) -> Complaint:
    """Nothing runs and nobody is owed anything any more: no co-handler outlives its lead unit (R26)."""
    nothing = replace(
        state,
        clocks=(),
        co_handlers=tuple(replace(each, finished=True) for each in state.co_handlers),
        escalation=None,
        extension=None,
        approval=None,
        consulting=(),
    )
    return replace(nothing.moved(Stage.CLOSED), outcome=event.outcome)
