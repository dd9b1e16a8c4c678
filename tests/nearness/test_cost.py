"""Looking for what is near costs as much among many complaints as among few, also by a plan that is made only once."""

import json
from collections.abc import AsyncGenerator

import pytest

from local.stack import Stack
from store.connection import Connection
from store.nearness import EARLIER
from tests.store.own_database import own_connection
from tests.store.reading import rows_read

MANY = 20_000
_FILL = f"""
INSERT INTO complainants (complainant_id, key_id)
SELECT md5(n::text)::uuid, 'k1' FROM generate_series(1, {MANY}) AS n;
INSERT INTO complaints (ticket_no, complainant_id, received_at, channel, matter_sealed, district, street, item,
    answered, repeat_of, confidential)
SELECT to_char(date '2026-06-01' + n % 7 * interval '1 month', 'YYYYMMDD') || '-' || lpad(n::text, 8, '0'),
    md5(n::text)::uuid, now(), 'phone', '', '110105', '', '', false, '', false
FROM generate_series(1, {MANY}) AS n;
INSERT INTO tickets (ticket_no, received_at, channel, stage, item, district, street)
SELECT ticket_no, received_at, 'phone', 'handling', CASE WHEN n % 2 = 0 THEN '010105' ELSE 'i' || n % 424 END,
    CASE WHEN n % 2 = 0 THEN '110105' ELSE 'd' || n % 17 END, ''
FROM complaints, CAST(right(ticket_no, 8) AS integer) AS n;
INSERT INTO ticket_terms (ticket_no, pairs, names) SELECT ticket_no, ARRAY[1, 2], ARRAY[]::integer[] FROM complaints;
INSERT INTO open_terms (ticket_no, terms) SELECT ticket_no, ARRAY[1, 2] FROM complaints;
"""
_TYPES = "text, uuid, text, text, text, text, text, integer[], real[], bigint, boolean, bigint"
_EXECUTE = f"""EXPLAIN (ANALYZE, FORMAT json) EXECUTE near(
    '20261202-{MANY:08}', md5('{MANY}')::uuid, '20260601', '20261101', '%s', '%s', '', '{{1}}', '{{0.5}}', 20,
    false, 30)"""


@pytest.fixture(scope="module")
async def connection(stack: Stack) -> AsyncGenerator[Connection, None]:
    """Months of many complaints, each of somebody else, half of them a storm, and a process that plans once."""
    statements = (
        "SELECT open_months('2026-06-01', 12)",
        _FILL,
        "VACUUM (ANALYZE) complaints, tickets, ticket_terms, open_terms",
        "SET plan_cache_mode = force_generic_plan",
        f"PREPARE near ({_TYPES}) AS {EARLIER}",
    )
    async with own_connection(stack.database_url, "near_cost", *statements) as connection:
        yield connection


@pytest.mark.parametrize(("item", "district"), [("010105", "110105"), ("i7", "d7"), ("none", "none")])
async def test_few_rows_are_read_for_one_complaint(connection: Connection, item: str, district: str) -> None:
    plan = json.loads(await connection.fetchval(_EXECUTE % (item, district)))
    assert rows_read(plan[0]["Plan"]) < 2_000
