"""The relay brings every kept command to the engine; one that is slow or meets a bug holds up no other."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from api.delivery import Delivery
from domain.urgency import ANSWERED
from local.stack import Stack
from store.connection import Pool, open_pool
from store.inbox import Command
from tests.store.own_database import own_database
from tests.store.test_inbox import MONTH, ONE, OTHER, keep
from workers import relay as relays
from workers.relay import relay


class Engine(Delivery):
    """Takes commands, but for those that a test has something else in mind for."""

    def __init__(self, pool: Pool) -> None:
        self.database = pool
        self.up = True
        self.tried: Counter[str] = Counter()
        self.crowded = False
        self.full = False
        self.met: dict[str, Callable[[], object]] = {}

    async def deliver(self, command: Command, patience: timedelta) -> Command:
        """Acknowledged, unless it meets something."""
        self.tried[command.command_id] += 1
        self.crowded = self.full
        if command.command_id in self.met:
            self.met[command.command_id]()
            await asyncio.sleep(30)
        if not self.up:
            return command
        await self._acknowledged(command)
        return replace(command, state="applied")

    async def _acknowledged(self, command: Command) -> None:
        await self.database.execute(
            "UPDATE inbox SET acknowledged_at = now() WHERE command_id = $1", command.command_id
        )

    async def end(self, command: Command) -> bool:
        """Ended at once."""
        self.tried[command.command_id] += 1
        await self._acknowledged(command)
        return True

    async def engine_is_up(self) -> bool:
        """Whether it takes anything."""
        return self.up


@pytest.fixture
async def engine(stack: Stack) -> AsyncGenerator[Engine, None]:
    """An engine beside an inbox of its own."""
    async with own_database(stack.database_url, "relayed") as url, await open_pool(url, most=4) as pool:
        yield Engine(pool)


@asynccontextmanager
async def relaying(engine: Engine, pool: Pool) -> AsyncGenerator[None, None]:
    """A relay at work; ended in the end without waiting for what hangs."""
    at_work = asyncio.create_task(relay(pool, engine, asyncio.Event()))
    yield
    assert not at_work.done(), "the relay has died"
    at_work.cancel()
    await asyncio.wait([at_work])


async def _tried(engine: Engine, command_id: str, times: int = 1) -> None:
    async with asyncio.timeout(10):
        while engine.tried[command_id] < times:
            await asyncio.sleep(0.05)


def _fails() -> None:
    raise LookupError("a mistake of ours")


async def test_a_command_that_is_slow_holds_up_no_other(engine: Engine) -> None:
    pool = engine.database
    engine.met["slow"] = lambda: None
    await keep(pool, ONE, "slow")
    async with relaying(engine, pool):
        await _tried(engine, "slow")
        await keep(pool, OTHER, "quick")
        await _tried(engine, "quick")


async def test_a_command_that_meets_a_bug_is_tried_again_and_the_others_go_on(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relays, "PAUSE", timedelta(milliseconds=50))
    pool = engine.database
    engine.met["bad"] = _fails
    await keep(pool, ONE, "bad")
    async with relaying(engine, pool):
        await _tried(engine, "bad", 2)
        await keep(pool, OTHER, "good")
        await _tried(engine, "good")
        del engine.met["bad"]
        await _tried(engine, "bad", 3)


async def test_while_complaints_wait_for_a_worker_the_others_wait_in_the_inbox(engine: Engine) -> None:
    pool = engine.database
    engine.full = True
    for number in range(400):
        await keep(pool, f"{MONTH}-{number:08}", f"command-{number}")
    async with relaying(engine, pool):
        await asyncio.sleep(0.5)
        assert 0 < engine.tried.total() < 300
        engine.full = False
        for number in range(400):
            await _tried(engine, f"command-{number}")


async def test_while_the_engine_is_away_only_what_needs_none_is_brought_and_then_everything_at_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relays, "PAUSE", timedelta(milliseconds=50))
    pool = engine.database
    engine.up = False
    await keep(pool, ONE, "kept")
    async with relaying(engine, pool):
        await _tried(engine, "kept")
        await asyncio.sleep(1)
        assert engine.tried["kept"] == 1
        await keep(pool, OTHER, "intake", ANSWERED)
        await pool.execute("""UPDATE inbox SET action = 'intake', facts = '{"at_once": true}' WHERE urgency = 4""")
        await _tried(engine, "intake")
        assert engine.tried["kept"] == 1
        engine.up = True
        await _tried(engine, "kept", 2)
