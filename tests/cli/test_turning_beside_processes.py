"""The ring is turned while processes run that nobody restarts: they go on opening, and seal under the new key."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from domain.actor import Actor, Role
from local.port import Ports
from local.stack import Stack
from rulebook.files import load
from store import api_keys, policy
from store.connection import Pool, open_pool
from tests.cli.terminal import Terminal
from tests.store.own_database import own_database
from vault.keyring import at_home
from vault.ring_file import LOOK_AGAIN

ROOT = Path(__file__).parents[2]
MATTER = "楼道没人打扫"


@pytest.fixture
async def own(stack: Stack) -> AsyncGenerator[str, None]:
    """The address of a database where nobody else's persons are, with the shipped policy."""
    async with own_database(stack.database_url, "beside") as url:
        async with await open_pool(url, most=1) as pool:
            for book in load(ROOT / "policy"):
                await policy.apply(pool, book.version, book.effective_from, book.to_json(), "test")
        yield url


@asynccontextmanager
async def api(terminal: Terminal, number: int) -> AsyncGenerator[httpx.AsyncClient, None]:
    """One `hotline process api` of this home, answering."""
    port = Ports(terminal.home / f"ports-{number}.json").take("api")
    env = os.environ | {name: value for name, value in terminal.env.items() if value is not None}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli.main", "process", "api"), cwd=ROOT, env=env | {"HOTLINE_API_PORT": str(port)}
    )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as http:
            for _ in range(200):
                try:
                    await http.get("/health/live")
                    break
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
            yield http
    finally:
        process.terminate()
        await process.wait()


async def key_ids(pool: Pool) -> set[str]:
    """The keys of the ring under which anybody's own key is wrapped."""
    return {row["key_id"] for row in await pool.fetch("SELECT DISTINCT key_id FROM complainants")}


async def test_two_processes_that_nobody_restarts_open_and_seal_through_a_whole_rotation(
    own: str, tmp_path: Path
) -> None:
    terminal = Terminal(own, tmp_path)
    at_home(tmp_path / "keys.json")
    async with AsyncExitStack() as running:
        pool = await running.enter_async_context(await open_pool(own, most=2))
        one, two = [await running.enter_async_context(api(terminal, number)) for number in (1, 2)]
        headers = {"Authorization": f"Bearer {await api_keys.issue(pool, Actor(Role.SEAT, 'turning'))}"}

        async def keep(http: httpx.AsyncClient) -> str:
            answer = await http.post("/v1/complaints", json={"matter": MATTER}, headers=headers)
            assert answer.status_code == 201, answer.text
            return answer.json()["ticket_no"]

        async def read(http: httpx.AsyncClient, ticket_no: str) -> None:
            answer = await http.get(f"/v1/complaints/{ticket_no}", headers=headers)
            assert (answer.status_code, answer.json().get("matter")) == (200, MATTER), answer.text

        tickets = [await keep(one)]
        await terminal.done("keys", "add")
        await terminal.done("keys", "rotate", "--yes")
        for http in (one, two):
            await read(http, tickets[0])
        await asyncio.sleep(LOOK_AGAIN)
        tickets += [await keep(one), await keep(two)]
        newest = at_home(tmp_path / "keys.json").current
        assert await key_ids(pool) == {newest} != {"k1"}
        await terminal.done("keys", "drop", "k1")
        for http in (one, two):
            tickets.append(await keep(http))
            for ticket_no in tickets:
                await read(http, ticket_no)
        assert await key_ids(pool) == {newest}
