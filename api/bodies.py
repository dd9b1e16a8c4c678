"""What the API is sent. Words that people write are fields of their own: they are sealed in the database, and only
the other fields go on as a command's facts."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from domain.answers import Resolved, Satisfied
from domain.catalogue import NotDispatched
from domain.commands import ExtensionGround, Level, ObjectionGround, OpinionKind
from domain.outcome import DoneAs
from domain.refusal import Fact
from domain.triage import Kind, Line

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tab, line feed and carriage return; and lone surrogates."""


def _printable(text: str) -> str:
    """Control characters and lone surrogates have no place in what people write."""
    if _UNPRINTABLE.search(text):
        raise PydanticCustomError("control_character", "Input should have no control characters")
    return text


Words = Annotated[str, Field(min_length=1, max_length=5000), AfterValidator(_printable)]
Matter = Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(_printable)]
ShortWords = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
UnitCode = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,23}$", description="Unit code.", examples=["110105015"])]
PlaceCode = Annotated[
    str, Field(pattern=r"^([A-Z0-9]{3,12})?$", description="Division code, or empty.", examples=["110105"])
]
ItemCode = Annotated[str, Field(pattern=r"^([0-9]{6})?$", description="Catalogue leaf, or empty.", examples=["010301"])]
TICKET_PATTERN = r"^20[0-9]{6}-[0-9]{8}$"


class Body(BaseModel):
    """One JSON object; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Complainant(Body):
    """Who complains. A real name is not needed (条例 art. 2)."""

    kind: Literal["natural_person", "legal_person", "other_organisation"] = "natural_person"
    """Kind of complainant."""
    name: ShortWords | None = Field(default=None, examples=["王女士"])
    """Name, kept sealed."""
    phone: str | None = Field(default=None, pattern=r"^[0-9+][0-9 -]{4,24}$", examples=["13800000000"])
    """Phone for contact and callback, kept sealed."""


class Attachment(Body):
    """A file by reference (R2); the file itself stays in the channel's store."""

    form: Literal["voice", "picture", "video", "text"]
    """What it is."""
    reference: str = Field(max_length=300, pattern=r"^[\x21-\x7e]+$", examples=["rec/2026/11/22/000017.ogg"])
    """Where the channel keeps it."""


Channel = Literal["phone", "wechat", "weibo", "bjt_app", "people_cn", "network", "district_platform", "merged_hotline"]


class IntakeBody(Body):
    """A complaint as a channel hands it in (R1-R3)."""

    matter: Matter = Field(examples=["小区停水两天了，物业电话没人接。"])
    """What it is about, in the complainant's words. Kept sealed."""
    channel: Channel = "phone"
    """Where it came in (R2)."""
    kind: Kind | None = None
    """One of the five types (R1), where the seat knows it."""
    complainant: Complainant = Complainant()
    """Who complains."""
    confidential: StrictBool = False
    """The complainant wishes confidentiality."""
    district: PlaceCode = ""
    """District of the matter, as a division code."""
    street: PlaceCode = ""
    """Street or township of the matter, as a division code."""
    community: Annotated[str, Field(max_length=100), AfterValidator(_printable)] = Field("", examples=["红庙北里社区"])
    """Community (居/村) of the matter."""
    point: ShortWords | None = Field(default=None, examples=["3号楼2单元"])
    """The exact point. Kept sealed."""
    item: ItemCode = ""
    """Catalogue item, where the seat has chosen one; else the classifier proposes."""
    urgent: StrictBool = False
    """Danger or outage: taken up before all others."""
    answered: StrictBool = False
    """The seat has answered a consultation on the spot (R10)."""
    answer: str = Field("", pattern=r"^[A-Z0-9-]{0,24}$", examples=["K-0101"])
    """The knowledge that it was answered with, by its code (R45); says `answered` too."""
    repeat_of: str = Field("", pattern=rf"({TICKET_PATTERN})|^$", examples=["20261122-00000017"])
    """Ticket number of the same matter by the same complainant (R12)."""
    new_facts: StrictBool = False
    """The repeat brings new facts: they raise the priority of the first ticket (R13)."""
    disposition: NotDispatched | Literal[""] = ""
    """Why the seat finds that it is not to be dispatched (R12); else the catalogue item says."""
    copy_to: UnitCode | Literal[""] = ""
    """A unit that is told of a matter outside any unit's duty, to supervise it (R12)."""
    line: Line = Line.ORDINARY
    """The enterprise line and the minors' line have seats of their own (R7, R8)."""
    origin: str = Field("", pattern=r"^[A-Z0-9-]{0,24}$", examples=["H-12315"])
    """The merged hotline that it came from, by its code (R2)."""
    against: UnitCode | Literal[""] = ""
    """The platform enterprise that a consumer disputes with: it may settle first (R7)."""
    attachments: tuple[Attachment, ...] = Field((), max_length=20)
    """Files by reference."""


class ActionBody(Body):
    """An action on a complaint."""

    note: Words | None = Field(default=None, examples=["已与诉求人电话联系，约定明日上午到场。"])
    """What the actor has to say about it. Kept sealed, shown in the timeline."""

    def facts(self) -> dict[str, Fact]:
        """Everything but the words, as a command's facts."""
        return self.model_dump(mode="json", exclude={"note"})


class ReasonedBody(ActionBody):
    """An action that needs a reason in words."""

    note: Words = Field(examples=["涉及地下管线改造，需多部门会签。"])  # pyright: ignore[reportIncompatibleVariableOverride, reportGeneralTypeIssues]
    """The reason. Kept sealed, shown in the timeline."""


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


class SignInBody(ActionBody):
    """签收."""


class ContactBody(ActionBody):
    """The lead unit contacted the complainant (R24)."""

    reached: StrictBool
    """Whether somebody answered."""


class ProgressBody(ReasonedBody):
    """How far the lead unit has come."""


class ObjectionBody(ReasonedBody):
    """派单异议 (条例 art. 12)."""

    ground: ObjectionGround
    """Not my duty, or not my area."""


class ObjectionDecisionBody(ReasonedBody):
    """The bureau's arbitration."""

    upheld: StrictBool
    """Whether the unit was right."""
    unit: UnitCode | Literal[""] = ""
    """Who gets the case, when upheld."""


class ExtensionRequestBody(ReasonedBody):
    """延期 (条例 art. 15)."""

    ground: ExtensionGround
    """Why."""
    days: StrictInt = Field(0, ge=0, le=100, examples=[5])
    """Working days, in the 7-day and 15-day tiers."""
    hours: StrictInt = Field(0, ge=0, le=240)
    """Hours, in the 24-hour tier."""


class ExtensionDecisionBody(ActionBody):
    """The hotline centre's decision."""

    granted: StrictBool
    """Whether the limit moves."""


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


class EscalationBody(ReasonedBody):
    """提级, by the lead unit (条例 art. 20)."""

    level: Level
    """Whose opinion is asked."""


class OpinionBody(ReasonedBody):
    """The addressed government's opinion (R28)."""

    opinion: OpinionKind
    """What it decides."""
    units: tuple[UnitCode, ...] = Field((), max_length=10)
    """The new lead unit, or the co-handlers."""


class ReportDoneBody(ReasonedBody):
    """The lead unit's result, told to complainant and hotline centre (R24, R25)."""

    done_as: DoneAs
    """Resolved, or explained as objectively unsolvable."""
    override: StrictBool = False
    """Report although a co-handler is open; the reason stands in note."""


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
