"""What classification and the catalogue propose for a fresh complaint, before any rule has decided on it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.catalogue import NotDispatched
from domain.terms import Terms


class Kind(StrEnum):
    """The five types of complaint (R1): 咨询 求助 投诉 举报 建议."""

    CONSULTATION = "consultation"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"


class Line(StrEnum):
    """Lines with seats of their own (R7, R8)."""

    ORDINARY = "ordinary"
    ENTERPRISE = "enterprise"
    MINORS = "minors"


class Unclear(StrEnum):
    """Why no unit could be named."""

    PLACE = "place"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Route:
    """Where a matter goes: lead unit and district to copy (R16), or why that is unclear."""

    lead: str = ""
    copy_to: str = ""
    unclear: Unclear | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """An item at a place, what the catalogue of one policy version makes of it, and the terms it sets.

    `district` and `street` are division codes or empty; `municipality` is the unit that escalation ends at.
    """

    item: str
    district: str
    street: str
    municipality: str
    route: Route
    terms: Terms
    not_dispatched: NotDispatched | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    """The classifier's proposal with its confidence in thousandths, and the plan that follows from it (R15).

    `answered` and `repeat_of` are what the seat already settled at intake: a consultation answered on the spot (R10),
    or the ticket number of the same matter by the same complainant (R12).
    """

    kind: Kind
    urgent: bool
    confidence: int
    model: str
    plan: Plan
    answered: bool = False
    repeat_of: str = ""
