"""Counting what happened, for boards and for the account at the end: from the database alone."""

from store.connection import Executor


async def stages(connection: Executor) -> dict[str, int]:
    """Tickets by stage."""
    return await _counted(connection, "SELECT stage AS name, count(*) AS count FROM tickets GROUP BY 1")


async def outcomes(connection: Executor) -> dict[str, int]:
    """Closed tickets by outcome."""
    return await _counted(
        connection,
        "SELECT outcome AS name, count(*) AS count FROM tickets WHERE stage = 'closed' GROUP BY 1 ORDER BY 2 DESC",
    )


async def clocks_fired(connection: Executor) -> dict[str, int]:
    """Clocks that ran out, by name."""
    return await _counted(
        connection,
        """SELECT facts ->> 'clock' AS name, count(*) AS count FROM journal WHERE kind = 'ClockRang'
           GROUP BY 1 ORDER BY 2 DESC""",
    )


async def ticket_numbers(connection: Executor, *, only_open: bool = False) -> list[str]:
    """Every ticket number, or those of complaints that are not closed, oldest first."""
    where = "WHERE stage <> 'closed'" if only_open else ""
    found = await connection.fetch(f"SELECT ticket_no FROM tickets {where} ORDER BY ticket_no")
    return [record["ticket_no"] for record in found]


async def _counted(connection: Executor, query: str) -> dict[str, int]:
    return {record["name"]: record["count"] for record in await connection.fetch(query)}
