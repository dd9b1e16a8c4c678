"""Lists are read from a replica where there is one, and from the database itself while there is none."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Generator
from dataclasses import replace
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from api.reading import Reading
from domain.actor import Role
from local.stack import Stack
from store.connection import OVERTAKEN, Executor, Pool, open_replica
from tests.api.door import door
from tests.api.outage import pump
from tests.city import City
from tests.store.own_database import own_database

QUESTION = "SELECT current_database()"


async def where(connection: Executor) -> str:
    """The database that was asked."""
    return await connection.fetchval(QUESTION)


@pytest.fixture
async def url(stack: Stack) -> AsyncGenerator[str, None]:
    """A replica that stopped following before the first complaint: whatever is read from it is told by that."""
    async with own_database(stack.database_url, "behind") as url:
        yield url


@pytest.fixture
async def replica(url: str) -> AsyncGenerator[Pool, None]:
    """Connections to it."""
    async with await open_replica(url, most=2) as pool:
        yield pool


@pytest.fixture
def shut() -> Generator[socket.socket, None, None]:
    """A port at which nobody answers yet."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound


def at(port: socket.socket, url: str) -> str:
    """The same database at another port."""
    parts = urlsplit(url)
    return url.replace(f":{parts.port}/", f":{port.getsockname()[1]}/")


@pytest.fixture
async def nobody(shut: socket.socket, url: str) -> AsyncGenerator[Pool, None]:
    """Connections to a replica that is away."""
    async with await open_replica(at(shut, url), most=2) as pool:
        yield pool


async def listed(http: httpx.AsyncClient, city: City, **query: str) -> set[str]:
    """The tickets of a list's first page."""
    answer = await http.get("/v1/complaints", params=query, headers=await city.key(Role.SEAT))
    assert answer.status_code == 200, answer.text
    return {ticket["ticket_no"] for ticket in answer.json()["tickets"]}


async def test_lists_and_searches_come_from_the_replica_and_a_ticket_does_not(city: City, replica: Pool) -> None:
    ticket_no = await city.keep(matter="楼道里的声控灯不亮")
    async with door(replace(city.rooms, replica=replica)) as http:
        assert await listed(http, city) == set()
        assert await listed(http, city, text="声控灯") == set()
        one = await http.get(f"/v1/complaints/{ticket_no}", headers=await city.key(Role.SEAT))
        assert one.json()["ticket_no"] == ticket_no
    assert ticket_no in await listed(city.http, city)
    assert ticket_no in await listed(city.http, city, text="声控灯")


async def test_what_is_taken_in_through_that_api_is_kept_in_the_database_itself(city: City, replica: Pool) -> None:
    async with door(replace(city.rooms, replica=replica)) as http:
        headers = await city.key(Role.SEAT)
        answer = await http.post("/v1/complaints", json={"matter": "路灯坏了"}, headers=headers)
        assert answer.status_code == 201
    assert answer.json()["ticket_no"] in await listed(city.http, city)


async def test_a_replica_that_is_away_is_not_missed(city: City, nobody: Pool) -> None:
    ticket_no = await city.keep()
    async with door(replace(city.rooms, replica=nobody)) as http:
        with capture_logs() as told:
            assert ticket_no in await listed(http, city)
            assert ticket_no in await listed(http, city)
    assert [line["event"] for line in told] == ["replica away"]


async def test_it_is_asked_again_after_a_rest(pool: Pool, url: str, shut: socket.socket) -> None:
    own, host = await pool.fetchval(QUESTION), urlsplit(url)
    async with await open_replica(at(shut, url), most=1) as replica:
        reading = Reading(pool, replica, rest=0.2)
        assert await reading.ask(where) == own

        async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            there, back = await asyncio.open_connection(host.hostname, host.port)
            await asyncio.gather(pump(reader, back), pump(there, writer), return_exceptions=True)

        async with await asyncio.start_server(forward, sock=shut):
            assert await reading.ask(where) == own, "it rests"
            await asyncio.sleep(0.25)
            assert await reading.ask(where) == "behind"
            await replica.close()


async def test_a_read_that_the_replica_breaks_off_is_asked_of_the_database(pool: Pool, replica: Pool) -> None:
    reading, asked = Reading(pool, replica), list[str]()

    async def overtaken_once(connection: Executor) -> str:
        asked.append(await where(connection))
        if len(asked) == 1:
            raise OVERTAKEN("canceling statement due to conflict with recovery")
        return asked[-1]

    assert await reading.ask(overtaken_once) == await pool.fetchval(QUESTION)
    assert await reading.ask(where) == "behind", "once is no reason to rest"


async def test_a_bug_is_no_reason_to_ask_twice(pool: Pool, replica: Pool) -> None:
    asked = list[str]()

    async def wrong(connection: Executor) -> None:
        asked.append(await where(connection))
        await connection.execute("SELECT nothing")

    with pytest.raises(asyncpg.UndefinedColumnError):
        await Reading(pool, replica).ask(wrong)
    assert asked == ["behind"]


async def test_nothing_can_be_written_by_what_only_reads(replica: Pool) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await replica.execute("DELETE FROM tickets")
