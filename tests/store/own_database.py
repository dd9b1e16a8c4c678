"""A database of a test's own, migrated, for what looks at all rows of a table."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from domain.calendar import beijing_day
from store import migrations
from store.connection import Connection

FOLDER = Path(__file__).parents[2] / "migrations"


@asynccontextmanager
async def own_connection(beside: str, name: str, *statements: str) -> AsyncGenerator[Connection, None]:
    """A connection to such a database, after `statements`."""
    async with own_database(beside, name) as url:
        connection = await asyncpg.connect(url)
        for statement in statements:
            await connection.execute(statement)
        yield connection
        await connection.close()


@asynccontextmanager
async def own_database(beside: str, name: str) -> AsyncGenerator[str, None]:
    """Its address, for as long as the block lasts; `beside` is the address of another one on the same server."""
    server, _, _ = beside.rpartition("/")
    admin = await asyncpg.connect(beside)
    await admin.execute(f"CREATE DATABASE {name}")
    try:
        fresh = await asyncpg.connect(f"{server}/{name}")
        await migrations.migrate(fresh, migrations.read(FOLDER), beijing_day(datetime.now(UTC)))
        await fresh.close()
        yield f"{server}/{name}"
    finally:
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()
