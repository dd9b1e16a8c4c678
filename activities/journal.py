"""Keeps the journal for workflows."""

from temporalio import activity

from activities.contracts import Heard, Recorded, Unheard
from domain.step import Step
from store import journal
from store.connection import Connection, Pool


class JournalBehind(Exception):
    """The journal is shorter than the workflow knows it: the database was put back to an earlier time. The complaint
    waits, and says so in the log, until somebody has read docs/operating.md on restoring."""


class JournalForked(Exception):
    """The journal's last row is not the one that the workflow knows under its number, or not the one that the ticket
    names: somebody has changed one of them. The complaint waits, and says so in the log."""


class JournalKeeper:
    """Appends steps; on a conflict tells what stands there."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @activity.defn(name="record")
    async def record(self, step: Step) -> Recorded:
        """One transaction: rows, ticket, command, notices. Rows that stand there already come back instead."""
        async with self._pool.acquire() as connection:
            if at := await journal.append(connection, step):
                return Recorded(True, step.rows, at)
            ticket_no = step.standing.ticket_no
            rows = await journal.rows_after(connection, ticket_no, step.expected_seq)
            if not rows:
                await _stands(connection, ticket_no, step)
            return Recorded(False, rows, await journal.instant(connection))

    @activity.defn(name="hear")
    async def hear(self, request: Unheard) -> Heard:
        """What the workflow has not heard of."""
        return Heard(await journal.rows_after(self._pool, request.ticket_no, request.seq))


async def _stands(connection: Connection, ticket_no: str, step: Step) -> None:
    """Raise unless the journal ends where the workflow takes it to end, and holds the step already."""
    seq, head = await journal.last(connection, ticket_no)
    if seq < step.expected_seq:
        raise JournalBehind(f"the journal of {ticket_no} ends before row {step.expected_seq}")
    if head != step.expected_head or not await journal.holds(connection, ticket_no, step.step):
        raise JournalForked(f"row {seq} of the journal of {ticket_no} is not the one that its workflow knows")
