"""Who is told what when something happens: units, the hotline centre, the complainant (R16, R24, 条例 art. 15)."""

from dataclasses import dataclass

from domain import events
from domain.case import Events
from domain.catalogue import NotDispatched
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
        case events.ConfirmationAsked() | events.ExtensionAsked() | events.CallbackPlanned() | events.ApprovalAsked():
            return (CENTRE,)
        case events.ApprovalDenied() | events.RepeatCounted():
            return (after.lead,)
        case events.RiskReported():
            return (*event.to, CENTRE)
        case events.SupervisionRaised():
            watching = (CENTRE, after.lead, after.copy_to or after.district, after.municipality)
            return watching[: event.level + 1]
        case events.Joined() | events.MainEnded() | events.SettlementOffered() | events.SettlementFailed():
            return (COMPLAINANT, after.lead)
        case events.Separated() | events.Settled():
            return (CENTRE, COMPLAINANT)
        case events.ConsultationOpened():
            return (CENTRE, *event.units)
        case events.ConsultationStated():
            return (CENTRE,)
        case events.ConsultationFailed():
            return (BUREAU,)
        case events.Replanned():
            return (after.lead, after.copy_to, *after.open_co_handlers, COMPLAINANT)
        case events.ReportInRefused():
            return (after.lead, after.copy_to)
        case events.NotDispatchedTold():
            sister = event.channel if event.disposition is NotDispatched.SISTER_HOTLINE else ""
            return (COMPLAINANT, event.copy_to, sister)
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
        case events.AnsweredAtOnce() | events.RepeatLinked() | events.CallbackFormSent():
            return (COMPLAINANT,)
        case events.ObjectionUpheld():
            return (event.unit, *event.co_handlers)
        case events.OpinionIssued():
            return (event.lead, after.lead)
        case events.Closed():
            return (after.lead, COMPLAINANT, *(each.unit for each in after.co_handlers))
        case _:
            return ()
