"""`hotline journal verify` checks the books of views too, where it has the ring."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from domain.actor import Actor, Role
from local.stack import Stack
from store import views
from store.connection import Pool, open_pool
from tests.cli.terminal import Terminal
from tests.store.own_database import own_database
from vault.keyring import KeyRing, at_home
from vault.seal import Vault

TICKET = "20261122-00000017"


@pytest.fixture
async def own(stack: Stack) -> AsyncGenerator[str, None]:
    """The address of a database with no other views."""
    async with own_database(stack.database_url, "verified") as url:
        yield url


@pytest.fixture
async def pool(own: str) -> AsyncGenerator[Pool, None]:
    """Connections to it."""
    async with await open_pool(own, most=2) as pool:
        yield pool


async def viewed(pool: Pool, ring: KeyRing) -> None:
    """Three views, of one ticket."""
    for _ in range(3):
        await views.add_all(pool, [TICKET], Actor(Role.SEAT, "seat-017"), ["matter"], Vault(ring).bind_views)


async def test_books_that_hold_are_counted(own: str, pool: Pool, tmp_path: Path) -> None:
    await viewed(pool, at_home(tmp_path / "keys.json"))
    told = await Terminal(own, tmp_path).done("journal", "verify", "--no-engine")
    assert "3 views of personal data in 1 books, 0 faults" in told


async def test_a_row_that_was_changed_ends_with_1_and_is_named(own: str, pool: Pool, tmp_path: Path) -> None:
    ring = KeyRing.fresh()
    await viewed(pool, ring)
    await pool.execute("ALTER TABLE views DISABLE TRIGGER ALL")
    await pool.execute("UPDATE views SET name = 'else' WHERE seq = 1")
    status, told = await Terminal(own, tmp_path, ring.written()).hotline("journal", "verify", "--no-engine")
    assert status == 1
    assert "row 1 does not follow row 0" in told


async def test_without_a_ring_the_books_are_not_called_sound_and_no_ring_is_made(
    own: str, pool: Pool, tmp_path: Path
) -> None:
    await viewed(pool, KeyRing.fresh())
    told = await Terminal(own, tmp_path).done("journal", "verify", "--no-engine")
    assert "not checked" in told
    assert list(tmp_path.iterdir()) == []
