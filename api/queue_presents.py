"""What queues answer with."""

from datetime import datetime

from pydantic import Field

from api.presents import Present, TicketShown


class QueueEntry(Present):
    """A ticket that waits for a person."""

    due: datetime
    """When the clock that waits with it runs out."""
    opens_at: datetime | None
    """A callback's hour: not to be called before; null in the other queues."""
    ticket: TicketShown
    """Where the complaint stands."""


class QueuePage(Present):
    """One page of a queue, in the order in which it is to be taken."""

    queue: str = Field(examples=["callback"])
    """What is waited for."""
    entries: list[QueueEntry]
    """What waits."""
    next: str | None
    """Cursor of the next page; null on the last."""
