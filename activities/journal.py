"""Keeps the journal for workflows."""

from temporalio import activity

from activities.contracts import Recorded, Step
from store import journal
from store.connection import Pool


class JournalKeeper:
    """Appends steps; on a conflict tells what stands there."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @activity.defn(name="record")
    async def record(self, step: Step) -> Recorded:
        """One transaction: rows, ticket, command, notices. Rows that stand there already come back instead."""
        async with self._pool.acquire() as connection:
            if await journal.append(connection, step.expected_seq, step.step, step.rows, step.standing, step.notices):
                return Recorded(appended=True)
            return Recorded(False, await journal.rows_after(connection, step.standing.ticket_no, step.expected_seq))
