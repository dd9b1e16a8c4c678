"""A page of a queue is read by its index, however long the queue is and wherever the page begins."""

import json
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.queues import Queue
from domain.triage import Line
from local.stack import Stack
from store import queues, tickets
from store.connection import Pool, open_pool
from store.queues import Place
from tests.store.own_database import own_database

ROWS = 100_000
START = datetime(2026, 12, 1, tzinfo=UTC)
MIDDLE = Place(3, START + timedelta(minutes=ROWS // 2), "")


@pytest.fixture(scope="module")
async def full(stack: Stack) -> AsyncGenerator[Pool, None]:
    """A database in which 100,000 tickets wait, one in a hundred of them on the minors' line."""
    async with own_database(stack.database_url, "full_queues") as address, await open_pool(address, most=1) as pool:
        await pool.execute(
            """INSERT INTO waiting SELECT '20261201-' || lpad(n::text, 8, '0'),
                   (ARRAY['callback', 'callback', 'callback', 'confirmation', 'extension'])[n % 5 + 1],
                   CASE n % 100 WHEN 0 THEN 'minors' ELSE 'ordinary' END, CASE n % 50 WHEN 0 THEN 1 ELSE 3 END,
                   $1::timestamptz + make_interval(mins => n), NULL FROM generate_series(1, $2::int) n""",
            *(START, ROWS),
        )
        await pool.execute(
            """INSERT INTO tickets (ticket_no, received_at, channel)
               SELECT ticket_no, now(), 'phone' FROM waiting"""
        )
        await pool.execute("ANALYZE waiting, tickets")
        yield pool


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node of a plan."""
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


@pytest.mark.parametrize("line", [None, Line.MINORS])
@pytest.mark.parametrize("but", [None, Line.MINORS])
@pytest.mark.parametrize("after", [None, MIDDLE], ids=["the first page", "a page in the middle"])
async def test_a_page_is_an_index_scan_without_a_sort(
    full: Pool, line: Line | None, but: Line | None, after: Place | None
) -> None:
    text, values = queues.query(Queue.CALLBACK, line, but, after, 51)
    told = await full.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {text}", *values)
    (plan,) = json.loads(told)
    kinds = {node["Node Type"] for node in nodes(plan["Plan"])}
    assert kinds <= {"Limit", "Index Scan", "Index Only Scan"}, kinds
    touched = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
    if not (line and but):
        assert touched < 400, touched


async def test_the_tickets_of_a_page_are_found_by_their_numbers(full: Pool) -> None:
    page = await queues.page(full, Queue.CALLBACK, None, None, MIDDLE, 51)
    told = await full.fetchval(f"EXPLAIN (FORMAT JSON) {tickets.OF_NUMBERS}", [entry.ticket_no for entry in page])
    (plan,) = json.loads(told)
    read = {node["Relation Name"]: node["Node Type"] for node in nodes(plan["Plan"]) if "Relation Name" in node}
    assert read["tickets_202612"] == "Index Scan", "the other months are empty, and pruned when it runs"


async def test_walking_a_whole_queue_tells_every_ticket_once_in_order(full: Pool) -> None:
    told: list[str] = []
    after: Place | None = None
    while found := await queues.page(full, Queue.EXTENSION, None, None, after, 5000):
        told += [entry.ticket_no for entry in found]
        after = found[-1].place
    order = "SELECT ticket_no FROM waiting WHERE queue = 'extension' ORDER BY urgency, due, ticket_no"
    assert told == [row["ticket_no"] for row in await full.fetch(order)]
    assert len(told) == ROWS // 5
