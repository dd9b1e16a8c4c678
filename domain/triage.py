"""What classification and the catalogue propose for a fresh complaint, before any rule has decided on it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.catalogue import NotDispatched
from domain.grounds import Risk
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
class Near:
    """An earlier ticket about the same matter, found by nearness or named by a seat (R12, R13)."""

    main: str
    same_complainant: bool
    score: int
    """Nearness in thousandths; 1000 when a seat named it."""
    is_open: bool
    stated: bool


@dataclass(frozen=True, slots=True)
class Emergency:
    """Emergency mode as it holds for one complaint (R44): handled in `tier`, or, outside its scope, deferred."""

    code: str
    tier: str
    deferred: bool


@dataclass(frozen=True, slots=True)
class Triage:
    """The classifier's proposal with its confidence in thousandths, the plan that follows from it (R15), and what the
    seat settled at intake or the hotline found."""

    kind: Kind
    urgent: bool
    confidence: int
    model: str
    plan: Plan
    answered: bool = False
    answer: str = ""
    """Code of the knowledge that answers it (R10, R45)."""
    disposition: NotDispatched | None = None
    """Why a seat found that it is not to be dispatched (R12)."""
    copy_to: str = ""
    near: Near | None = None
    new_facts: bool = False
    repeats: int = 0
    """Earlier tickets of the same complainant about the same matter."""
    risks: tuple[Risk, ...] = ()
    """What government has to know at once (R14)."""
    marks: tuple[str, ...] = ()
    """What raises the supervision level from the start: sensitive_words, group (R30)."""
    against: str = ""
    """Platform enterprise that may settle first (R7)."""
    emergency: Emergency | None = None

    @property
    def stands_alone(self) -> bool:
        """Whether it is joined to nothing, whatever is near to it: told, answered, or not to be dispatched."""
        settled = self.disposition is not None or self.answered or bool(self.answer)
        return settled or self.plan.not_dispatched is not None
