"""The books of views: whoever changes, drops or forges a row is found out by `hotline journal verify`."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from audit.views import ViewReport, verify_views
from domain.actor import Actor, Role
from local.stack import Stack
from store import migrations, views
from store.connection import Pool, open_pool
from store.views import View, book_of
from tests.store.own_database import own_database
from vault.keyring import KeyRing
from vault.seal import Vault

BIND = Vault(KeyRing.fresh()).bind_views
SEAT = Actor(Role.SEAT, "seat-017")
TICKETS = [f"20261122-{number:08}" for number in range(20)]
ONE = TICKETS[0]
TOGETHER = [ticket_no for ticket_no in TICKETS if book_of(ticket_no) == book_of(ONE)]


@pytest.fixture
async def own(stack: Stack) -> AsyncGenerator[Pool, None]:
    """A database with no other views."""
    async with own_database(stack.database_url, "viewed") as url, await open_pool(url) as pool:
        yield pool


async def verified(pool: Pool, bind: Callable[[bytes], bytes] = BIND) -> ViewReport:
    """What the audit finds."""
    async with pool.acquire() as connection:
        return await verify_views(connection, bind)


async def tampered(pool: Pool, statement: str, *values: object) -> list[str]:
    """What the audit finds after somebody with the owner's rights has done this."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("ALTER TABLE views DISABLE TRIGGER ALL")
        assert await connection.execute(statement, *values) != "UPDATE 0"
        await connection.execute("ALTER TABLE views ENABLE TRIGGER ALL")
    return (await verified(pool)).faults


async def test_books_of_many_tickets_hold(own: Pool) -> None:
    for ticket_no in TICKETS:
        await views.add_all(own, [ticket_no], SEAT, ["matter", "contact"], BIND)
    report = await verified(own)
    assert (report.books, report.views, report.faults) == (4, 20, [])


async def test_fifty_at_once_on_one_ticket_are_fifty_rows_without_a_gap(own: Pool) -> None:
    await asyncio.gather(*(views.add_all(own, [ONE], SEAT, ["matter"], BIND) for _ in range(50)))
    report = await verified(own)
    assert (report.views, report.faults) == (50, [])
    assert [view.seq for view in await views.of_ticket(own, ONE, None, 100)] == list(range(50, 0, -1))


@pytest.mark.parametrize(
    "change",
    ["name = 'else'", "what = '{}'", "ticket_no = '20261122-00000099'", "at = at - interval '1 second'", "unit = 'X'"],
)
async def test_a_row_that_was_changed_is_named(own: Pool, change: str) -> None:
    for ticket_no in TOGETHER[:4]:
        await views.add_all(own, [ticket_no], SEAT, ["matter"], BIND)
    assert await tampered(own, f"UPDATE views SET {change} WHERE seq = 2") == [
        f"views, book {book_of(ONE)}: row 2 does not follow row 1"
    ]


async def test_a_row_that_was_dropped_is_missed_though_it_was_the_only_view_of_its_ticket(own: Pool) -> None:
    for ticket_no in TOGETHER[:4]:
        await views.add_all(own, [ticket_no], SEAT, ["matter"], BIND)
    assert await tampered(own, "DELETE FROM views WHERE ticket_no = $1", TOGETHER[1]) == [
        f"views, book {book_of(ONE)}: row 3 does not follow row 1"
    ]


async def test_who_drops_a_row_and_renumbers_the_rest_is_found_out(own: Pool) -> None:
    for ticket_no in TOGETHER[:4]:
        await views.add_all(own, [ticket_no], SEAT, ["matter"], BIND)
    await tampered(own, "DELETE FROM views WHERE seq = 2")
    faults = await tampered(own, "UPDATE views SET seq = seq - 1 WHERE seq > 2")
    assert len(faults) == 2


async def test_a_row_that_was_forged_without_the_ring_is_named(own: Pool) -> None:
    await views.add_all(own, [ONE], SEAT, ["matter"], BIND)
    await views.add_all(
        own, [ONE], Actor(Role.UNIT, "forged", "110105012"), ["matter"], Vault(KeyRing.fresh()).bind_views
    )
    assert (await verified(own)).faults == [f"views, book {book_of(ONE)}: row 2 does not follow row 1"]


async def note_in(pool: Pool, month: str, seq: int, before: bytes) -> bytes:
    """One row of a month, as `add` would have written it then; its mac."""
    at = datetime(int(month[:4]), int(month[4:]), 1, tzinfo=UTC) + timedelta(days=3)
    view = View(month, book_of(ONE), seq, ONE, at, "seat", "seat-017", "", ["matter"])
    mac = view.bound(before, BIND)
    await pool.execute(
        "INSERT INTO views VALUES ($1, $2, $3, $4, $5, 'seat', 'seat-017', '', '{matter}', $6)",
        *(month, view.book, seq, ONE, at, mac),
    )
    return mac


async def test_a_book_runs_on_into_the_next_month_and_the_last_row_of_a_month_is_missed(own: Pool) -> None:
    async with own.acquire() as connection:
        await migrations.open_months(connection, datetime(2026, 1, 1, tzinfo=UTC).date())
    first = await note_in(own, "202608", 1, b"")
    await note_in(own, "202608", 2, first)
    await views.add_all(own, [ONE], SEAT, ["matter"], BIND)
    report = await verified(own)
    assert (report.books, report.views, report.faults) == (1, 3, [])
    assert await tampered(own, "DELETE FROM views WHERE seq = 2") == [
        f"views, book {book_of(ONE)}: row 3 does not follow row 1"
    ]


async def test_two_readers_at_the_turn_of_a_month_who_follow_one_row_are_no_fault(own: Pool) -> None:
    async with own.acquire() as connection:
        await migrations.open_months(connection, datetime(2026, 1, 1, tzinfo=UTC).date())
    first = await note_in(own, "202608", 1, b"")
    await note_in(own, "202608", 2, first)
    second = await note_in(own, "202609", 2, first)
    await note_in(own, "202609", 3, second)
    assert (await verified(own)).faults == []
