"""`hotline erase` and `hotline retain`: persons are erased on request, or when their time is over."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console

from config.settings import Settings
from domain.calendar import beijing_day
from rulebook.shelf import Shelf
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
    ticket_no: Annotated[
        str,
        typer.Argument(help="A ticket of theirs, like 20261122-00000017, or a missed call, like MC-20261122-000017."),
    ],
    by: _By = "operator",
    yes: _Yes = False,
) -> None:
    """Erase the complainant behind a ticket, for good: name, phone and all that was said in all their tickets."""
    asyncio.run(_erase(Settings(), ticket_no, by, yes))


def retain(
    older_than: Annotated[
        str | None, typer.Option(help="A span in days, weeks, months or years: 90d, 6m, 3y. Not given: policy's.")
    ] = None,
    by: _By = "retention",
    yes: _Yes = False,
) -> None:
    """Erase every complainant all of whose tickets have been closed for longer than the policy in force says."""
    asyncio.run(_retain(Settings(), None if older_than is None else _days(older_than), by, yes))


def _days(written: str) -> int:
    span = re.fullmatch(r"([1-9][0-9]{0,3})([dwmy])", written)
    if span is None:
        raise typer.BadParameter("a number and d, w, m or y, like 3y", param_hint="--older-than")
    return int(span[1]) * _DAYS[span[2]]


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


async def _retain(settings: Settings, days: int | None, by: str, yes: bool) -> None:
    async with await open_pool(addresses(settings)[0], most=1) as pool:
        now = datetime.now(UTC)
        if days is None:
            days = (await Shelf(pool).in_force(beijing_day(now))).house.retention_days
        before = now - timedelta(days=days)
        if not yes:
            _ask(f"Erase every complainant whose tickets were all closed before {before:%Y-%m-%d}? It is for good.")
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
