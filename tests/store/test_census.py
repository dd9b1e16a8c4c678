"""The census counts what is open, rightly, and looks at nothing that is closed."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from local.stack import Stack
from store import census
from store.connection import Connection
from tests.store.own_database import own_connection
from tests.store.reading import rows_read_by

CLOSED = 30_000
MONTH = "202612"

_FILL = f"""
INSERT INTO tickets (ticket_no, received_at, channel, stage, tier, due, overdue)
SELECT '{MONTH}01-' || lpad(n::text, 8, '0'), now(), 'phone', 'closed', '7d', now() - interval '1 hour', true
FROM generate_series(1, {CLOSED}) AS n;
INSERT INTO outbox (ticket_no, key, audience, kind, created_at, sent_at)
SELECT '{MONTH}01-' || lpad(n::text, 8, '0'), 'k', 'U1', 'Dispatched', now() - interval '1 day', now()
FROM generate_series(1, {CLOSED}) AS n;
INSERT INTO outbox (ticket_no, key, audience, kind, created_at)
SELECT '{MONTH}01-' || lpad(n::text, 8, '0'), 'fetched', 'NOBODY', 'Dispatched', now() - interval '9 hours'
FROM generate_series(1, {CLOSED}) AS n;
INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest, urgency,
    acknowledged_at)
SELECT '{MONTH}01-' || lpad(n::text, 8, '0'), 'intake', 'intake', 'seat', 's', '', '{{}}', '', 3, now()
FROM generate_series(1, {CLOSED}) AS n;
"""
_OPEN = f"""
INSERT INTO tickets (ticket_no, received_at, channel, stage, tier, due, next_due)
SELECT '{MONTH}02-0000000' || n, now(), 'phone', stage, tier, now() + due, now() + next_due FROM (VALUES
    (1, 'handling', '7d', interval '1 hour', interval '1 minute'),
    (2, 'handling', '7d', interval '-1 hour', interval '6 days'),
    (3, 'handling', '2h', interval '-2 minutes', interval '-2 minutes'),
    (4, 'handling', '2h', interval '-10 seconds', interval '-10 seconds'),
    (5, 'callback', '2h', interval '-1 hour', interval '-1 hour'),
    (6, 'received', '', NULL, NULL)) AS open (n, stage, tier, due, next_due);
INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest, urgency,
    received_at) VALUES
    ('{MONTH}02-00000001', 'a', 'sign-in', 'unit', 'u', '', '{{}}', '', 1, now() - interval '15 seconds'),
    ('{MONTH}02-00000002', 'a', 'sign-in', 'unit', 'u', '', '{{}}', '', 3, now() - interval '70 seconds'),
    ('{MONTH}02-00000003', 'a', 'sign-in', 'unit', 'u', '', '{{}}', '', 3, now() - interval '2 hours');
INSERT INTO receivers (audience, url, secret_sealed) VALUES ('U1', 'http://u1', 'k1:x'), ('U2', 'http://u2', 'k1:x');
INSERT INTO outbox (ticket_no, key, audience, kind, created_at) VALUES
    ('{MONTH}02-00000001', 'k', 'U1', 'Dispatched', now() - interval '3 minutes'),
    ('{MONTH}02-00000002', 'k', 'U1', 'Dispatched', now() - interval '1 minute');
"""
_TAKEN_IN = f"""
UPDATE tickets SET received_at = now() - interval '3 hours' WHERE ticket_no = '{MONTH}02-00000006';
INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest, urgency,
    acknowledged_at) VALUES ('{MONTH}02-00000006', 'intake', 'intake', 'seat', 's', '', '{{}}', '', 3, now());
"""


@pytest.fixture(scope="module")
async def connection(stack: Stack) -> AsyncGenerator[Connection, None]:
    """A database with a few open things among many that are done with."""
    vacuum = "VACUUM (ANALYZE) tickets, inbox, outbox"
    months = "SELECT open_months('2026-12-01', 1)"
    async with own_connection(stack.database_url, "census", months, _FILL, vacuum, _OPEN) as connection:
        yield connection


async def test_what_waits_is_counted_by_urgency_and_age(connection: Connection) -> None:
    found = {each.urgency: each for each in await census.waiting(connection)}
    assert found[1].older_than == {0: 1, 10: 1, 60: 0, 600: 0, 3600: 0}
    assert found[3].older_than == {0: 2, 10: 2, 60: 2, 600: 1, 3600: 1}
    assert found[3].oldest > timedelta(hours=2)
    assert found[2].oldest == timedelta()


async def test_open_complaints_are_counted_by_stage_and_tier(connection: Connection) -> None:
    assert await census.open_complaints(connection) == {
        ("handling", "7d"): 2,
        ("handling", "2h"): 2,
        ("callback", "2h"): 1,
        ("received", ""): 1,
    }


async def test_a_clock_that_ran_out_unheard_is_missed_after_a_minute(connection: Connection) -> None:
    assert await census.past_limit(connection) == {"handling": 3}
    assert await census.clocks_missed(connection) == {"handling": 1, "callback": 1}


async def test_a_complaint_that_the_engine_has_waits_to_be_taken_up(connection: Connection) -> None:
    assert await census.oldest_not_taken_up(connection) is None
    await connection.execute(_TAKEN_IN)
    age = await census.oldest_not_taken_up(connection)
    assert age is not None
    assert timedelta(hours=3) <= age < timedelta(hours=4)
    await connection.execute("DELETE FROM inbox WHERE command_id = 'intake' AND ticket_no LIKE '%02-00000006'")


async def test_a_notice_waits_only_where_there_is_a_receiver(connection: Connection) -> None:
    found = await census.oldest_notices(connection)
    assert found.keys() == {"U1"}
    assert timedelta(minutes=3) <= found["U1"] < timedelta(minutes=4)


async def test_months_with_room_are_counted(connection: Connection) -> None:
    assert await census.months_ahead(connection) >= 17


async def test_one_connection_has_the_turn_until_it_gives_it_back(stack: Stack, connection: Connection) -> None:
    other = await asyncpg.connect(stack.database_url.rpartition("/")[0] + "/census")
    assert await census.is_ours(connection)
    assert not await census.is_ours(other)
    await census.give_back(connection)
    assert await census.is_ours(other)
    await other.close()


@pytest.mark.parametrize(
    "ask",
    [
        census.waiting,
        census.open_complaints,
        census.past_limit,
        census.clocks_missed,
        census.oldest_not_taken_up,
        census.oldest_notices,
    ],
)
async def test_the_census_looks_at_nothing_that_is_done_with(connection: Connection, ask: Any) -> None:
    assert await rows_read_by(connection, ask) < CLOSED / 10
