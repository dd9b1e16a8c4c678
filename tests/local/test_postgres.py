"""PostgreSQL from the wheel, really started."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from local.home import Home
from local.port import free
from local.postgres import Postgres
from tests.local.database import CUT_OFF, REFUSED, answer
from tests.local.processes import until, working_below

_KEEP = "CREATE TABLE kept AS SELECT 12345 AS number"


@pytest.fixture
def postgres(home: Home) -> Generator[Postgres]:
    server = Postgres(home)
    server.start()
    yield server
    server.discard()


@pytest.fixture(scope="module")
def running(module_folder: Path) -> Generator[Postgres]:
    """A server that the tests only look at."""
    server = Postgres(Home(module_folder / "home"))
    server.start()
    yield server
    server.discard()


async def test_it_is_a_postgresql_18_in_utf8_with_c_collation(running: Postgres) -> None:
    assert str(await answer(running.url(), "SHOW server_version")).startswith("18.")
    assert await answer(running.url(), "SHOW server_encoding") == "UTF8"
    collation = "SELECT datlocale FROM pg_database WHERE datname = 'hotline'"
    assert await answer(running.url(), collation) == "C.UTF-8"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("shared_buffers", "256MB"),
        ("max_connections", "200"),
        ("wal_compression", "pglz"),
        ("synchronous_commit", "on"),
        ("password_encryption", "scram-sha-256"),
        ("listen_addresses", "127.0.0.1"),
    ],
)
async def test_its_settings_are_those_promised(running: Postgres, setting: str, value: str) -> None:
    assert await answer(running.url(), f"SHOW {setting}") == value


async def test_nobody_gets_in_without_the_password(running: Postgres) -> None:
    with pytest.raises(REFUSED):
        await answer(running.url().replace("://hotline:", "://hotline:not-"), "SELECT 1")


def test_the_password_is_readable_by_its_owner_only(running: Postgres, module_folder: Path) -> None:
    assert stat.S_IMODE((module_folder / "home" / "postgres.password").stat().st_mode) == 0o600


def test_the_password_is_on_no_command_line(running: Postgres, module_folder: Path) -> None:
    password = (module_folder / "home" / "postgres.password").read_text()
    assert working_below(module_folder)
    assert not [line for line in working_below(module_folder) if password in line]


async def test_data_is_there_after_stop_and_start(postgres: Postgres) -> None:
    await answer(postgres.url(), _KEEP)
    postgres.stop()
    assert free(postgres.port)
    postgres.start()
    assert await answer(postgres.url(), "SELECT number FROM kept") == 12345


async def test_data_is_there_after_kill_9(postgres: Postgres) -> None:
    await answer(postgres.url(), _KEEP)
    os.kill(postgres.child.pid or 0, signal.SIGKILL)
    assert until(lambda: not postgres.child.alive())
    postgres.start()
    assert await answer(postgres.url(), "SELECT number FROM kept") == 12345


async def test_kill_9_under_a_long_computation_does_not_hinder_the_next_start(postgres: Postgres) -> None:
    busy = asyncio.create_task(answer(postgres.url(), "SELECT count(*) FROM generate_series(1, 1000000000)"))
    await asyncio.sleep(0.5)
    os.kill(postgres.child.pid or 0, signal.SIGKILL)
    assert until(lambda: not postgres.child.alive())
    began = time.monotonic()
    postgres.start()
    assert time.monotonic() - began < 10
    with pytest.raises(CUT_OFF):
        await busy
    assert await answer(postgres.url(), "SELECT 1") == 1


async def test_a_lock_file_that_names_a_stranger_does_not_hinder_the_start(postgres: Postgres, home: Home) -> None:
    os.kill(postgres.child.pid or 0, signal.SIGKILL)
    assert until(lambda: not postgres.child.alive())
    lock = next(home.root.glob("postgres/data-18/postmaster.pid"))
    lines = lock.read_text().split("\n")
    # Of the server's own user: it takes other users' processes for dead by itself.
    owner = lock.stat().st_uid
    stranger = subprocess.Popen(["/bin/sleep", "60"], user=owner, cwd="/")
    lock.write_text("\n".join([str(stranger.pid), *lines[1:]]))
    postgres.start()
    assert await answer(postgres.url(), "SELECT 1") == 1
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


async def test_a_further_database_is_made_once(running: Postgres) -> None:
    first = running.create_database('odd "name"')
    assert first == running.create_database('odd "name"')
    count = "SELECT count(*) FROM pg_database WHERE datname = 'odd \"name\"'"
    assert await answer(running.url(), count) == 1


async def test_an_interrupted_creation_is_begun_again(home: Home) -> None:
    server = Postgres(home)
    (home.root / "postgres" / "data.new").mkdir()
    (home.root / "postgres" / "data.new" / "PG_VERSION").write_text("18")
    server.start()
    assert await answer(server.url(), "SELECT 1") == 1
    server.discard()


def test_discard_leaves_nothing_of_the_data(home: Home) -> None:
    server = Postgres(home)
    server.start()
    server.discard()
    assert not (home.root / "postgres").exists()
    assert not (home.root / "postgres.password").exists()
    assert working_below(home.root) == []


def test_stopping_writes_everything_out(postgres: Postgres, home: Home) -> None:
    postgres.stop()
    assert "database system is shut down" in Path(home.logs / "postgres.log").read_text()
