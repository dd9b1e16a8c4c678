"""Migrations: plain SQL that dbmate can run too, up and down, once."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import date
from pathlib import Path

import asyncpg
import pytest

from local.stack import Stack
from store import migrations
from store.connection import Connection

FOLDER = Path(__file__).parents[2] / "migrations"
FILES = sorted(FOLDER.glob("*.sql"))
TODAY = date(2026, 11, 22)
MONTHLY = {"complaints", "proposals", "tickets", "ticket_units", "ticket_terms", "inbox", "journal", "outbox", "views"}


@pytest.fixture
async def empty(stack: Stack) -> AsyncGenerator[str, None]:
    """The address of an empty database of its own."""
    server, _, _ = stack.database_url.rpartition("/")
    admin = await asyncpg.connect(stack.database_url)
    await admin.execute("CREATE DATABASE migrated")
    try:
        yield f"{server}/migrated"
    finally:
        await admin.execute("DROP DATABASE migrated WITH (FORCE)")
        await admin.close()


@pytest.fixture
async def connection(empty: str) -> AsyncGenerator[Connection, None]:
    """A connection to an empty database."""
    connection = await asyncpg.connect(empty)
    yield connection
    with suppress(asyncpg.PostgresError):
        await connection.close()


async def things(connection: Connection) -> set[str]:
    """Tables, sequences, indexes and functions of ours."""
    found = await connection.fetch(
        """SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
           UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"""
    )
    return {record["name"] for record in found}


def halves(path: Path) -> tuple[str, str]:
    """What a file does and undoes."""
    _, _, text = path.read_text(encoding="utf-8").partition("-- migrate:up")
    up, _, down = text.partition("-- migrate:down")
    return up, down


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_in_dbmates_format(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.fullmatch(r"[0-9]{14}_[a-z_]+\.sql", path.name)
    assert text.startswith("-- migrate:up\n")
    assert (text.count("-- migrate:up"), text.count("-- migrate:down")) == (1, 1)
    assert all(half.strip() for half in halves(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_does_not_wait_for_locks_for_ever(path: Path) -> None:
    assert "SET lock_timeout" in halves(path)[0]


async def test_up_makes_every_table_and_says_which_versions_are_new(connection: Connection) -> None:
    assert await migrations.migrate(connection, migrations.read(FOLDER), TODAY) == [path.name[:14] for path in FILES]
    assert await things(connection) >= MONTHLY | {"complainants", "intake_keys", "api_keys", "policy_versions"}


async def test_twice_changes_nothing(connection: Connection) -> None:
    await migrations.migrate(connection, migrations.read(FOLDER), TODAY)
    before = await things(connection)
    assert await migrations.migrate(connection, migrations.read(FOLDER), TODAY) == []
    assert await things(connection) == before


async def test_settings_that_a_restored_database_has_lost_are_back_with_the_next_run(
    connection: Connection, empty: str
) -> None:
    await migrations.migrate(connection, migrations.read(FOLDER), TODAY)
    await connection.execute("ALTER DATABASE migrated RESET ALL")
    await migrations.migrate(connection, migrations.read(FOLDER), TODAY)
    later = await asyncpg.connect(empty)
    told = [await later.fetchval(f"SHOW {setting}") for setting in ("jit", "max_parallel_workers_per_gather")]
    await later.close()
    assert told == ["off", "0"]


async def test_two_at_once_apply_each_version_once(empty: str) -> None:
    connections = [await asyncpg.connect(empty) for _ in range(3)]
    try:
        new = await asyncio.gather(*(migrations.migrate(each, migrations.read(FOLDER), TODAY) for each in connections))
    finally:
        for each in connections:
            await each.close()
    assert sorted(version for versions in new for version in versions) == [path.name[:14] for path in FILES]


async def test_down_leaves_nothing_behind_and_up_works_again(connection: Connection) -> None:
    await migrations.migrate(connection, migrations.read(FOLDER), TODAY)
    for path in reversed(FILES):
        await connection.execute(halves(path)[1])
        await connection.execute("DELETE FROM schema_migrations WHERE version = $1", path.name[:14])
    assert await things(connection) == {"schema_migrations", "schema_migrations_pkey"}
    assert await migrations.migrate(connection, migrations.read(FOLDER), TODAY) == [path.name[:14] for path in FILES]


async def test_a_migration_that_fails_leaves_nothing_and_the_next_try_goes_on(connection: Connection) -> None:
    broken = [*migrations.read(FOLDER), migrations.Migration("29990101000000", "CREATE TABLE half (); SELECT 1 / 0;")]
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrations.migrate(connection, broken, TODAY)
    assert "half" not in await things(connection)
    mended = [*migrations.read(FOLDER), migrations.Migration("29990101000000", "CREATE TABLE half ();")]
    assert await migrations.migrate(connection, mended, TODAY) == ["29990101000000"]


async def test_every_big_table_has_room_for_a_year_and_a_half(connection: Connection) -> None:
    await migrations.migrate(connection, migrations.read(FOLDER), TODAY)
    found = await things(connection)
    for table in MONTHLY:
        assert {f"{table}_202611", f"{table}_202612", f"{table}_202701", f"{table}_202804"} <= found
        assert f"{table}_202805" not in found


async def test_room_is_made_further_ahead_as_time_goes_on(connection: Connection) -> None:
    await migrations.migrate(connection, migrations.read(FOLDER), TODAY)
    await migrations.migrate(connection, migrations.read(FOLDER), date(2027, 3, 1))
    assert "journal_202808" in await things(connection)


def test_a_file_without_its_marker_is_refused_and_not_taken_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "20300101000000_forgotten.sql").write_text("DROP TABLE tickets;", encoding="utf-8")
    with pytest.raises(ValueError, match="20300101000000_forgotten"):
        migrations.read(tmp_path)


async def test_as_what_somebody_has_spoken_is_carried_over_to_their_complaints(connection: Connection) -> None:
    every = migrations.read(FOLDER)
    await migrations.migrate(connection, [each for each in every if each.version < "20261122180000"], TODAY)
    await connection.execute(
        """INSERT INTO complainants (complainant_id, key_id, kind) VALUES (gen_random_uuid(), '1', 'legal_person');
           INSERT INTO complaints (ticket_no, complainant_id, received_at, channel, matter_sealed, district, street,
               item, answered, repeat_of, confidential)
           SELECT '20261122-00000001', complainant_id, now(), 'phone', '', '', '', '', false, '', false
           FROM complainants"""
    )
    await migrations.migrate(connection, every, TODAY)
    assert await connection.fetchval("SELECT complainant_kind FROM complaints") == "legal_person"
