"""The report of disputed items reads objections by their index, however long the journal is."""

import json
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.calendar import beijing_day
from domain.dispute import Decision, Objection
from local.stack import Stack
from store import disputes
from store.connection import Pool, open_pool
from tests.store.own_database import own_database

ROWS = 100_000
TODAY = beijing_day(datetime.now(UTC))
START = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


@pytest.fixture(scope="module")
async def full(stack: Stack) -> AsyncGenerator[Pool, None]:
    """A journal of 100,000 rows, five a ticket; in one ticket of a hundred the second is an objection, upheld in the
    third."""
    async with own_database(stack.database_url, "full_journal") as address, await open_pool(address, most=1) as pool:
        await pool.execute(
            """INSERT INTO journal (ticket_no, seq, step, kind, actor_role, actor_name, actor_unit, at, facts, hash)
               SELECT $1 || lpad((n / 5)::text, 8, '0'), n % 5 + 1, 'step',
                   CASE WHEN n / 5 % 100 = 0 THEN
                       (ARRAY['Classified', 'Objected', 'ObjectionUpheld', 'Dispatched', 'SignedIn'])[n % 5 + 1]
                   ELSE 'SignedIn' END,
                   'unit', 'u', 'u', $2::timestamptz + make_interval(secs => n),
                   CASE n % 5 WHEN 1 THEN '{"unit": "U", "ground": "not_my_duty"}'
                   ELSE '{"lead": "V", "designated": true}' END::jsonb, ''
               FROM generate_series(0, $3::int - 1) n""",
            *(f"{TODAY:%Y%m%d}-", START, ROWS),
        )
        await pool.execute(
            """INSERT INTO tickets (ticket_no, received_at, channel, item)
               SELECT DISTINCT ticket_no, now(), 'phone', '010105' FROM journal"""
        )
        await pool.execute("ANALYZE journal, tickets")
        yield pool


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node of a plan."""
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


async def test_all_of_them_are_counted_with_where_they_went(full: Pool) -> None:
    found = await disputes.objections(full, START, START + timedelta(days=30))
    assert found == [Objection("010105", "U", "not_my_duty", Decision.UPHELD, "V", True, ROWS // 500)]


async def test_an_hour_of_the_journal_is_read_by_the_index_of_objections(full: Pool) -> None:
    told = await full.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) {disputes.COUNT}", START, START + timedelta(hours=1))
    (plan,) = json.loads(told)
    read = [node for node in nodes(plan["Plan"]) if node.get("Relation Name", "").endswith(f"{TODAY:%Y%m}")]
    assert {node["Node Type"] for node in read} <= {"Index Scan", "Index Only Scan", "Bitmap Heap Scan"}, read
    assert max(node["Actual Rows"] for node in read) <= 10, "an hour holds eight objections"


async def test_nobody_looks_at_the_months_before(full: Pool) -> None:
    assert await disputes.objections(full, START - timedelta(days=400), START) == []
