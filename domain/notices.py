"""Who is told what when something happens: units, the hotline centre, the complainant (R16, R24, 条例 art. 15)."""

from dataclasses import dataclass

from domain import events
from domain.case import Events
from domain.complaint import Complaint

COMPLAINANT = "complainant"
"""Audience of what goes to the person; the way to reach the person stays in the database."""
CENTRE = "centre"
BUREAU = "bureau"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one audience: a unit code or one of the names above."""

    kind: str
    audience: str


def notices(happened: Events, after: Complaint) -> tuple[Notice, ...]:
    """The notices that `happened` calls for, each once, in order."""
    found = [Notice(type(event).__name__, audience) for event in happened for audience in _audiences(event, after)]
    return tuple(dict.fromkeys(notice for notice in found if notice.audience))


def _audiences(event: events.Event, after: Complaint) -> tuple[str, ...]:
    match event:
        case events.Dispatched():
            return (event.lead, event.copy_to, COMPLAINANT)
        case events.ReworkOrdered() | events.ObjectionRejected() | events.Supplemented():
            return (after.lead,)
        case events.Supervised() | events.ClockRang():
            return (after.lead, after.copy_to)
        case events.ConfirmationAsked() | events.ExtensionAsked() | events.CallbackPlanned():
            return (CENTRE,)
        case events.CallbackMissed() | events.DecisionPressed():
            return (CENTRE, BUREAU)
        case events.Objected():
            return (BUREAU, CENTRE)
        case events.ExtensionGranted():
            return (after.lead, COMPLAINANT)
        case events.ExtensionDenied():
            return (after.lead,)
        case events.CoHandlerJoined():
            return (event.unit,)
        case events.CoHandlerReported():
            return (after.lead,)
        case events.Escalated():
            return (event.to, after.lead)
        case events.ReportedDone():
            return (CENTRE, COMPLAINANT)
        case events.AnsweredAtOnce() | events.NotDispatchedTold() | events.RepeatLinked() | events.CallbackFormSent():
            return (COMPLAINANT,)
        case events.ObjectionUpheld():
            return (event.unit, *event.co_handlers)
        case events.OpinionIssued():
            return (event.lead, after.lead)
        case events.Closed():
            return (after.lead, COMPLAINANT, *(each.unit for each in after.co_handlers))
        case _:
            return ()
