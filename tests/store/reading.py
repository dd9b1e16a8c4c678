"""How much PostgreSQL reads for what is asked."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from store.connection import Answered, Connection


async def rows_read_by(connection: Connection, ask: Callable[[Connection], Awaitable[object]]) -> float:
    """Rows read for the first statement of `ask`, which is run twice."""
    heard: list[Answered] = []
    with connection.query_logger(heard.append):
        await ask(connection)
        await connection.fetchval("SELECT 1")  # by then the first one was heard
    plan = json.loads(await connection.fetchval(f"EXPLAIN (ANALYZE, FORMAT json) {heard[0].query}", *heard[0].args))
    return rows_read(plan[0]["Plan"])


def rows_read(node: dict[str, Any]) -> float:
    """Rows that a plan has taken from tables and indexes, also those that it threw away."""
    own = 0.0
    if "Relation Name" in node:
        own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    return own + sum(rows_read(each) for each in node.get("Plans", []))
