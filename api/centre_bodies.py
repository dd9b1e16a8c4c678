"""What seats, the bureau and complainants send."""

from typing import Literal

from pydantic import Field, StrictBool

from api.bodies import TICKET_PATTERN, ActionBody, PlaceCode, ReasonedBody, UnitCode
from domain.answers import Resolved, Satisfied
from domain.catalogue import NotDispatched
from domain.grounds import Measure, Risk


class ClassificationBody(ActionBody):
    """A seat confirms or corrects what the classifier proposed (R15)."""

    item: str = Field(pattern=r"^[0-9]{6}$", examples=["010301"])
    """Leaf code of the dispatch catalogue."""
    district: PlaceCode = ""
    """District of the matter."""
    street: PlaceCode = ""
    """Street or township of the matter."""
    unit: UnitCode | Literal[""] = ""
    """Lead unit, where the catalogue cannot name one."""
    disposition: NotDispatched | None = None
    """Why it is not to be dispatched (R12)."""
    copy_to: UnitCode | Literal[""] = ""
    """With a disposition: a unit that is told, to supervise it."""
    repeat_of: str = Field("", pattern=rf"({TICKET_PATTERN})|^$", examples=["20261122-00000017"])
    """Ticket of the same matter by the same complainant, which this one is joined to (R13)."""


class ObjectionDecisionBody(ReasonedBody):
    """The bureau's arbitration."""

    upheld: StrictBool
    """Whether the unit was right."""
    unit: UnitCode | Literal[""] = ""
    """Who gets the case, when upheld."""


class ExtensionDecisionBody(ActionBody):
    """The hotline centre's decision."""

    granted: StrictBool
    """Whether the limit moves."""


class CallbackBody(ActionBody):
    """A seat's callback attempt (R32)."""

    reached: StrictBool
    """Whether the complainant was reached."""
    contacted: StrictBool | None = None
    """Did the unit contact you?"""
    resolved: Resolved | None = None
    """Is it resolved?"""
    satisfied: Satisfied | None = None
    """Are you satisfied?"""


class EvaluationBody(ActionBody):
    """The complainant's own answers (R4)."""

    contacted: StrictBool
    """Did the unit contact you?"""
    resolved: Resolved
    """Is it resolved?"""
    satisfied: Satisfied
    """Are you satisfied?"""


class SupervisionBody(ReasonedBody):
    """督办 (条例 art. 5)."""


class SupplementBody(ReasonedBody):
    """What the complainant adds."""


class WithdrawalBody(ActionBody):
    """The complainant withdraws."""


class ConsultationBody(ReasonedBody):
    """会商, called by the centre (R18)."""

    units: tuple[UnitCode, ...] = Field(min_length=2, max_length=10, examples=[["110105015", "D-CGW"]])
    """The parties."""


class ConsultationDecisionBody(ReasonedBody):
    """What the parties agreed on, or the bureau's designation; the minutes stand in note (R18)."""

    unit: UnitCode
    """Lead unit."""
    co_handlers: tuple[UnitCode, ...] = Field((), max_length=10)
    """Co-handling units."""


class SeparationBody(ReasonedBody):
    """A wrong merge is undone (R13)."""


class ApprovalBody(ReasonedBody):
    """The centre on an explanation or a termination (R25, R31)."""

    approved: StrictBool
    """Whether it agrees."""


class RiskReportBody(ReasonedBody):
    """A risk that government has to know of at once (R14)."""

    risk: Risk
    """Which."""


class DissuasionBody(ReasonedBody):
    """Abuse of the hotline is answered; nobody is blocked (R6)."""

    measure: Measure
    """How."""
