"""`hotline journal`: does the journal hold, and does the engine tell the same story."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from audit.chain import verify_chain
from audit.story import compare
from audit.views import verify_views
from config.settings import Settings
from store import account
from store.connection import Connection, open_pool
from vault.seal import Vault
from workers.engine import connect
from workers.home import addresses, key_ring

app = typer.Typer(help="The append-only journal.", no_args_is_help=True)
_console = Console()


@app.command()
def verify(
    engine: Annotated[bool, typer.Option(help="Compare with the workflows too, one by one.")] = True,
) -> None:
    """Read every row; exit 1 when one was changed, dropped or forged, or when the engine tells another story."""
    faults = asyncio.run(_verify(Settings(), engine))
    for fault in faults:
        _console.print(fault, style="red", highlight=False)
    if faults:
        raise typer.Exit(1)


async def _verify(settings: Settings, engine: bool) -> list[str]:
    database_url, temporal_address = addresses(settings)
    async with await open_pool(database_url) as pool:
        async with pool.acquire() as connection:
            chain = await verify_chain(connection)
            faults = chain.faults + await _views(settings, connection)
        _console.print(f"{chain.rows} rows of {chain.tickets} tickets, {len(chain.faults)} faults")
        if not engine:
            return faults
        numbers = await account.ticket_numbers(pool)
        story = await compare(pool, await connect(settings, temporal_address), numbers)
        _console.print(
            f"{story.compared} workflows compared, {story.without} tickets needed none, "
            f"{len(story.forgotten)} closed and not known to the engine any more, "
            f"{len(story.lost)} lost to the engine, {len(story.mismatches)} with another story, "
            f"{len(story.silent)} that do not answer"
        )
    astray = [f"{ticket_no}: the workflow ends elsewhere than its journal" for ticket_no in story.mismatches]
    astray += [f"{ticket_no}: the engine does not know it, or gave it up" for ticket_no in story.lost]
    astray += [f"{ticket_no}: its workflow does not answer" for ticket_no in story.silent]
    return faults + astray


async def _views(settings: Settings, connection: Connection) -> list[str]:
    """Faults in the books of views. They are bound under the ring, so that who has no ring cannot check them."""
    if settings.key_ring is None and not (settings.home / "keys.json").exists():
        _console.print("the books of views were not checked: there is no key ring here")
        return []
    report = await verify_views(connection, Vault(key_ring(settings)).bind_views)
    _console.print(f"{report.views} views of personal data in {report.books} books, {len(report.faults)} faults")
    return report.faults
