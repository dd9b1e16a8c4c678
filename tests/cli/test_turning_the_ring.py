"""`hotline keys add`, `rotate` and `drop`: three steps, each of which can be repeated, none of which loses anything."""

import asyncio
import os
import signal
import stat
import sys
import uuid
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from local.stack import Stack
from store.connection import Pool, open_pool
from tests.cli.terminal import Terminal
from tests.store.own_database import own_database
from vault.keyring import KeyRing, at_home
from vault.seal import Vault

ROOT = Path(__file__).parents[2]
MANY = 30_000


@pytest.fixture
async def own(stack: Stack) -> AsyncGenerator[str, None]:
    """The address of a database where nobody else's persons are."""
    async with own_database(stack.database_url, "turned") as url:
        yield url


@pytest.fixture
async def pool(own: str) -> AsyncGenerator[Pool, None]:
    """Connections to it."""
    async with await open_pool(own) as pool:
        yield pool


@pytest.fixture
def terminal(own: str, tmp_path: Path) -> Terminal:
    """An installation with its ring at home."""
    at_home(tmp_path / "keys.json")
    return Terminal(own, tmp_path)


def ring(terminal: Terminal) -> KeyRing:
    """The ring at home."""
    return at_home(terminal.home / "keys.json")


async def persons(pool: Pool, vault: Vault, count: int) -> dict[uuid.UUID, bytes]:
    """Somebody new, `count` times; their keys."""
    made = {uuid.uuid4(): vault.new_person() for _ in range(count)}
    await pool.copy_records_to_table(
        "complainants",
        records=[(who, key.wrapped, key.key_id) for who, key in made.items()],
        columns=["complainant_id", "wrapped_key", "key_id"],
    )
    return {who: key.plain for who, key in made.items()}


async def opened(pool: Pool, with_ring: KeyRing) -> dict[uuid.UUID, bytes]:
    """Everybody's key, opened."""
    vault = Vault(with_ring)
    found = await pool.fetch("SELECT complainant_id, wrapped_key, key_id FROM complainants")
    return {row["complainant_id"]: vault.person(row["wrapped_key"], row["key_id"]).plain for row in found}


async def test_the_three_steps_end_with_one_new_key_that_opens_everything(terminal: Terminal, pool: Pool) -> None:
    first = ring(terminal)
    made = await persons(pool, Vault(first), 12)
    assert "within a second" in await terminal.done("keys", "add")
    known = ring(terminal)
    assert (known.current, len(known.keys)) == ("k1", 2)
    assert "12 wrapped again" in await terminal.done("keys", "rotate", "--yes")
    assert await opened(pool, known) == made, "a process that knew the ring before the rotation opens everything"
    await terminal.done("keys", "drop", "k1")
    assert list(ring(terminal).keys) == [known.newest]
    assert await opened(pool, ring(terminal)) == made
    assert stat.S_IMODE((terminal.home / "keys.json").stat().st_mode) == 0o600


async def test_killed_in_the_middle_and_run_again_nothing_is_lost(terminal: Terminal, pool: Pool) -> None:
    made = await persons(pool, Vault(ring(terminal)), MANY)
    await terminal.done("keys", "add")
    known = ring(terminal)
    env = os.environ | {name: value for name, value in terminal.env.items() if value is not None}
    rotating = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli.main", "keys", "rotate", "--yes"),
        cwd=ROOT,
        env=env,
        stdout=asyncio.subprocess.DEVNULL,
    )
    under = "SELECT count(*) FROM complainants WHERE key_id = $1"
    while not await pool.fetchval(under, known.newest):
        assert rotating.returncode is None, "it ended before it could be killed"
    rotating.send_signal(signal.SIGKILL)
    await rotating.wait()
    assert 0 < await pool.fetchval(under, known.newest) < MANY
    assert await opened(pool, known) == made
    assert "0 left" in await terminal.done("keys", "rotate", "--yes")
    assert await pool.fetchval(under, known.newest) == MANY
    assert await opened(pool, ring(terminal).without("k1")) == made


async def test_a_rotation_asks_whether_every_machine_knows_the_key(terminal: Terminal, pool: Pool) -> None:
    await terminal.done("keys", "add")
    await persons(pool, Vault(ring(terminal)), 1)
    status, told = await terminal.hotline("keys", "rotate", typed="n\n")
    assert status != 0
    assert "every machine" in told
    assert ring(terminal).current == "k1"
    assert await pool.fetchval("SELECT key_id FROM complainants") == "k1"


async def test_a_rotation_without_a_new_key_says_what_comes_first(terminal: Terminal) -> None:
    status, told = await terminal.hotline("keys", "rotate", "--yes")
    assert status != 0
    assert "hotline keys add" in told


async def test_a_key_that_still_wraps_something_is_not_dropped(terminal: Terminal, pool: Pool) -> None:
    old = Vault(ring(terminal))
    await terminal.done("keys", "add")
    await terminal.done("keys", "rotate", "--yes")
    await persons(pool, old, 3)
    before = ring(terminal)
    status, told = await terminal.hotline("keys", "drop", "k1")
    assert status != 0
    assert "3 keys" in told
    assert ring(terminal) == before


@pytest.mark.parametrize(("key_id", "why"), [("k1", "current"), ("k9", "no key k9")])
async def test_neither_the_current_nor_an_unknown_key_is_dropped(
    terminal: Terminal, pool: Pool, key_id: str, why: str
) -> None:
    status, told = await terminal.hotline("keys", "drop", key_id)
    assert status != 0
    assert why in told
    assert await pool.fetchval("SELECT count(*) FROM dropped_keys") == 0


async def test_keys_that_no_key_opens_end_with_1(terminal: Terminal, pool: Pool) -> None:
    await persons(pool, Vault(KeyRing.fresh()), 2)
    await terminal.done("keys", "add")
    status, told = await terminal.hotline("keys", "rotate", "--yes")
    assert status == 1
    assert "2 of them are opened by no key" in told


async def test_a_ring_from_the_environment_is_changed_by_hand_and_wrapped_again_by_command(
    own: str, pool: Pool, tmp_path: Path
) -> None:
    first = KeyRing.fresh()
    made = await persons(pool, Vault(first), 2)
    status, told = await Terminal(own, tmp_path, first.written()).hotline("keys", "add")
    assert status != 0
    assert "HOTLINE_KEY_RING" in told
    assert "openssl rand -base64 32" in told
    turned = first.added("k2").turned("k2")
    terminal = Terminal(own, tmp_path, turned.written())
    assert "2 wrapped again under k2" in await terminal.done("keys", "rotate")
    assert "take it out of HOTLINE_KEY_RING" in await terminal.done("keys", "drop", "k1")
    assert await opened(pool, turned.without("k1")) == made
    assert list(tmp_path.iterdir()) == []


async def test_no_command_shows_a_key(terminal: Terminal) -> None:
    told = await terminal.done("keys", "add") + await terminal.done("keys", "rotate", "--yes")
    told += await terminal.done("keys", "drop", "k1")
    secrets = ring(terminal).written().split('"')
    assert not [word for word in secrets if len(word) > 40 and word in told]
