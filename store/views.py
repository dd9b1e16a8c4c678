"""Who was shown personal data: one row a view, appended only."""

from dataclasses import dataclass
from datetime import datetime

from domain.actor import Actor
from store.connection import Executor


@dataclass(frozen=True, slots=True)
class View:
    """One view. `what` was shown: matter, contact, notes."""

    view_id: int
    at: datetime
    role: str
    name: str
    unit: str
    what: list[str]


async def add(connection: Executor, ticket_no: str, actor: Actor, what: list[str]) -> None:
    """Note that `actor` is shown something of a ticket."""
    await connection.execute(
        "INSERT INTO views (ticket_no, role, name, unit, what) VALUES ($1, $2, $3, $4, $5)",
        *(ticket_no, actor.role.value, actor.name, actor.unit, what),
    )


async def of_ticket(connection: Executor, ticket_no: str, before: int | None, most: int) -> list[View]:
    """Views of one ticket, newest first, those before view `before`."""
    found = await connection.fetch(
        """SELECT view_id, at, role, name, unit, what FROM views
           WHERE ticket_no = $1 AND ($2::bigint IS NULL OR view_id < $2) ORDER BY view_id DESC LIMIT $3""",
        *(ticket_no, before, most),
    )
    return [View(**dict(record)) for record in found]
