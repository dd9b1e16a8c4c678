"""What complainants are shown of their own complaint."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import Field

from api.presents import Present
from domain import progress
from domain.journal import Row
from domain.lifecycle import ALLOWED, Action, Stage
from domain.outcome import Outcome
from domain.progress import Told
from rulebook.book import Book
from store.inbox import Command
from store.tickets import Ticket

OWN_ACTIONS = (Action.SUPPLEMENT, Action.WITHDRAWAL, Action.EVALUATION)
"""What a complainant does to a complaint, in the order in which it is offered."""


class OwnEntry(Present):
    """One thing that happened."""

    at: datetime
    """When it happened."""
    told: str = Field(examples=["八里庄街道已签收"])
    """What happened, in Chinese."""
    result: str | None
    """The result that the unit reported, in its words; null for everything else."""


class OwnComplaint(Present):
    """How far one's complaint has come."""

    ticket_no: str = Field(examples=["20261122-00000017"])
    """The number it is known by."""
    received_at: datetime
    """When it was received."""
    stage: str = Field(examples=["handling"])
    """Where it stands."""
    stage_told: str = Field(examples=["正在办理"])
    """Where it stands, in Chinese."""
    item_name: str = Field(examples=["电梯困人"])
    """What it is about, as the catalogue names it; empty when not known yet."""
    lead_name: str = Field(examples=["八里庄街道"])
    """Who handles it; empty before dispatch."""
    due: datetime | None
    """Until when it is to be handled."""
    contact_due: datetime | None
    """Until when the unit is to contact the complainant; null once it has."""
    callback_at: datetime | None
    """From when the hotline calls back."""
    form_until: datetime | None
    """Until when the evaluation form is open."""
    overdue: bool
    """Whether the handling limit has expired."""
    outcome: str = Field(examples=["resolved"])
    """How it ended; empty while open."""
    outcome_told: str = Field(examples=["已解决"])
    """How it ended, in Chinese; empty while open."""
    open_to: list[Literal["supplement", "withdrawal", "evaluation"]]
    """What the complainant can do now."""
    entries: list[OwnEntry]
    """What happened, oldest first."""


class OwnCommand(Present):
    """What has become of one's own action."""

    ticket_no: str = Field(examples=["20261122-00000017"])
    """The ticket."""
    command_id: str
    """The command's id."""
    action: str = Field(examples=["supplement"])
    """What was asked."""
    state: Literal["pending", "applied", "refused"]
    """pending: kept, will be applied once; applied; refused, with a code."""
    code: str
    """Refusal code, or empty."""

    @classmethod
    def of(cls, command: Command) -> "OwnCommand":
        """A kept command, without its words and without the unit's side of the standing."""
        return cls.model_validate({name: getattr(command, name) for name in cls.model_fields})


def own_complaint(
    ticket: Ticket, main: Ticket | None, rows: tuple[Row, ...], results: Mapping[str, str | None], book: Book
) -> OwnComplaint:
    """A ticket as its complainant may know it; `results` are reported words by their step. While it is joined to
    another one (R13), who handles that and until when is told, and nothing else of it."""
    clocks = progress.deadlines(rows)
    handled = main or ticket
    return OwnComplaint(
        ticket_no=ticket.ticket_no,
        received_at=ticket.received_at,
        stage=ticket.stage,
        stage_told=progress.STAGES[Stage(ticket.stage)],
        item_name=book.name_of(ticket.item),
        lead_name=book.name_of(handled.lead),
        due=main.due if main else clocks.due,
        contact_due=clocks.contact_due,
        callback_at=clocks.callback_at,
        form_until=clocks.form_until,
        overdue=handled.overdue,
        outcome=ticket.outcome,
        outcome_told=progress.OUTCOMES[Outcome(ticket.outcome)] if ticket.outcome else "",
        open_to=[action.value for action in OWN_ACTIONS if _is_open(action, ticket)],
        entries=[_entry(each, results) for each in progress.told(rows, book.name_of)],
    )


def _is_open(action: Action, ticket: Ticket) -> bool:
    """While it is still handled, only a callback that is due anyway can be answered by form."""
    asked = ticket.stage != Stage.HANDLING or bool(ticket.standing.get("attempt"))
    return ticket.stage in ALLOWED[action] and (action is not Action.EVALUATION or asked)


def _entry(told: Told, results: Mapping[str, str | None]) -> OwnEntry:
    return OwnEntry(at=told.at, told=told.told, result=results.get(told.result))
