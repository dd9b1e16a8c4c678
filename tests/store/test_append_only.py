"""What is only ever added to refuses to be changed, deleted or emptied, each of its months too."""

import asyncpg
import pytest

from domain.actor import Role
from store.connection import Pool
from tests.city import City

BOOKS = ("journal", "erasures", "views", "knowledge")


async def months(pool: Pool, book: str) -> list[str]:
    """A table and its partitions."""
    found = await pool.fetch(
        """SELECT $1::regclass::text AS name
           UNION SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1""",
        book,
    )
    return [row["name"] for row in found]


async def test_the_journal_has_months_to_stand_before(pool: Pool) -> None:
    assert len(await months(pool, "journal")) > 18


@pytest.mark.parametrize("book", BOOKS)
async def test_no_month_of_it_is_emptied(pool: Pool, book: str) -> None:
    for name in await months(pool, book):
        with pytest.raises(asyncpg.RaiseError, match="append-only: TRUNCATE refused"):
            await pool.execute(f"TRUNCATE {name}")
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await pool.execute(f"TRUNCATE tickets, {book} CASCADE")


@pytest.mark.parametrize("statement", ["UPDATE {} SET actor_name = 'else'", "DELETE FROM {}"])
async def test_no_row_of_a_month_is_changed_behind_the_journals_back(city: City, pool: Pool, statement: str) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "supplement", Role.SEAT, note="补充")
    month = f"journal_{ticket_no[:6]}"
    assert await pool.fetchval(f"SELECT count(*) FROM {month} WHERE ticket_no = $1", ticket_no) > 1
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await pool.execute(f"{statement.format(month)} WHERE ticket_no = $1", ticket_no)
