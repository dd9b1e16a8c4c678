"""Which commands are brought to the engine next: of one complaint, always the oldest that is still to be brought."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from domain.actor import Actor, Role
from domain.calendar import beijing_day
from domain.refusal import Fact
from domain.urgency import urgency as urgency_of
from local.stack import Stack
from store import inbox
from store.connection import Pool, open_pool
from store.inbox import TRIES_IN_ORDER, Command
from tests.store.own_database import own_database
from tests.store.reading import rows_read_by

NOW = timedelta()
LATER = timedelta(hours=1)
MONTH = f"{beijing_day(datetime.now(UTC)):%Y%m%d}"
ONE, OTHER = f"{MONTH}-00000001", f"{MONTH}-00000002"


@pytest.fixture
async def database(stack: Stack) -> AsyncGenerator[Pool, None]:
    """An inbox with nothing in it."""
    async with own_database(stack.database_url, "inbox_order") as url, await open_pool(url, most=2) as pool:
        yield pool


async def keep(pool: Pool, ticket_no: str, command_id: str, urgency: int = 3) -> None:
    """One more command."""
    actor = Actor(Role.UNIT, "unit")
    facts: dict[str, Fact] = {}
    command = Command(
        *(ticket_no, command_id, "progress", actor, facts, b"", urgency, datetime.now(UTC), "pending", "", None)
    )
    await inbox.put(pool, command, None, NOW)


async def claimed(pool: Pool) -> list[str]:
    """The ids of what is claimed now."""
    return [command.command_id for command in await inbox.claim(pool, 10, LATER)]


async def test_a_command_waits_until_the_one_before_it_is_acknowledged(database: Pool) -> None:
    for command_id in ("first", "second", "third"):
        await keep(database, ONE, command_id)
    await keep(database, OTHER, "elsewhere")
    assert await claimed(database) == ["first", "elsewhere"]
    assert await claimed(database) == []
    await database.execute("UPDATE inbox SET acknowledged_at = now() WHERE command_id = 'first'")
    assert await claimed(database) == ["second"]


async def test_without_the_engine_those_intakes_alone_are_claimed_that_may_end_as_they_are_taken_up(
    database: Pool,
) -> None:
    at_once = "UPDATE inbox SET action = 'intake', command_id = 'intake', facts = $2 WHERE command_id = $1"
    for command_id, urgency, facts in (
        ("answered", urgency_of(urgent=False, answered=True), {"at_once": True}),
        ("dispatched", urgency_of(urgent=False), {"at_once": False}),
    ):
        await keep(database, f"{MONTH}-0000000{urgency}", command_id, urgency)
        await database.execute(at_once, command_id, facts)
    await keep(database, OTHER, "of a batch", urgency_of(urgent=False, answered=True))
    found = await inbox.claim(database, 10, NOW, without_engine=True)
    assert [command.facts for command in found] == [{"at_once": True}]
    assert [command.urgency for command in await inbox.claim(database, 10, NOW)] == [3, 4, 4]


_MANY = """
INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest, urgency, turn_at)
SELECT to_char(now(), 'YYYYMMDD') || '-' || lpad(n::text, 8, '0'), 'intake', 'intake', 'seat', 's', '',
    jsonb_build_object('at_once', n % 2 = 0), '', CASE WHEN n % 2 = 0 THEN 4 ELSE 3 END, now() + n * interval '1 second'
FROM generate_series(1, 20000) AS n
"""


@pytest.mark.parametrize("without_engine", [False, True])
async def test_a_claim_reads_few_of_many_that_wait(database: Pool, without_engine: bool) -> None:
    await database.execute(_MANY)
    await database.execute("ANALYZE inbox")
    async with database.acquire() as connection:
        claim = partial(inbox.claim, most=16, pause=LATER, without_engine=without_engine)
        assert await rows_read_by(connection, claim) < 1000


_BUSY = """
INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest, urgency,
    received_at, turn_at, acknowledged_at)
SELECT to_char(now(), 'YYYYMMDD') || '-' || lpad((n % 80)::text, 8, '0'), n::text, 'progress', 'unit', 'u', '', '{}',
    '', 3, now() + n * interval '1 ms', now() + n * interval '1 ms', CASE WHEN n < 2400 THEN now() END
FROM generate_series(0, 4799) AS n
"""


async def test_a_claim_looks_once_at_each_command_that_has_to_wait_for_an_older_one(database: Pool) -> None:
    await database.execute(_BUSY)
    await database.execute("ANALYZE inbox")
    async with database.acquire() as connection:
        assert len(await inbox.claim(connection, 80, LATER)) == 80
        read = await rows_read_by(connection, partial(inbox.claim, most=16, pause=LATER))
    assert read < 3 * 2400


async def test_the_order_holds_also_where_the_later_command_is_more_urgent(database: Pool) -> None:
    await keep(database, ONE, "first", urgency=3)
    await keep(database, ONE, "second", urgency=1)
    assert await claimed(database) == ["first"]


async def test_a_command_that_was_tried_often_holds_up_no_other(database: Pool) -> None:
    await keep(database, ONE, "stuck")
    await keep(database, ONE, "second")
    for _ in range(TRIES_IN_ORDER):
        assert await claimed(database) == ["stuck"]
        await database.execute("UPDATE inbox SET next_try_at = now() WHERE command_id = 'stuck'")
    assert await claimed(database) == ["stuck", "second"]


async def test_commands_of_one_urgency_are_brought_by_their_turns(database: Pool) -> None:
    await keep(database, ONE, "stormed")
    await keep(database, OTHER, "calm")
    await database.execute("UPDATE inbox SET turn_at = now() + '5 minutes' WHERE command_id = 'stormed'")
    assert [command.command_id for command in await inbox.claim(database, 1, LATER)] == ["calm"]
    assert await claimed(database) == ["stormed"], "a turn is an order and no waiting"


async def test_a_command_has_no_turn_before_the_intake_that_it_has_to_wait_for(database: Pool) -> None:
    await keep(database, ONE, "intake")
    await database.execute("UPDATE inbox SET turn_at = now() + '5 minutes'")
    await keep(database, ONE, "supplement")
    assert await database.fetchval("SELECT count(DISTINCT turn_at) FROM inbox") == 1
