"""In the background everything comes under the current key: stopped and begun again, and by two at once."""

import asyncio
import uuid
from collections.abc import AsyncGenerator

import pytest
from structlog.testing import capture_logs

from local.stack import Stack
from store import outbox, wrapped
from store.connection import Pool, open_pool
from tests.store.own_database import own_database
from vault.keyring import KeyRing
from vault.seal import Vault
from workers.turning import keep_wrapped

OLD = KeyRing.fresh().added("k2")
NEW = OLD.turned("k2")
UNDER = "SELECT count(*) FROM complainants WHERE key_id = $1"


@pytest.fixture
async def own(stack: Stack) -> AsyncGenerator[Pool, None]:
    """A database where nobody else's persons are."""
    async with own_database(stack.database_url, "turning") as url, await open_pool(url) as pool:
        yield pool


async def persons(pool: Pool, ring: KeyRing, count: int) -> dict[uuid.UUID, bytes]:
    """Somebody new, `count` times; their keys."""
    made = {uuid.uuid4(): Vault(ring).new_person() for _ in range(count)}
    await pool.copy_records_to_table(
        "complainants",
        records=[(who, key.wrapped, key.key_id) for who, key in made.items()],
        columns=["complainant_id", "wrapped_key", "key_id"],
    )
    return {who: key.plain for who, key in made.items()}


async def opened(pool: Pool) -> dict[uuid.UUID, bytes]:
    """Everybody's key, opened by the new ring alone."""
    vault = Vault(NEW.without("k1"))
    found = await pool.fetch("SELECT complainant_id, wrapped_key, key_id FROM complainants")
    return {row["complainant_id"]: vault.person(row["wrapped_key"], row["key_id"]).plain for row in found}


async def until_none_other(pool: Pool) -> None:
    """Wait until nothing stands under another key than k2."""
    async with asyncio.timeout(20):
        while await wrapped.any_other(pool, "k2"):
            await asyncio.sleep(0.01)


async def test_stopped_half_way_it_goes_on_at_the_next_start_and_loses_nothing(own: Pool) -> None:
    made, stop = await persons(own, OLD, 60), asyncio.Event()
    turning = asyncio.create_task(keep_wrapped(own, Vault(NEW), stop, breath=0.05, batch=10))
    async with asyncio.timeout(20):
        while not await own.fetchval(UNDER, "k2"):
            await asyncio.sleep(0.005)
    stop.set()
    await turning
    assert 0 < await own.fetchval(UNDER, "k2") < 60
    again = asyncio.Event()
    turning = asyncio.create_task(keep_wrapped(own, Vault(NEW), again, breath=0, batch=10))
    await until_none_other(own)
    again.set()
    await turning
    assert await opened(own) == made


async def test_two_at_once_and_a_third_by_hand_wrap_everything_and_harm_nothing(own: Pool) -> None:
    made, stop = await persons(own, OLD, 400), asyncio.Event()
    at_once = [asyncio.create_task(keep_wrapped(own, Vault(NEW), stop, breath=0, batch=7)) for _ in range(3)]
    await until_none_other(own)
    stop.set()
    await asyncio.gather(*at_once)
    assert await opened(own) == made


async def test_what_comes_in_under_an_older_key_later_is_found_at_the_next_look(own: Pool) -> None:
    stop = asyncio.Event()
    turning = asyncio.create_task(keep_wrapped(own, Vault(NEW), stop, look=0.05, breath=0))
    await asyncio.sleep(0.1)
    made = await persons(own, OLD, 3)
    await outbox.receive_at(own, "110105012", "https://example.org", Vault(OLD).seal_secret(b"signs"))
    await until_none_other(own)
    stop.set()
    await turning
    assert await opened(own) == made
    secret = await own.fetchval("SELECT secret_sealed FROM receivers")
    assert Vault(NEW.without("k1")).open_secret(secret) == b"signs"


async def test_what_no_key_opens_is_told_once_and_not_tried_every_minute(own: Pool) -> None:
    await persons(own, KeyRing.fresh(), 2)
    stop = asyncio.Event()
    with capture_logs() as lines:
        turning = asyncio.create_task(keep_wrapped(own, Vault(NEW), stop, look=0.02, breath=0))
        await asyncio.sleep(0.3)
        stop.set()
        await turning
    assert [(line["event"], line.get("count")) for line in lines if line["log_level"] == "error"] == [
        ("not opened by any key", 2)
    ]
