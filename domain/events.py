"""What can happen to a complaint, in the past tense. Each event is one row of the journal; its fields are the row's
facts. Instants are computed before the event is written, so that reading the journal needs no calendar."""

from dataclasses import dataclass
from datetime import datetime

from domain.answers import Resolved, Satisfied
from domain.catalogue import DayKind, NotDispatched, Tier
from domain.outcome import DoneAs, Outcome
from domain.terms import Reminder
from domain.triage import Kind


class Event:
    """Anything that happened."""


@dataclass(frozen=True)
class Classified(Event):
    kind: Kind
    item: str
    district: str
    street: str
    urgent: bool
    confidence: int
    model: str
    policy: str


@dataclass(frozen=True)
class ConfirmationAsked(Event):
    """A seat is to confirm, since confidence or place or unit is not clear enough (R15)."""

    why: str
    due: datetime


@dataclass(frozen=True)
class ClassificationConfirmed(Event):
    item: str
    district: str
    street: str
    corrected: bool
    policy: str


@dataclass(frozen=True)
class NotDispatchedTold(Event):
    """The complainant was told why the matter is not dispatched, and which channel is open (R12)."""

    disposition: NotDispatched
    channel: str


@dataclass(frozen=True)
class RepeatLinked(Event):
    repeat_of: str


@dataclass(frozen=True)
class AnsweredAtOnce(Event):
    """A consultation answered during intake (R10)."""


@dataclass(frozen=True)
class Dispatched(Event):
    """Sent to its lead unit with every deadline of the first hour on it (R16-R22)."""

    lead: str
    copy_to: str
    designated: bool
    policy: str
    tier: Tier
    day_kind: DayKind
    due: datetime
    provisional: bool
    around_clock: bool
    sign_in_due: datetime
    contact_due: datetime
    objection_until: datetime | None
    reminders: tuple[Reminder, ...]
    escalation_at: datetime


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
class Objected(Event):
    unit: str
    ground: str
    decision_due: datetime


@dataclass(frozen=True)
class ObjectionRejected(Event):
    sign_in_due: datetime


@dataclass(frozen=True)
class ObjectionUpheld(Event):
    """The unit was right; a dispatch to the next unit follows. `co_handlers` are relieved with it."""

    unit: str
    co_handlers: tuple[str, ...]


@dataclass(frozen=True)
class ExtensionAsked(Event):
    amount: str
    ground: str
    decision_due: datetime


@dataclass(frozen=True)
class ExtensionGranted(Event):
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
class ReportedDone(Event):
    """Reported to complainant and hotline centre (R24). `overriding` names co-handlers that were still open (R26)."""

    done_as: DoneAs
    overriding: tuple[str, ...]
    callback_at: datetime
    callback_until: datetime


@dataclass(frozen=True)
class CallbackMissed(Event):
    """An attempt's hour passed without a call."""

    attempt: int


@dataclass(frozen=True)
class NotReached(Event):
    attempt: int


@dataclass(frozen=True)
class CallbackPlanned(Event):
    """A seat calls at `at`; at `until` the attempt is missed."""

    attempt: int
    at: datetime
    until: datetime


@dataclass(frozen=True)
class CallbackFormSent(Event):
    until: datetime


@dataclass(frozen=True)
class CalledBack(Event):
    """The three questions were answered, by voice or by form (R32)."""

    contacted: bool
    resolved: Resolved
    satisfied: Satisfied
    by_form: bool


@dataclass(frozen=True)
class ReworkOrdered(Event):
    """Back to the lead unit with a fresh, shorter limit (rules §5)."""

    due: datetime
    provisional: bool
    contact_due: datetime
    reminders: tuple[Reminder, ...]
    escalation_at: datetime


@dataclass(frozen=True)
class Supplemented(Event):
    """The complainant added something; the words stand in the database, not here."""


@dataclass(frozen=True)
class Closed(Event):
    """The end. `flags` are audit flags (R39); `effective` says whether the callback counts in the rates (R33)."""

    outcome: Outcome
    effective: bool
    flags: tuple[str, ...]


EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}
"""Every event by the name its journal rows carry; a name is never reused for another meaning."""
