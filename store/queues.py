"""What waits for a person, in order: urgent first, then by when its clock runs out. Written by the journal."""

from dataclasses import dataclass
from datetime import datetime

from domain.queues import Queue
from domain.triage import Line
from store.connection import Executor

_COLUMNS = "ticket_no, urgency, due, opens_at"


@dataclass(frozen=True, slots=True)
class Place:
    """A ticket's place in its queue; whatever compares greater comes after it."""

    urgency: int
    due: datetime
    ticket_no: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A ticket that waits."""

    ticket_no: str
    urgency: int
    due: datetime
    opens_at: datetime | None

    @property
    def place(self) -> Place:
        """Where it stands in the queue."""
        return Place(self.urgency, self.due, self.ticket_no)


def query(
    queue: Queue, line: Line | None, but: Line | None, after: Place | None, most: int
) -> tuple[str, tuple[object, ...]]:
    """The statement that reads a page of a queue, and its values."""
    clauses, values = ["queue = $1"], list[object]([queue.value])
    if line is not None:
        values.append(line.value)
        clauses.append(f"line = ${len(values)}")
    if but is not None:
        values.append(but.value)
        clauses.append(f"line <> ${len(values)}")
    if after is not None:
        values += [after.urgency, after.due, after.ticket_no]
        first = len(values) - 2
        clauses.append(f"(urgency, due, ticket_no) > (${first}, ${first + 1}, ${first + 2})")
    values.append(most)
    return (
        f"SELECT {_COLUMNS} FROM waiting WHERE {' AND '.join(clauses)} ORDER BY urgency, due, ticket_no"
        f" LIMIT ${len(values)}",
        tuple(values),
    )


async def page(
    connection: Executor, queue: Queue, line: Line | None, but: Line | None, after: Place | None, most: int
) -> list[Entry]:
    """What waits in a queue after `after`, at most `most`; narrowed to `line`, without line `but`."""
    text, values = query(queue, line, but, after, most)
    return [Entry(**dict(record)) for record in await connection.fetch(text, *values)]
