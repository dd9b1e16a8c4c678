"""What handling units, governments and platform enterprises send."""

from typing import Literal

from pydantic import Field, StrictBool, StrictInt

from api.bodies import ActionBody, EvidencedBody, ReasonedBody, UnitCode
from domain.grounds import ExtensionGround, Level, ObjectionGround, OpinionKind, Takes, TerminationGround
from domain.outcome import DoneAs
from domain.refusal import Fact


class SignInBody(ActionBody):
    """签收."""


class ContactBody(ActionBody):
    """The lead unit contacted the complainant (R24)."""

    reached: StrictBool
    """Whether somebody answered."""


class ProgressBody(ReasonedBody):
    """How far the lead unit has come."""


class ObjectionBody(EvidencedBody):
    """派单异议 (条例 art. 12)."""

    ground: ObjectionGround
    """Not my duty, or not my area."""


class ExtensionRequestBody(ReasonedBody):
    """延期 (条例 art. 15)."""

    ground: ExtensionGround
    """Why."""
    days: StrictInt = Field(0, ge=0, le=100, examples=[5])
    """Working days, in the 7-day and 15-day tiers."""
    hours: StrictInt = Field(0, ge=0, le=240)
    """Hours, in the 24-hour tier."""


class CoHandlingBody(ActionBody):
    """协办, ordered by the lead unit (条例 art. 14)."""

    units: tuple[UnitCode, ...] = Field(min_length=1, max_length=10, examples=[["D-ZJW"]])
    """Units that are to co-handle."""


class CoHandlingReportBody(ReasonedBody):
    """A co-handler's result, or reason plus stage progress (R26)."""

    finished: StrictBool
    """True for a result, false for stage progress."""


class WhistleBody(CoHandlingBody):
    """吹哨, by a street or township (R27)."""


class ReportInBody(ActionBody):
    """报到, by a whistled unit."""

    present: StrictBool = True
    """False when it refuses to come: its district government presses (R27)."""


class EscalationBody(ReasonedBody):
    """提级, by the lead unit (条例 art. 20)."""

    level: Level
    """Whose opinion is asked."""
    unit: UnitCode | Literal[""] = ""
    """The line department, with level department."""


class OpinionBody(ReasonedBody):
    """The addressed government's opinion (R28)."""

    opinion: OpinionKind
    """What it decides."""
    units: tuple[UnitCode, ...] = Field((), max_length=10)
    """The new lead unit, or the co-handlers."""
    days: StrictInt = Field(0, ge=0, le=100, examples=[5])
    """With extend, in the 7-day and 15-day tiers: working days."""
    hours: StrictInt = Field(0, ge=0, le=240)
    """With extend, in the 24-hour tier: hours."""


class ReportDoneBody(EvidencedBody):
    """The lead unit's result, told to complainant and hotline centre (R24, R25)."""

    done_as: DoneAs
    """Resolved, or explained as objectively unsolvable."""
    override: StrictBool = False
    """Report although a co-handler is open; the reason stands in note."""

    def facts(self) -> dict[str, Fact]:
        """With the number of files: what cannot be resolved needs at least one (R25)."""
        return {**super().facts(), "evidence": len(self.evidence)}


class ConsultationStatementBody(ReasonedBody):
    """What a party to a consultation is ready to take (R18)."""

    takes: Takes
    """Lead, co-handling, or nothing."""


class SettlementBody(ReasonedBody):
    """What a platform enterprise made of a consumer dispute (R7)."""

    settled: StrictBool
    """Whether it settled with the consumer."""


class TerminationRequestBody(ReasonedBody):
    """The lead unit asks to end handling without a result (R31)."""

    ground: TerminationGround
    """Why."""
