"""Answers that the hotline gives at once (R10): each has an owning unit, and that unit a duty to keep it true (R45,
条例 art. 31)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.actor import Actor
from domain.bell import Bell, BellKind
from domain.calendar import midnight_after
from domain.unit import HANDLING_KINDS, UnitKind

OWNING_KINDS = HANDLING_KINDS | {UnitKind.BUREAU, UnitKind.CENTRE}
"""Kinds of units that keep answers."""


class KnowledgeState(StrEnum):
    """Whether an answer may be given."""

    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class KnowledgeLimits:
    """Policy values of the knowledge base."""

    answer_from: int = 550
    """Nearness, in thousandths, from which a consultation is answered without a seat (R10)."""
    warning_days: int = 14
    """How long before its review date the owner of an answer is told."""
    press_days: int = 7
    """How often the owner of an overdue answer is pressed."""
    review_days: int = 400
    """How far ahead a review date may lie at most."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One version of one answer. `review_on` is the last day on which it counts as true without a new review; `by` is
    who kept this version, `at` that instant."""

    code: str
    version: int
    item: str
    unit: str
    questions: tuple[str, ...]
    answer: str
    review_on: date
    state: KnowledgeState
    at: datetime
    by: Actor

    def is_overdue(self, today: date) -> bool:
        """Whether it has to be reviewed before it is used by itself again."""
        return self.state is KnowledgeState.IN_FORCE and today > self.review_on


def review_dates(today: date, limits: KnowledgeLimits) -> tuple[date, date]:
    """The first and the last day that a review may set."""
    return today + timedelta(days=1), today + timedelta(days=limits.review_days)


def review_bells(knowledge: Knowledge, limits: KnowledgeLimits) -> Iterator[Bell]:
    """When its owner hears of it: ahead of its review date, when that has passed, and then again and again. None once
    it is withdrawn."""
    if knowledge.state is KnowledgeState.WITHDRAWN:
        return
    overdue = midnight_after(knowledge.review_on)
    ahead = overdue - timedelta(days=limits.warning_days)
    if ahead > knowledge.at:  # who has just set a near date needs no warning of it
        yield Bell(ahead, BellKind.REVIEW_DUE)
    while True:
        yield Bell(overdue, BellKind.REVIEW_OVERDUE)
        overdue += timedelta(days=limits.press_days)
