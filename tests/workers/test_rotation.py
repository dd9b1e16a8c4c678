"""Wrapping again under a new key: everything opens at every moment, whatever interrupts it."""

import uuid
from collections.abc import AsyncGenerator

import asyncpg
import pytest

from local.stack import Stack
from store import complainants, erasures, outbox, wrapped
from store.complainants import Complainant
from store.connection import Pool, open_pool
from tests.store.own_database import own_database
from vault.keyring import KeyRing
from vault.seal import Vault, open_text, seal_text
from workers.rotation import rewrap

OLD = KeyRing.fresh().added("k2")
"""What processes know that were restarted after the key was added."""
NEW = OLD.turned("k2")
NAME = "欧阳墨竹轩"


@pytest.fixture
async def own(stack: Stack) -> AsyncGenerator[Pool, None]:
    """A database where nobody else's persons are."""
    async with own_database(stack.database_url, "rotated") as url, await open_pool(url) as pool:
        yield pool


async def person(pool: Pool, ring: KeyRing = OLD) -> uuid.UUID:
    """Somebody new, named NAME."""
    key, who = Vault(ring).new_person(), uuid.uuid4()
    sealed = seal_text(key.plain, NAME, "name")
    await complainants.add(pool, Complainant(who, who.bytes, key.wrapped, key.key_id, sealed, None))
    return who


async def names(pool: Pool, ring: KeyRing) -> dict[str, list[str]]:
    """What opens with a ring, by the key that wraps it."""
    found: dict[str, list[str]] = {}
    for row in await pool.fetch("SELECT wrapped_key, key_id, name_sealed FROM complainants"):
        key = Vault(ring).person(row["wrapped_key"], row["key_id"]).plain
        found.setdefault(row["key_id"], []).append(open_text(key, row["name_sealed"], "name") or "")
    return found


def unheard(_: int) -> None:
    """Nobody looks at the progress."""


async def test_everything_is_wrapped_again_and_opens_also_where_the_new_key_is_not_current_yet(own: Pool) -> None:
    for _ in range(7):
        await person(own)
    heard: list[int] = []
    rotation = await rewrap(own, Vault(NEW), heard.append, batch=3)
    assert (rotation.rewrapped, rotation.unopened, rotation.left) == (7, 0, 0)
    assert heard == [3, 3, 1]
    assert await names(own, OLD) == {"k2": [NAME] * 7}


async def test_interrupted_between_two_batches_it_goes_on_and_loses_nothing(own: Pool) -> None:
    for _ in range(9):
        await person(own)

    def pulled(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await rewrap(own, Vault(NEW), pulled, batch=4)
    assert await names(own, OLD) == {"k1": [NAME] * 5, "k2": [NAME] * 4}
    assert (await rewrap(own, Vault(NEW), unheard, batch=4)).rewrapped == 5
    assert await names(own, NEW) == {"k2": [NAME] * 9}


async def test_a_second_run_finds_nothing_to_do(own: Pool) -> None:
    await person(own)
    await rewrap(own, Vault(NEW), unheard)
    before = await own.fetch("SELECT * FROM complainants")
    assert (await rewrap(own, Vault(NEW), unheard)).rewrapped == 0
    assert await own.fetch("SELECT * FROM complainants") == before


async def test_a_receivers_secret_opens_with_the_new_key_alone(own: Pool) -> None:
    await outbox.receive_at(own, "110105012", "https://example.org", Vault(OLD).seal_secret(b"signs"))
    assert (await rewrap(own, Vault(NEW), unheard)).rewrapped == 1
    sealed = await own.fetchval("SELECT secret_sealed FROM receivers")
    assert Vault(NEW.without("k1")).open_secret(sealed) == b"signs"


async def test_what_no_key_opens_is_counted_and_left_and_stops_nobody_else(own: Pool) -> None:
    await person(own, KeyRing.fresh())
    await person(own)
    rotation = await rewrap(own, Vault(NEW), unheard)
    assert (rotation.rewrapped, rotation.unopened, rotation.left) == (1, 1, 1)


async def test_a_person_who_is_erased_meanwhile_does_not_come_back(own: Pool) -> None:
    who = await person(own)
    found = await wrapped.persons(own, "k2", wrapped.FIRST, 10)
    await erasures.erase(own, who, "test")
    assert await wrapped.replace_keys(own, found, [b"again"], "k2") == 0
    assert await own.fetchval("SELECT wrapped_key FROM complainants WHERE complainant_id = $1", who) is None


async def test_a_key_is_not_dropped_while_anything_is_wrapped_under_it(own: Pool) -> None:
    await person(own)
    await outbox.receive_at(own, "110105012", "https://example.org", Vault(OLD).seal_secret(b"signs"))
    async with own.acquire() as connection:
        assert await wrapped.drop(connection, "k1") == 2
    await person(own)


async def test_who_still_seals_under_a_dropped_key_is_refused_and_loses_nothing(own: Pool) -> None:
    who = await person(own)
    await rewrap(own, Vault(NEW), unheard)
    async with own.acquire() as connection:
        assert await wrapped.drop(connection, "k1") == 0
    for late in (
        person(own),
        outbox.receive_at(own, "110105012", "https://example.org", Vault(OLD).seal_secret(b"signs")),
    ):
        with pytest.raises(asyncpg.OperatorInterventionError, match="k1 was dropped"):
            await late
    await person(own, NEW)
    assert await erasures.erase(own, who, "test")
