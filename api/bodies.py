"""What the API is sent. Words that people write are fields of their own: they are sealed in the database, and only
the other fields go on as a command's facts."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from api.phone import PATTERN as PHONE
from domain.catalogue import NotDispatched, Tier
from domain.refusal import Fact
from domain.triage import Kind, Line
from rulebook.house_limits import AttachmentForm

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tab, line feed and carriage return; and lone surrogates."""


def printable(text: str) -> str:
    """Control characters and lone surrogates have no place in what people write."""
    if _UNPRINTABLE.search(text):
        raise PydanticCustomError("control_character", "Input should have no control characters")
    return text


Words = Annotated[str, Field(min_length=1, max_length=5000), AfterValidator(printable)]
Matter = Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(printable)]
ShortWords = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(printable)]
UnitCode = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,23}$", description="Unit code.", examples=["110105015"])]
PlaceCode = Annotated[
    str, Field(pattern=r"^([A-Z0-9]{3,12})?$", description="Division code, or empty.", examples=["110105"])
]
ItemCode = Annotated[str, Field(pattern=r"^([0-9]{6})?$", description="Catalogue leaf, or empty.", examples=["010301"])]
ItemClass = Annotated[str, Field(pattern=r"^([0-9]{2}){1,3}$", description="Catalogue leaf, or a class above it.")]
ChannelCode = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9_]{1,23}$", description="Channel code, of /v1/channels.", examples=["wechat"])
]
TICKET_PATTERN = r"^20[0-9]{6}-[0-9]{8}$"


class Body(BaseModel):
    """One JSON object; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    def said(self) -> bytes:
        """What tells two requests with one Idempotency-Key apart. Without what is as it would be by itself: a release
        with one more field knows the request of the one before again."""
        return self.model_dump_json(exclude_defaults=True).encode()


class Complainant(Body):
    """Who complains. A real name is not needed (条例 art. 2)."""

    kind: Literal["natural_person", "legal_person", "other_organisation"] = "natural_person"
    """Kind of complainant."""
    name: ShortWords | None = Field(default=None, examples=["王女士"])
    """Name, kept sealed."""
    phone: str | None = Field(default=None, pattern=PHONE, examples=["13800000000"])
    """Phone for contact and callback, kept sealed."""


class Attachment(Body):
    """A file by reference (R2); the file itself stays in the channel's store."""

    form: AttachmentForm
    """What it is."""
    reference: str = Field(max_length=300, pattern=r"^[\x21-\x7e]+$", examples=["rec/2026/11/22/000017.ogg"])
    """Where the channel keeps it. Kept sealed."""
    size_bytes: StrictInt = Field(ge=1, le=2**50, examples=[183_500])
    """Its size in bytes, as the channel knows it. How much a form may have is policy; more is refused with
    `attachment_too_large`, which names the limit."""


class IntakeBody(Body):
    """A complaint as a channel hands it in (R1-R3)."""

    matter: Matter = Field(examples=["小区停水两天了，物业电话没人接。"])
    """What it is about, in the complainant's words. Kept sealed."""
    channel: ChannelCode = "phone"
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
    community: Annotated[str, Field(max_length=100), AfterValidator(printable)] = Field("", examples=["红庙北里社区"])
    """Community (居/村) of the matter. Kept sealed."""
    point: ShortWords | None = Field(default=None, examples=["3号楼2单元"])
    """The exact point. Kept sealed."""
    item: ItemCode = ""
    """Catalogue item, where the seat has chosen one; else the classifier proposes."""
    urgent: StrictBool = False
    """Danger or outage: taken up before all others, and told to government as a possible emergency (R14)."""
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


class EmergencyBody(Body):
    """What emergency mode is switched on for (R44)."""

    district: PlaceCode = ""
    """District, as a division code; empty for the whole city."""
    items: tuple[Annotated[str, Field(pattern=r"^([0-9]{2}){1,3}$")], ...] = Field(
        (), max_length=200, examples=[["22"]]
    )
    """Catalogue items, or classes of two or four digits; none for all. They are urgent, everything else is deferred."""
    tier: Tier = Tier.HOURS_24
    """Handling tier of matters in its scope while it is on."""


class ActionBody(Body):
    """An action on a complaint."""

    note: Words | None = Field(default=None, examples=["已与诉求人电话联系，约定明日上午到场。"])
    """What the actor has to say about it. Kept sealed, shown in the timeline."""

    def facts(self) -> dict[str, Fact]:
        """Everything but the words, as a command's facts."""
        return self.model_dump(mode="json", exclude={"note"})

    def words(self) -> str | None:
        """What is kept sealed and shown in the timeline."""
        return self.note


class ReasonedBody(ActionBody):
    """An action that needs a reason in words."""

    note: Words = Field(examples=["涉及地下管线改造，需多部门会签。"])  # pyright: ignore[reportIncompatibleVariableOverride, reportGeneralTypeIssues]
    """The reason. Kept sealed, shown in the timeline."""


class EvidencedBody(ReasonedBody):
    """An action that files may speak for."""

    evidence: tuple[Attachment, ...] = Field((), max_length=20)
    """Files by reference."""

    def facts(self) -> dict[str, Fact]:
        """Files are words, too: where they are kept may name a person."""
        return self.model_dump(mode="json", exclude={"note", "evidence"})

    def words(self) -> str:
        """The reason, and the files below it."""
        return "\n".join([self.note, *(f"附件（{each.form}）：{each.reference}" for each in self.evidence)])
