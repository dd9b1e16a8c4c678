"""Who is told what when something happens: units, the hotline centre, the complainant (R16, R24, 条例 art. 15)."""

from collections.abc import Mapping
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


_ALWAYS: Mapping[type[events.Event], tuple[str, ...]] = {
    events.ConfirmationAsked: (CENTRE,),
    events.ExtensionAsked: (CENTRE,),
    events.CallbackPlanned: (CENTRE,),
    events.ApprovalAsked: (CENTRE,),
    events.ConsultationStated: (CENTRE,),
    events.ConsultationFailed: (BUREAU,),
    events.Objected: (BUREAU, CENTRE),
    events.CallbackMissed: (CENTRE, BUREAU),
    events.DecisionPressed: (CENTRE, BUREAU),
    events.Separated: (CENTRE, COMPLAINANT),
    events.Settled: (CENTRE, COMPLAINANT),
    events.ReportedDone: (CENTRE, COMPLAINANT),
    events.AnsweredAtOnce: (COMPLAINANT,),
    events.RepeatLinked: (COMPLAINANT,),
    events.CallbackFormSent: (COMPLAINANT,),
}
_LEAD_AND: Mapping[type[events.Event], tuple[str, ...]] = {
    events.ReworkOrdered: (),
    events.ObjectionRejected: (),
    events.Supplemented: (),
    events.ApprovalDenied: (),
    events.RepeatCounted: (),
    events.ExtensionDenied: (),
    events.CoHandlerReported: (),
    events.ExtensionGranted: (COMPLAINANT,),
}
"""The lead unit, and whom else."""


def notices(happened: Events, after: Complaint) -> tuple[Notice, ...]:
    """The notices that `happened` calls for, each once, in order."""
    found = [Notice(type(event).__name__, audience) for event in happened for audience in _audiences(event, after)]
    return tuple(dict.fromkeys(notice for notice in found if notice.audience))


def _audiences(event: events.Event, after: Complaint) -> tuple[str, ...]:
    kind = type(event)
    if kind in _LEAD_AND:
        return (after.lead, *_LEAD_AND[kind])
    return _ALWAYS[kind] if kind in _ALWAYS else _named(event, after)


def _named(event: events.Event, after: Complaint) -> tuple[str, ...]:
    """Those whom the event or the state names."""
    match event:
        case events.Dispatched():
            return (event.lead, event.copy_to, COMPLAINANT)
        case events.Supervised() | events.ClockRang() | events.ReportInRefused():
            return (after.lead, after.copy_to)
        case events.Joined() | events.MainEnded() | events.SettlementOffered() | events.SettlementFailed():
            return (COMPLAINANT, after.lead)
        case events.RiskReported():
            return (*event.to, CENTRE)
        case events.SupervisionRaised():
            watching = (CENTRE, after.lead, after.copy_to or after.district, after.municipality)
            return watching[: event.level + 1]
        case events.ConsultationOpened():
            return (CENTRE, *event.units)
        case events.Replanned():
            return (after.lead, after.copy_to, *after.open_co_handlers, COMPLAINANT)
        case events.NotDispatchedTold():
            sister = event.channel if event.disposition is NotDispatched.SISTER_HOTLINE else ""
            return (COMPLAINANT, event.copy_to, sister)
        case events.CoHandlerJoined():
            return (event.unit,)
        case events.Escalated():
            return (event.to, after.lead)
        case events.ObjectionUpheld():
            return (event.unit, *event.co_handlers)
        case events.OpinionIssued():
            return (event.lead, after.lead)
        case events.Closed():
            return (after.lead, COMPLAINANT, *(each.unit for each in after.co_handlers))
        case _:
            return ()
