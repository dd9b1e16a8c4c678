"""What the API answers with."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, with_config

from domain.refusal import Fact
from domain.standing import Standing
from store.inbox import Command
from store.journal import Row
from store.tickets import Ticket


class Present(BaseModel):
    """One JSON object. Instants are RFC 3339 with offset; codes are the glossary's."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class TicketTaken(Present):
    """A complaint that will not be lost."""

    ticket_no: str = Field(examples=["20261122-00000017"])
    """The number it is known by."""
    received_at: datetime
    """When it was received."""
    stage: str = Field(examples=["received"])
    """Where it stands."""
    due: datetime | None
    """Handling limit, once dispatched."""


class TicketShown(Present):
    """Where a complaint stands."""

    ticket_no: str = Field(examples=["20261122-00000017"])
    """The number it is known by."""
    received_at: datetime
    """When it was received."""
    stage: str = Field(examples=["handling"])
    """received, confirmation, consultation, settlement, joined, objection, handling, callback or closed."""
    kind: str | None = Field(examples=["help"])
    """One of the five types (R1)."""
    channel: str = Field(examples=["phone"])
    """Where it came in (R2)."""
    line: str = Field(examples=["ordinary"])
    """Line whose seats it belongs to: ordinary, enterprise or minors (R7, R8)."""
    main: str
    """Ticket that handles the same matter, while this one waits for its end (R13)."""
    supervision_level: int
    """How closely it is watched, 0 to 3 (R30)."""
    item: str = Field(examples=["010301"])
    """Catalogue item; empty when not known yet."""
    item_name: str = Field(examples=["电梯困人"])
    """The item's name in Chinese."""
    district: str = Field(examples=["110105"])
    """District of the matter."""
    street: str = Field(examples=["110105015"])
    """Street or township of the matter."""
    lead: str = Field(examples=["110105015"])
    """Lead unit; empty before dispatch."""
    lead_name: str = Field(examples=["八里庄街道"])
    """The lead unit's name."""
    units: list[str]
    """Every unit before which the complaint is."""
    tier: str = Field(examples=["2h"])
    """Handling tier."""
    policy: str
    """Policy version that it is handled under."""
    due: datetime | None
    """Handling limit."""
    next_clock: str = Field(examples=["sign_in"])
    """Which clock runs out next."""
    next_due: datetime | None
    """When it does."""
    overdue: bool
    """Whether the handling limit has expired."""
    urgent: bool
    """Taken up before others."""
    outcome: str = Field(examples=["resolved"])
    """How it ended; empty while open."""
    standing: dict[str, Fact]
    """All that the last journal row left, as an action answers it; empty until the complaint is taken up."""

    @classmethod
    def of(cls, ticket: Ticket, item_name: str, lead_name: str) -> "TicketShown":
        """A ticket with its codes named."""
        plain = {name: getattr(ticket, name) for name in cls.model_fields if hasattr(ticket, name)}
        return cls(**plain, item_name=item_name, lead_name=lead_name)


class ComplaintShown(TicketShown):
    """A complaint with what was said."""

    matter: str | None
    """The complainant's words; null once the complainant was erased."""
    community: str | None
    """Community of the matter, if it was named."""
    point: str | None
    """The exact point."""
    contact: dict[str, str | None] | None
    """Name and phone, for those who need them now; null for everybody else. The name is the one given with this
    complaint, else the first one given under its phone."""
    complainant_kind: str = Field(examples=["natural_person"])
    """As what the complainant speaks here: natural_person, legal_person or other_organisation (R3)."""
    confidential: bool
    """The complainant wishes confidentiality."""
    attachments: list[dict[str, Fact]]
    """Files by reference; none once the complainant was erased."""


class TicketPage(Present):
    """One page of a list, newest first."""

    tickets: list[TicketShown]
    """The tickets."""
    next: str | None
    """Cursor of the next page; null on the last."""


class Entry(Present):
    """One journal row, told."""

    seq: int
    """Its place in the journal."""
    at: datetime
    """When it happened."""
    kind: str = Field(examples=["SignedIn"])
    """What happened."""
    told: str = Field(examples=["八里庄街道签收"])
    """What happened, in Chinese."""
    role: str
    """Role of who did it."""
    unit: str
    """Unit of who did it."""
    facts: dict[str, Fact]
    """The row's facts."""
    note: str | None
    """What the actor had to say about it."""

    @classmethod
    def of(cls, row: Row, told: str, note: str | None) -> "Entry":
        """A row with its sentence and its words."""
        actor = row.actor
        return cls(
            seq=row.seq,
            at=row.at,
            kind=row.kind,
            told=told,
            role=actor.role,
            unit=actor.unit,
            facts=row.facts,
            note=note,
        )


class ViewShown(Present):
    """Somebody was shown personal data."""

    view_id: int
    """Its number in its book, which it shares with other tickets; later views have higher ones."""
    at: datetime
    """When it was shown."""
    role: str = Field(examples=["unit"])
    """Role of who was shown it."""
    name: str
    """Name of the key that asked."""
    unit: str = Field(examples=["110105015"])
    """Unit that the key acts for, or empty."""
    what: list[Literal["matter", "contact", "notes", "text"]]
    """What was shown; the matter goes together with the exact point. text: that its words hold what a list was narrowed
    by."""


class ViewPage(Present):
    """One page of who was shown a complaint's personal data, newest first."""

    ticket_no: str
    """The ticket."""
    views: list[ViewShown]
    """The views."""
    next: int | None
    """`before` of the next page; null on the last."""


class Timeline(Present):
    """What happened to a complaint, in order."""

    ticket_no: str
    """The ticket."""
    entries: list[Entry]
    """Journal rows, oldest first."""
    views: list[ViewShown]
    """Who was shown the complaint's personal data, the newest hundred first; for those who may read views."""


class CommandShown(Present):
    """What has become of an action."""

    ticket_no: str
    """The ticket."""
    command_id: str
    """The command's id."""
    action: str
    """What was asked."""
    state: Literal["pending", "applied", "refused"]
    """pending: kept, will be applied once; applied; refused, with a code."""
    code: str
    """Refusal code, or empty."""
    told: dict[str, Fact] | None
    """The standing after it, or the refusal's facts."""

    @classmethod
    def of(cls, command: Command) -> "CommandShown":
        """A kept command, without its words."""
        return cls.model_validate({name: getattr(command, name) for name in cls.model_fields})


class ActionKept(Present):
    """An action that the engine has not answered yet. It is kept and will be applied or refused once, by itself."""

    ticket_no: str = Field(examples=["20261122-00000017"])
    """The ticket."""
    command_id: str = Field(examples=["0b9f54c2-8f0c-5a53-9d52-7f3b2a6f2d10"])
    """Look it up under `/v1/complaints/{ticket_no}/commands/{command_id}`."""
    state: Literal["pending"] = "pending"
    """Neither applied nor refused so far."""


ACTION_ANSWER = with_config(ConfigDict(use_attribute_docstrings=True))(Standing)
"""What an applied action answers with; the domain's own words describe its fields."""
