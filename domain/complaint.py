"""The state of one complaint: all that its workflow has to remember, and nothing about the person."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.clock import Clock, ClockName, Clocks, next_clock, started, stopped
from domain.grounds import Matter
from domain.leg import Legs
from domain.lifecycle import MOVES, Stage
from domain.outcome import DoneAs, Outcome
from domain.terms import Terms


@dataclass(frozen=True, slots=True)
class CoHandler:
    """A co-handling unit: whistled or not, reported in or not, open until it has finished (R26, R27)."""

    unit: str
    due: datetime
    whistled: bool = False
    reported_in: bool = False
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """A request that waits for its decision: a span as policy writes it."""

    amount: str


@dataclass(frozen=True, slots=True)
class Escalation:
    """A government that owes its opinion."""

    level: str
    to: str


@dataclass(frozen=True, slots=True)
class Approval:
    """What the hotline centre owes the lead unit an answer on (R25, R31)."""

    matter: Matter
    override: bool


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where a consumer dispute goes when its platform enterprise does not settle it (R7)."""

    lead: str
    copy_to: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint. Built only by applying events in order, so that its journal alone restores it."""

    ticket_no: str
    received_at: datetime
    stage: Stage = Stage.RECEIVED
    clocks: Clocks = ()
    terms: Terms | None = None
    municipality: str = ""
    policy: str = ""
    tier: str = ""
    item: str = ""
    district: str = ""
    street: str = ""
    urgent: bool = False
    emergency: str = ""
    emergency_tier: str = ""
    deferred: bool = False
    supervision_level: int = 0
    # the same matter
    main: str = ""
    joined: tuple[str, ...] = ()
    repeats: int = 0
    # dispatch
    consulting: tuple[str, ...] = ()
    consultation_failed: bool = False
    settlement: Settlement | None = None
    lead: str = ""
    copy_to: str = ""
    designated: bool = False
    upheld_objections: int = 0
    objection_until: datetime | None = None
    # handling
    signed_in: bool = False
    contacted: bool = False
    due: datetime | None = None
    legs: Legs = ()
    provisional: bool = False
    calendar: str = ""
    extensions: int = 0
    extension: Extension | None = None
    approval: Approval | None = None
    co_handlers: tuple[CoHandler, ...] = ()
    overdue: bool = False
    was_overdue: bool = False
    supervisions: int = 0
    escalation: Escalation | None = None
    escalated_to: str = ""
    # report and callback
    done_as: DoneAs | None = None
    overrode: bool = False
    attempt: int = 0
    callback_at: datetime | None = None
    called_back: bool = False
    contact_denied: bool = False
    missed_callbacks: int = 0
    reworks: int = 0
    outcome: Outcome | None = None

    @property
    def pinned(self) -> Terms:
        """The terms it is handled under. Asking before dispatch is a bug."""
        assert self.terms is not None, f"{self.ticket_no} has no terms before dispatch"
        return self.terms

    @property
    def open_co_handlers(self) -> tuple[str, ...]:
        """Units that co-handle and have not finished."""
        return tuple(each.unit for each in self.co_handlers if not each.finished)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that may read it: lead, co-handlers, parties to its consultation, the district that supervises,
        whoever owes an opinion."""
        named = [self.lead, self.copy_to, *self.consulting, *(each.unit for each in self.co_handlers)]
        if self.escalation is not None:
            named.append(self.escalation.to)
        return tuple(sorted({unit for unit in named if unit}))

    @property
    def next_due(self) -> Clock | None:
        """The clock that runs out first."""
        return next_clock(self.clocks)

    def moved(self, stage: Stage) -> "Complaint":
        """The same complaint in `stage`. A move that the table does not allow is a bug, not an input."""
        assert stage is self.stage or stage in MOVES[self.stage], f"{self.stage} → {stage}"
        return replace(self, stage=stage)

    def with_clocks(self, *new: Clock) -> "Complaint":
        """The same complaint with `new` clocks running, each in place of its namesake."""
        return replace(self, clocks=started(self.clocks, *new))

    def without_clocks(self, *names: ClockName, about: str | None = None) -> "Complaint":
        """The same complaint with the named clocks stopped, or only the one `about` something."""
        return replace(self, clocks=stopped(self.clocks, *names, about=about))
