"""`hotline policy`: the rules' values, applied without a deploy."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import asyncpg
import typer
from rich.console import Console
from rich.table import Table

from cli.whatif import whatif
from config.settings import Settings
from domain.calendar import beijing_day
from domain.channel import ChannelKind
from domain.unit import UnitKind
from rulebook.book import Book
from rulebook.difference import diff as differences
from rulebook.files import load
from store import policy as applied
from store.connection import open_pool
from workers.home import addresses
from workers.replanning import replan_all

app = typer.Typer(help="Policy versions: limits, calendars, catalogue, units.", no_args_is_help=True)
app.command()(whatif)
_console = Console()


@app.command()
def apply() -> None:
    """Check the policy files whole and apply what is new. A faulty folder is refused and changes nothing."""
    asyncio.run(_apply(Settings()))


@app.command()
def diff() -> None:
    """What applying the files would change against the version in force."""
    asyncio.run(_diff(Settings()))


@app.command("list")
def list_versions() -> None:
    """The versions that were applied, and what the files hold."""
    asyncio.run(_list(Settings()))


async def _connected(settings: Settings) -> "asyncpg.Connection[asyncpg.Record]":
    return await asyncpg.connect(addresses(settings)[0])


async def _apply(settings: Settings) -> None:
    books = load(settings.policy)
    connection = await _connected(settings)
    try:
        for book in books:
            fresh = await applied.apply(connection, book.version, book.effective_from, book.to_json(), "policy apply")
            _console.print(f"{book.version} from {book.effective_from}: {'applied' if fresh else 'was there already'}")
    finally:
        await connection.close()
    async with await open_pool(addresses(settings)[0]) as pool:
        version = await applied.in_force(pool, beijing_day(datetime.now(UTC)))
        told = await replan_all(pool, version) if version else 0
    if told:
        _console.print(f"{told} open complaints count their limits again by the calendar of {version}")


async def _diff(settings: Settings) -> None:
    connection = await _connected(settings)
    try:
        version = await applied.in_force(connection, beijing_day(datetime.now(UTC)))
        text = await applied.book(connection, version) if version else None
    finally:
        await connection.close()
    newest = load(settings.policy)[-1]
    lines = differences(Book.from_json(text), newest) if text else [f"{newest.version} is the first version"]
    _console.print("\n".join(lines) or "no difference", highlight=False)


async def _list(settings: Settings) -> None:
    table = Table("version", "in force from", "units", "items", "channels", "limits from")
    for book in load(settings.policy):
        kinds = Counter(unit.kind for unit in book.units.values())
        units = ", ".join(f"{kinds[kind]} {kind}" for kind in UnitKind if kinds[kind])
        ways = Counter(channel.kind for channel in book.channels.values())
        channels = ", ".join(f"{ways[kind]} {kind}" for kind in ChannelKind if ways[kind])
        table.add_row(book.version, str(book.effective_from), units, str(len(book.items)), channels, "file")
    _console.print(table)
    if settings.database_url is None:
        return
    connection = await _connected(settings)
    try:
        known = await applied.every_version(connection)
    finally:
        await connection.close()
    table = Table("applied version", "in force from", "applied at", "by")
    for version in known:
        table.add_row(version.version, str(version.effective_from), f"{version.applied_at:%F %T}", version.applied_by)
    _console.print(table)
