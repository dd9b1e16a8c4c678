"""`hotline report`: what the journal tells, counted."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from config.settings import Settings
from domain.calendar import BEIJING, beijing_day
from domain.dispute import Decision, Disputed, disputed
from rulebook.book import Book
from rulebook.shelf import Shelf
from store import disputes
from store.connection import open_pool
from workers.home import addresses

app = typer.Typer(help="Reports, counted from the journal.", no_args_is_help=True)
_console = Console()
_HEAD = ("事项", "单位类别", "异议", "非职责", "非辖区", "成立", "不成立", "已过", "未裁定", "指定", "异议单位", "转至")


@app.callback()
def reports() -> None:
    """Keeps `disputed` a command of its own while it is the only one."""


@app.command("disputed")
def report_disputed(
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; 30 days ago.")
    ] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day; today.")] = None,
) -> None:
    """各说各的理: catalogue items that units dispute, by item and kind of unit, the most disputed first."""
    today = datetime.combine(beijing_day(datetime.now(UTC)), datetime.min.time())
    last = last or today
    first = first or last - timedelta(days=29)
    if first > last:
        raise typer.BadParameter("the period ends before it begins")
    end = last.replace(tzinfo=BEIJING) + timedelta(days=1)
    found, book = asyncio.run(_counted(Settings(), first.replace(tzinfo=BEIJING), end))
    _console.print(_table(found, book) if found else "没有派单异议")


async def _counted(settings: Settings, begin: datetime, end: datetime) -> tuple[list[Disputed], Book]:
    async with await open_pool(addresses(settings)[0], most=1) as pool:
        book = await Shelf(pool).in_force(beijing_day(datetime.now(UTC)))
        return disputed(await disputes.objections(pool, begin, end), book.kind_of), book


def _table(found: list[Disputed], book: Book) -> Table:
    table = Table(*_HEAD)
    for each in found:
        grounds = (str(each.grounds.get(ground, 0)) for ground in ("not_my_duty", "not_my_area"))
        decisions = (str(each.decisions[decision]) for decision in Decision)
        item = f"{each.item} {book.name_of(each.item)}"
        units = (_named(times, book) for times in (each.objected_by, each.bounced_to))
        table.add_row(item, each.unit_kind, str(each.objections), *grounds, *decisions, str(each.designated), *units)
    return table


def _named(times: dict[str, int], book: Book) -> str:
    return "、".join(f"{book.name_of(unit)} {count}" for unit, count in times.items())
