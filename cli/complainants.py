"""`hotline erase` and `hotline retain`: persons are erased on request, or when their time is over."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console

from config.settings import Settings
from store import erasures
from store.connection import Pool, open_pool
from store.erasures import Person
from workers.home import addresses

_console = Console(highlight=False, soft_wrap=True)
_DAYS = {"d": 1, "w": 7, "m": 31, "y": 366}
_BATCH = 500
_By = Annotated[str, typer.Option(help="Who ordered it: an account, never a person's name.")]
_Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def erase(
    ticket_no: Annotated[str, typer.Argument(help="A ticket of theirs, like 20261122-00000017.")],
    by: _By = "operator",
    yes: _Yes = False,
) -> None:
    """Erase the complainant behind a ticket, for good: name, phone and all that was said in all their tickets."""
    asyncio.run(_erase(Settings(), ticket_no, by, yes))


def retain(
    older_than: Annotated[str, typer.Option(help="A span in days, weeks, months or years: 90d, 6m, 3y.")],
    by: _By = "retention",
    yes: _Yes = False,
) -> None:
    """Erase every complainant all of whose tickets have been closed for longer than a span."""
    span = re.fullmatch(r"([1-9][0-9]{0,3})([dwmy])", older_than)
    if span is None:
        raise typer.BadParameter("a number and d, w, m or y, like 3y", param_hint="--older-than")
    before = datetime.now(UTC) - timedelta(days=int(span[1]) * _DAYS[span[2]])
    asyncio.run(_retain(Settings(), before, by, yes))


async def _erase(settings: Settings, ticket_no: str, by: str, yes: bool) -> None:
    async with await open_pool(addresses(settings)[0], most=1) as pool:
        person = await erasures.person(pool, ticket_no)
        if person is None:
            _console.print(f"there is no ticket {ticket_no}", style="red")
            raise typer.Exit(1)
        if person.erased:
            _console.print(f"the complainant of {ticket_no} was erased before")
            return
        if not yes:
            _ask(f"Erase this complainant? It is for good, and holds for all their tickets ({person.tickets}).")
        await erasures.erase(pool, person.complainant_id, by)
        _console.print(_told(person))


def _told(person: Person) -> str:
    return f"erased; {person.tickets} tickets and their journals stay. Backups from before still hold the key"


async def _retain(settings: Settings, before: datetime, by: str, yes: bool) -> None:
    if not yes:
        _ask(f"Erase every complainant whose tickets were all closed before {before:%Y-%m-%d}? It is for good.")
    async with await open_pool(addresses(settings)[0], most=1) as pool:
        _console.print(f"{await _erase_done(pool, before, by)} complainants erased")


async def _erase_done(pool: Pool, before: datetime, by: str) -> int:
    """Batch by batch in order, so that it can be interrupted and repeated."""
    erased, after = 0, erasures.FIRST
    while found := await erasures.done_before(pool, before, after, _BATCH):
        async with pool.acquire() as connection:
            for complainant_id in found:
                erased += await erasures.erase_done(connection, complainant_id, before, by)
        after = found[-1]
    return erased


def _ask(question: str) -> None:
    typer.confirm(question, abort=True)
