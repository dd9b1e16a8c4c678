"""Whoever fetches notices page by page, now and tomorrow, gets each of them once, however commits overtake."""

import asyncio
import random
import uuid
from datetime import UTC, datetime

from domain.actor import Role
from store.connection import Executor, Pool
from tests.city import City, Json, fresh_name

INSERT = "INSERT INTO outbox (ticket_no, key, audience, kind) VALUES ($1, $2, $3, 'Dispatched')"


async def queue(connection: Executor, audience: str, key: str) -> None:
    """One notice, as a step of a complaint queues it."""
    await connection.execute(INSERT, f"{datetime.now(UTC):%Y%m%d}-00000001", key, audience)


async def page(city: City, unit: str, cursor: str | None = None, limit: int = 100) -> Json:
    """One page of a unit's notices."""
    query = {"limit": str(limit)} | ({} if cursor is None else {"cursor": cursor})
    answer = await city.http.get("/v1/notices", params=query, headers=await city.key(Role.UNIT, unit))
    assert answer.status_code == 200, answer.text
    return answer.json()


def keys(found: Json) -> list[str]:
    """What makes each notice of a page one notice."""
    return [notice["key"] for notice in found["notices"]]


async def test_a_transaction_that_began_earlier_and_ends_later_is_not_overtaken(city: City, pool: Pool) -> None:
    unit = fresh_name("U")
    async with pool.acquire() as slow, pool.acquire() as quick:
        begun = slow.transaction()
        await begun.start()
        await queue(slow, unit, "slow")
        async with quick.transaction():
            await queue(quick, unit, "quick")
        first = await page(city, unit)
        assert keys(first) == ["quick"]
        await begun.commit()
    created = await pool.fetch("SELECT key FROM outbox WHERE audience = $1 ORDER BY created_at", unit)
    assert [row["key"] for row in created] == ["slow", "quick"], "by instant it lies before what was fetched already"
    second = await page(city, unit, first["next"])
    assert keys(second) == ["slow"]
    assert keys(await page(city, unit, second["next"])) == []


async def test_fetchers_at_once_each_get_everything_once_while_more_is_queued(city: City, pool: Pool) -> None:
    unit, written = fresh_name("U"), [uuid.uuid4().hex for _ in range(60)]
    over = asyncio.Event()

    async def write(some: list[str]) -> None:
        for key in some:
            async with pool.acquire() as connection, connection.transaction():
                await queue(connection, unit, key)
                await asyncio.sleep(random.random() / 50)

    async def fetch(limit: int) -> list[str]:
        got, cursor = list[str](), "0"
        while True:
            last = over.is_set()
            found = await page(city, unit, cursor, limit)
            got += keys(found)
            cursor = found["next"]
            if last and not found["notices"]:
                return got

    await city.key(Role.UNIT, unit)
    fetching = [asyncio.create_task(fetch(limit)) for limit in (1, 3, 100)]
    await asyncio.gather(*(write(written[start::3]) for start in range(3)))
    over.set()
    told = await asyncio.gather(*fetching)
    assert all(sorted(got) == sorted(written) for got in told)
    assert told[0] == told[1] == told[2]


async def test_an_empty_page_gives_back_the_cursor_it_was_asked_with(city: City) -> None:
    assert (await page(city, fresh_name("U")))["next"] == "0"
    assert (await page(city, fresh_name("U"), "4711"))["next"] == "4711"


async def test_a_cursor_that_was_not_given_out_is_refused(city: City) -> None:
    headers = await city.key(Role.UNIT, fresh_name("U"))
    for cursor in ("", "-1", "x", "1" * 19, "１"):
        answer = await city.http.get("/v1/notices", params={"cursor": cursor}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor"), cursor
