"""How a complaint finds its lead unit: consultation, settlement, dispatch, objection; and a calendar's new limit."""

from dataclasses import dataclass
from datetime import datetime

from domain.catalogue import DayKind, Tier
from domain.events.event import Event
from domain.grounds import Takes
from domain.terms import Reminder


@dataclass(frozen=True)
class ConsultationOpened(Event):
    """会商: `units` settle lead and co-handlers until `due` (R18)."""

    units: tuple[str, ...]
    due: datetime


@dataclass(frozen=True)
class ConsultationStated(Event):
    """What one party is ready to take."""

    unit: str
    takes: Takes


@dataclass(frozen=True)
class ConsultationFailed(Event):
    """No agreement in time: the bureau designates, until `designation_due` (R18)."""

    designation_due: datetime


@dataclass(frozen=True)
class ConsultationDecided(Event):
    """Lead and co-handlers are fixed, by agreement or by the bureau's designation."""

    designated: bool


@dataclass(frozen=True)
class SettlementOffered(Event):
    """A consumer dispute stands before its platform enterprise until `until`; failing that it goes to `lead` (R7)."""

    platform: str
    lead: str
    copy_to: str
    policy: str
    tier: Tier
    until: datetime


@dataclass(frozen=True)
class Settled(Event):
    """The enterprise settled; the complainant is asked whether that is so."""

    unit: str
    callback_at: datetime
    callback_until: datetime


@dataclass(frozen=True)
class SettlementFailed(Event):
    """Not settled, or not in time, or the complainant says otherwise: the dispatch that follows is the ordinary one."""

    unit: str


@dataclass(frozen=True)
class Dispatched(Event):
    """Sent to its lead unit with every deadline of the first hour on it (R16-R22)."""

    lead: str
    copy_to: str
    designated: bool
    since: datetime
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
class Replanned(Event):
    """A year's calendar was published, and the handling limit with all that hangs on it is no longer provisional."""

    calendar: str
    due: datetime
    provisional: bool
    reminders: tuple[Reminder, ...]
    escalation_at: datetime
