"""What goes into a complaint's workflow and what comes out."""

from dataclasses import dataclass
from datetime import datetime

from domain.actor import Actor
from domain.complaint import Complaint
from domain.refusal import Fact


@dataclass(frozen=True, slots=True)
class Carried:
    """Everything a complaint takes along when its history grows too long for one run."""

    state: Complaint
    seq: int
    head: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Start:
    """A complaint to take up: known by number, never by content."""

    ticket_no: str
    received_at: datetime
    carried: Carried | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A person's command as it was recorded in the inbox; its id is the update's id. `in_turn`: the journal is known to
    have rows that the workflow has not heard of, so it may not be refused before they were."""

    command_id: str
    actor: Actor
    facts: dict[str, Fact]
    in_turn: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """How a complaint's workflow ended: the outcome, and the journal's last row as the workflow knows it."""

    ticket_no: str
    outcome: str
    seq: int
    head: str


@dataclass(frozen=True, slots=True)
class DutyStart:
    """A duty beside complaints, known by its code; `rung` is taken along when its history grows too long."""

    code: str
    rung: datetime | None = None
