"""`hotline ticket` and `hotline import`: one complaint told, and many handed in."""

import asyncio
import hashlib
import json
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.progress import Progress

from config.settings import Settings
from demo.messages import Message, read
from domain.actor import Actor, Role
from domain.calendar import BEIJING, beijing_day
from domain.telling import tell
from rulebook.book import Book
from rulebook.shelf import Shelf
from store import api_keys, journal, tickets, views
from store.connection import open_pool
from store.views import View
from workers.home import addresses, api_address

_console = Console()
_AT_ONCE = 8
_MOST_VIEWS = 1000
_SHOWN = {"matter": "诉求内容", "contact": "联系方式", "notes": "办理说明"}
_ROLES = {
    "complainant": "诉求人",
    "seat": "座席",
    "frontend": "受理渠道",
    "bureau": "市政务服务局",
    "municipality": "市政府",
    "admin": "管理员",
}


def ticket(ticket_no: Annotated[str, typer.Argument(help="Ticket number, like 20261122-00000017.")]) -> None:
    """Where a complaint stands and what happened to it."""
    if not asyncio.run(_tell(Settings(), ticket_no)):
        _console.print(f"there is no ticket {ticket_no}", style="red", highlight=False)
        raise typer.Exit(1)


def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV with a column text.")],
) -> None:
    """Hand in every row of a file over the API. Interrupted and run again, it goes on without a double."""
    asyncio.run(_import(Settings(), file))


async def _tell(settings: Settings, ticket_no: str) -> bool:
    async with await open_pool(addresses(settings)[0]) as pool:
        found = await tickets.read(pool, ticket_no)
        if found is None:
            return False
        book = await Shelf(pool).in_force(beijing_day(found.received_at))
        _console.print(
            f"{ticket_no}  {found.stage} {found.outcome}  {book.name_of(found.item)}  {book.name_of(found.lead)}"
        )
        told = [(row.at, tell(row.event, book.name_of)) for row in await journal.rows_after(pool, ticket_no)]
        told += [(view.at, _viewed(view, book)) for view in await views.of_ticket(pool, ticket_no, None, _MOST_VIEWS)]
        for at, line in sorted(told, key=lambda each: each[0]):
            _console.print(f"  {at.astimezone(BEIJING):%Y-%m-%d %H:%M}  {line}", highlight=False)
    return True


def _viewed(view: View, book: Book) -> str:
    who = book.name_of(view.unit) if view.unit else _ROLES.get(view.role, view.role)
    return f"{who}查看了{'、'.join(_SHOWN[what] for what in view.what)}（{view.name}）"


async def _import(settings: Settings, file: Path) -> None:
    messages = read(file)
    async with await open_pool(addresses(settings)[0], most=1) as pool:
        key = await api_keys.issue(pool, Actor(Role.FRONTEND, "import"))
    turn = asyncio.Semaphore(_AT_ONCE)
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=api_address(settings), timeout=60, headers=headers) as http:
        with Progress(console=_console) as progress:
            bar = progress.add_task(file.name, total=len(messages))

            async def one(message: Message) -> bool:
                async with turn:
                    fresh = await _hand_in(http, message)
                progress.advance(bar)
                return fresh

            fresh = sum(await asyncio.gather(*(one(message) for message in messages)))
    _console.print(f"{len(messages)} rows accepted, {fresh} of them new")


async def _hand_in(http: httpx.AsyncClient, message: Message) -> bool:
    """Whether the row is new. The key is made of the row, so that a second run finds the first one's ticket."""
    body = {"matter": message.text, "channel": "network"}
    body |= {name: value for name in ("kind", "district", "street", "item") if (value := getattr(message, name))}
    key = hashlib.sha256(json.dumps([message.number, body]).encode()).hexdigest()
    answer = await http.post("/v1/complaints", json=body, headers={"Idempotency-Key": key})
    answer.raise_for_status()
    return answer.status_code == HTTPStatus.CREATED
