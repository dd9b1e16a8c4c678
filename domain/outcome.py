"""How a complaint ended."""

from enum import StrEnum


class Outcome(StrEnum):
    """The one outcome of a closed complaint."""

    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    STATUTORY_CHANNEL = "statutory_channel"
    SECRET = "secret"
    OUTSIDE_DUTY = "outside_duty"
    UNLAWFUL = "unlawful"
    SISTER_HOTLINE = "sister_hotline"
    DUPLICATE = "duplicate"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    RESOLVED = "resolved"
    PARTLY_RESOLVED = "partly_resolved"
    EXPLAINED = "explained"
    UNRESOLVED = "unresolved"
    NOT_REACHED = "not_reached"


class DoneAs(StrEnum):
    """What the lead unit reports: the matter is resolved, or explained as objectively unsolvable (R25)."""

    RESOLVED = "resolved"
    EXPLAINED = "explained"
