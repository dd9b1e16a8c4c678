"""Instants at which somebody is told of a duty beside complaints: an answer to review (R45), a call to return (R9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BellKind(StrEnum):
    """What a bell rings for; the kind of the notice that it becomes."""

    REVIEW_DUE = "KnowledgeReviewDue"
    REVIEW_OVERDUE = "KnowledgeReviewOverdue"
    CALL_DUE = "MissedCallDue"
    CALL_OVERDUE = "MissedCallOverdue"


@dataclass(frozen=True, slots=True)
class Bell:
    """Something to be told at an instant."""

    at: datetime
    kind: BellKind


def heard(bells: Iterator[Bell], rung: datetime | None, now: datetime) -> tuple[Bell | None, Bell | None]:
    """Of rising `bells` after `rung`: the last that is due by `now`, and the first that is not. Those between are let
    go: who was told of nothing for a month is told once."""
    due: Bell | None = None
    for bell in bells:
        if bell.at > now:
            return due, bell
        if rung is None or bell.at > rung:
            due = bell
    return due, None
