"""What happens before a lead unit has it: classification, dispositions, risk, repeats."""

from dataclasses import dataclass
from datetime import datetime

from domain.catalogue import NotDispatched
from domain.events.event import Event
from domain.grounds import Measure, Risk
from domain.outcome import Outcome
from domain.triage import Kind


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
class EmergencyNoted(Event):
    """Taken up in emergency mode (R44): handled in `tier` when in its scope, else `deferred` from assessment."""

    emergency: str
    tier: str
    deferred: bool


@dataclass(frozen=True)
class RiskReported(Event):
    """Reported to government at once (R14); `to` are the governments that were told."""

    risk: Risk
    to: tuple[str, ...]


@dataclass(frozen=True)
class SupervisionRaised(Event):
    """The supervision level is `level` from now on, 1 to 3 (R30)."""

    level: int
    cause: str


@dataclass(frozen=True)
class Dissuaded(Event):
    """Abuse was answered, and recorded (R6)."""

    measure: Measure


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
    """The complainant was told why the matter is not dispatched, and which channel is open; `copy_to` is told too."""

    disposition: NotDispatched
    channel: str
    copy_to: str = ""


@dataclass(frozen=True)
class AnsweredAtOnce(Event):
    """A consultation answered at once: by a seat, or with the knowledge of code `answer` (R10, R45)."""

    answer: str = ""


@dataclass(frozen=True)
class RepeatLinked(Event):
    """The same matter was raised before, in a ticket that has ended (R12)."""

    repeat_of: str


@dataclass(frozen=True)
class Joined(Event):
    """The same matter is handled in ticket `main`; this complaint waits for its end (R13). `score` is the nearness in
    thousandths, 1000 when a seat said so; at `review_at` somebody looks whether it still waits rightly."""

    main: str
    same_complainant: bool
    new_facts: bool
    score: int
    review_at: datetime


@dataclass(frozen=True)
class Separated(Event):
    """A wrong merge was undone; a seat decides where this complaint goes (R13)."""

    main: str


@dataclass(frozen=True)
class MainEnded(Event):
    """The ticket that this complaint was joined to has ended with `outcome`, and the complainant is told."""

    main: str
    outcome: Outcome


@dataclass(frozen=True)
class RepeatCounted(Event):
    """Complaint `ticket_no` was joined to this one; new facts raise its priority (R13)."""

    ticket_no: str
    same_complainant: bool
    new_facts: bool


@dataclass(frozen=True)
class RepeatLeft(Event):
    """Complaint `ticket_no` is not joined to this one any more."""

    ticket_no: str
