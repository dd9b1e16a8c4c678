"""The lead unit, its co-handlers and the governments above at work."""

from dataclasses import dataclass
from datetime import datetime

from domain.events.event import Event
from domain.grounds import Matter
from domain.terms import Reminder


@dataclass(frozen=True)
class ClockRang(Event):
    """A limit ran out. The row's own instant less `due` is how late the clock was noticed."""

    clock: str
    about: str
    due: datetime


@dataclass(frozen=True)
class Supervised(Event):
    """督办: the case is pressed; `cause` says by which clock or by whom."""

    cause: str


@dataclass(frozen=True)
class DecisionPressed(Event):
    """Nobody decided in time: the one who has to is pressed, and has until `due`."""

    clock: str
    due: datetime


@dataclass(frozen=True)
class SignedIn(Event):
    unit: str


@dataclass(frozen=True)
class ComplainantContacted(Event):
    reached: bool


@dataclass(frozen=True)
class ProgressReported(Event):
    unit: str


@dataclass(frozen=True)
class ExtensionAsked(Event):
    amount: str
    ground: str
    decision_due: datetime


@dataclass(frozen=True)
class ExtensionGranted(Event):
    """`since` is where the longer limit begins; `by_opinion` when a government gave it and not the centre (R28)."""

    since: datetime
    amount: str
    by_opinion: bool
    due: datetime
    provisional: bool
    reminders: tuple[Reminder, ...]
    escalation_at: datetime


@dataclass(frozen=True)
class ExtensionDenied(Event):
    """`lapsed`: nobody decided before the handling limit or the decision limit ran out."""

    lapsed: bool


@dataclass(frozen=True)
class CoHandlerJoined(Event):
    """A unit now co-handles; `report_in_due` is set when it was whistled for (R27)."""

    unit: str
    due: datetime
    report_in_due: datetime | None


@dataclass(frozen=True)
class ReportedIn(Event):
    unit: str


@dataclass(frozen=True)
class ReportInRefused(Event):
    """A whistled unit will not come; its district government presses (R27)."""

    unit: str


@dataclass(frozen=True)
class CoHandlerReported(Event):
    """`finished` is false for a reason with stage progress, which leaves the co-handler open (R26)."""

    unit: str
    finished: bool


@dataclass(frozen=True)
class Escalated(Event):
    """Put before a district or the municipal government, which must issue an opinion (R28)."""

    level: str
    to: str
    cause: str
    opinion_due: datetime
    next_at: datetime | None


@dataclass(frozen=True)
class OpinionIssued(Event):
    """`lead` is the lead unit that it was issued to, who may not be the one afterwards."""

    level: str
    by: str
    opinion: str
    lead: str


@dataclass(frozen=True)
class ApprovalAsked(Event):
    """The lead unit asks the centre: `matter` is an explanation of why it cannot be resolved, or a termination (R25,
    R31)."""

    matter: Matter
    ground: str
    evidence: int
    override: bool
    decision_due: datetime


@dataclass(frozen=True)
class ApprovalGiven(Event):
    matter: Matter


@dataclass(frozen=True)
class ApprovalDenied(Event):
    matter: Matter
