"""What workflows may ask of the world: typed stubs, all that workflows import. The doing stands in the neighbours,
under the same activity names, which are never renamed."""

from dataclasses import dataclass, field
from datetime import datetime

from temporalio import activity

from domain.journal import Row
from domain.refusal import Fact
from domain.step import Step
from domain.triage import Plan


@dataclass(frozen=True, slots=True)
class TakeUpRequest:
    """A complaint to take up, at an instant that decides which policy is in force."""

    ticket_no: str
    received_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The plan a complaint is handled under, and its first journal rows; `at` by the database's clock."""

    plan: Plan
    rows: tuple[Row, ...]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """An item and a place to plan for. `unit` names the lead where a person has chosen one; `policy` pins a version,
    empty for the one in force `at` that instant; `known` is the version to plan by where that one does not know item or
    place any more; `tier` is set by emergency mode (R44); `calendar` is the version whose calendar counts, where one
    was published since, and `since` when the first limit began, if before `at`."""

    ticket_no: str
    at: datetime
    item: str
    district: str
    street: str
    unit: str = ""
    policy: str = ""
    tier: str = ""
    calendar: str = ""
    known: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, or the code and facts of a refusal. A refusal is an answer and no failure: failures are waited out."""

    plan: Plan | None = None
    code: str = ""
    facts: dict[str, Fact] = field(default_factory=dict[str, Fact])


@dataclass(frozen=True, slots=True)
class Recorded:
    """Whether the step was appended, and the rows that stand in the journal since: its own, or those that stood there
    already and prevail; none of them means that this very step was recorded long ago. `at` by the database's clock.

    The rows are told also when they are the step's own, for this answer is what a later release replays: by its rules
    the step might have others."""

    appended: bool
    rows: tuple[Row, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unheard:
    """Rows of a complaint's journal after the last one that its workflow knows."""

    ticket_no: str
    seq: int


@dataclass(frozen=True, slots=True)
class Heard:
    """Those rows, in order; none when the workflow knows all."""

    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Attend:
    """A duty beside complaints to look at, at an instant. `rung` is its last bell that the workflow knows of."""

    code: str
    at: datetime
    rung: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attended:
    """How a duty stands: the last bell that was rung, and the next one with what it rings for; none when it is over."""

    rung: datetime | None
    next_at: datetime | None
    kind: str = ""


@activity.defn(name="take_up")
async def take_up(request: TakeUpRequest) -> TakenUp:
    """Classify a complaint, decide what follows, and record it; or tell what was recorded before."""
    raise AssertionError("a stub; the implementation is registered by the worker")


@activity.defn(name="plan")
async def plan(request: PlanRequest) -> Planned:
    """Plan for an item, place or unit that a person named. Refuses what the policy does not know."""
    raise AssertionError("a stub; the implementation is registered by the worker")


@activity.defn(name="record")
async def record(step: Step) -> Recorded:
    """Append to the journal, or tell what stands there instead."""
    raise AssertionError("a stub; the implementation is registered by the worker")


@activity.defn(name="hear")
async def hear(request: Unheard) -> Heard:
    """Tell what stands in the journal and was recorded by a worker that died before it could say."""
    raise AssertionError("a stub; the implementation is registered by the worker")


@activity.defn(name="attend")
async def attend(request: Attend) -> Attended:
    """Tell whoever has to hear of a duty that is due, once for each bell, and when to look at it again."""
    raise AssertionError("a stub; the implementation is registered by the worker")
