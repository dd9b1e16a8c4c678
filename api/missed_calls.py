"""What the API is sent about missed calls, and what it shows of them (R9)."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StrictBool

from api.bodies import TICKET_PATTERN, Body
from api.instants import Instant
from api.phone import PATTERN
from api.presents import Present
from domain.missed_call import CallOutcome
from domain.triage import Line
from store.missed_calls import KeptCall

CALL_PATTERN = r"^MC-20[0-9]{6}-[0-9]{6}$"


class MissedCallBody(Body):
    """A call that nobody took."""

    phone: Annotated[str, Field(pattern=PATTERN, examples=["13800000000"])]
    """The number to call back, kept sealed."""
    called_at: Instant
    """When it rang."""
    line: Line = Line.ORDINARY
    """The line that was called (R7, R8)."""
    urgent: StrictBool = False
    """Danger was heard or chosen in the menu: returned before others."""


class CallOutcomeBody(Body):
    """What an attempt to call back came to."""

    outcome: CallOutcome
    """reached; not_reached: another attempt follows at another hour, or none is left; wrong_number: finished."""
    ticket_no: str = Field("", pattern=rf"({TICKET_PATTERN})|^$", examples=["20261122-00000017"])
    """The complaint or consultation that it became; for `reached`, and for nothing else."""


class MissedCallTaken(Present):
    """A missed call that will be returned."""

    code: str = Field(examples=["MC-20261122-000017"])
    """Its number."""
    main: str
    """The earlier call that it is joined to: the person is called back once for both; or empty."""
    due: datetime
    """By when it is returned."""

    @classmethod
    def of(cls, kept: KeptCall) -> "MissedCallTaken":
        """A call as it was taken in."""
        return cls(code=kept.call.code, main=kept.main, due=kept.call.due)


class AttemptShown(Present):
    """One attempt to call back."""

    at: datetime
    """When."""
    outcome: str = Field(examples=["not_reached"])
    """reached, not_reached or wrong_number."""
    by: str
    """Name of the key that told of it."""


class MissedCallShown(MissedCallTaken):
    """Where a missed call stands."""

    line: str = Field(examples=["ordinary"])
    """ordinary, enterprise or minors."""
    urgent: bool
    """Returned before others."""
    called_at: datetime
    """When it rang."""
    received_at: datetime
    """When it was kept."""
    calls: int
    """How often the person has called, joined calls too."""
    state: str = Field(examples=["open"])
    """open, joined, called_again (and heard), reached, not_reached (all attempts used up), wrong_number, or erased
    (there is no number any more)."""
    late: bool
    """Whether it should have been returned by now."""
    not_before: datetime
    """From when on a further attempt counts."""
    attempts: list[AttemptShown]
    """What was tried, oldest first."""
    ticket_no: str
    """The complaint that it became, or that the person called again with; or empty."""

    @classmethod
    def standing(cls, kept: KeptCall, now: datetime) -> "MissedCallShown":
        """A call as it stands at an instant."""
        call = kept.call
        same = {
            name: getattr(call, name) for name in ("line", "urgent", "called_at", "state", "not_before", "ticket_no")
        }
        return cls(
            **MissedCallTaken.of(kept).model_dump(),
            **same,
            received_at=kept.received_at,
            calls=kept.calls,
            late=call.is_late(now),
            attempts=[AttemptShown(at=each.at, outcome=each.outcome, by=each.by) for each in call.attempts],
        )


class MissedCallContact(MissedCallShown):
    """A missed call with the number to call."""

    phone: str | None
    """The number; null once the person was erased. That it was shown is noted."""
