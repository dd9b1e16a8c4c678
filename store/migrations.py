"""Plain SQL files in time order, in the format of dbmate, so that either can run them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from store.connection import Connection

_ONE_AT_A_TIME = 412345
_MONTHS_AHEAD = 18
_SETTINGS = {"jit": "off", "max_parallel_workers_per_gather": "0"}
"""Of the database itself, told each time, since a restored dump does not bring them along. A look-up through many
months looks dear to the planner: it would compile it, or start processes for it, for longer than it takes."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its version is the digits its name begins with."""

    version: str
    up: str


def read(folder: Path) -> list[Migration]:
    """Every migration in `folder`, oldest first."""
    return [_parsed(path) for path in sorted(folder.glob("*.sql"))]


def _parsed(path: Path) -> Migration:
    up = path.read_text(encoding="utf-8").partition("-- migrate:up")[2].partition("-- migrate:down")[0]
    if not up.strip():
        raise ValueError(f"{path.name}: has nothing below a line '-- migrate:up'")
    return Migration(path.name.partition("_")[0], up)


async def migrate(connection: Connection, migrations: list[Migration], today: date) -> list[str]:
    """Apply what is missing, each in its own transaction, open the months ahead, and keep the database's own
    settings. Returns the new versions."""
    await connection.execute("SELECT pg_advisory_lock($1)", _ONE_AT_A_TIME)
    try:
        await connection.execute("CREATE TABLE IF NOT EXISTS schema_migrations (version text PRIMARY KEY)")
        known = {row["version"] for row in await connection.fetch("SELECT version FROM schema_migrations")}
        missing = [migration for migration in migrations if migration.version not in known]
        for migration in missing:
            async with connection.transaction():
                await connection.execute(migration.up)
                await connection.execute("INSERT INTO schema_migrations VALUES ($1)", migration.version)
        await open_months(connection, today)
        await _settings(connection)
    finally:
        await connection.execute("SELECT pg_advisory_unlock($1)", _ONE_AT_A_TIME)
    return [migration.version for migration in missing]


async def _settings(connection: Connection) -> None:
    name = await connection.fetchval("SELECT quote_ident(current_database())")
    for setting, value in _SETTINGS.items():
        await connection.execute(f"ALTER DATABASE {name} SET {setting} = {value}")


async def open_months(connection: Connection, today: date) -> None:
    """Partitions from this month on, far enough ahead that a forgotten hotline still has room; those of append-only
    tables refuse to be emptied."""
    await connection.execute("SELECT open_months($1, $2)", today, _MONTHS_AHEAD)
    await connection.execute("SELECT refuse_emptying()")
