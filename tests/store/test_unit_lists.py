"""A unit's own list costs what it shows, however much the unit has had."""

from collections.abc import AsyncGenerator

import pytest

from local.stack import Stack
from store import tickets
from store.connection import Connection
from store.tickets import Filter
from tests.store.own_database import own_connection
from tests.store.reading import rows_read_by

HAD = 20_000
MOST = 50
_FILL = f"""
INSERT INTO tickets (ticket_no, received_at, channel, stage, units)
SELECT to_char(date '2026-12-01' + n % 60, 'YYYYMMDD') || '-' || lpad(n::text, 8, '0'), now(), 'phone', 'closed',
    CASE WHEN n % 10 = 0 THEN ARRAY['U-2'] ELSE ARRAY['U-1'] END FROM generate_series(1, {HAD}) AS n;
INSERT INTO ticket_units (unit, ticket_no) SELECT 'U-1', ticket_no FROM tickets;
"""


@pytest.fixture(scope="module")
async def connection(stack: Stack) -> AsyncGenerator[Connection, None]:
    """A unit that has had many tickets over some months, and has left every tenth of them."""
    months, vacuum = "SELECT open_months('2026-12-01', 3)", "VACUUM (ANALYZE) tickets, ticket_units"
    async with own_connection(stack.database_url, "unit_lists", months, _FILL, vacuum) as connection:
        yield connection


async def test_the_newest_come_first_without_those_that_the_unit_has_left(connection: Connection) -> None:
    listed = await tickets.listed(connection, Filter(unit="U-1"), MOST)
    numbers = [ticket.ticket_no for ticket in listed]
    wanted = await connection.fetch(
        "SELECT ticket_no FROM tickets WHERE units = ARRAY['U-1'] ORDER BY ticket_no DESC LIMIT $1", MOST
    )
    assert numbers == [row["ticket_no"] for row in wanted]
    [following] = await tickets.listed(connection, Filter(unit="U-1", before=numbers[-2]), 1)
    assert following.ticket_no == numbers[-1]


@pytest.mark.parametrize("narrowed", [Filter(unit="U-1"), Filter(unit="U-1", before="20270102-00000000")])
async def test_a_units_list_reads_little_more_than_it_shows(connection: Connection, narrowed: Filter) -> None:
    assert await rows_read_by(connection, lambda asked: tickets.listed(asked, narrowed, MOST)) < 6 * MOST
