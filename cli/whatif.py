"""`hotline policy whatif`: every deadline of a ticket, line by line, and what another policy would make of it."""

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from config.settings import Settings
from domain.calendar import BEIJING
from domain.counting import DayName, in_words
from domain.explanation import Explained, explained, versions
from domain.reckoning import Deadline
from domain.telling import CLOCKS, tell
from rulebook.book import Book
from rulebook.files import day_names, load
from rulebook.shelf import Shelf
from store import journal, tickets
from store.connection import Pool, open_pool
from workers.home import addresses

_console = Console(highlight=False, soft_wrap=True)
_PARTS = {"day_before": "期满前一天", "from": "开始"}
_REPLACED = {
    "Dispatched": "停止计时：异议成立或改派，自本次派单重新计算",
    "ExtensionGranted": "延长",
    "ReworkOrdered": "不再计时：退回重办另计",
    "Replanned": "按新公布的日历重新计算",
}
_DAY_KINDS = {"hours": "自然小时", "elapsed": "满24小时为一日", "calendar_days": "自然日", "working_days": "工作日"}


def whatif(
    ticket_no: Annotated[str, typer.Argument(help="Ticket number, like 20261122-00000017.")],
    policy: Annotated[
        str, typer.Option(help="Another version, applied or in the policy folder: what would differ under it.")
    ] = "",
    item: Annotated[str, typer.Option(help="Another catalogue item: what would differ if that were the matter.")] = "",
) -> None:
    """Explain every deadline of a ticket: rule, limit, start, days that counted and days that did not, end.

    Exits with 1 when the journal says otherwise."""
    lines = asyncio.run(_lines(Settings(), ticket_no, policy, item))
    if lines is None:
        _console.print(f"there is no ticket {ticket_no}", style="red")
        raise typer.Exit(1)
    for line in lines:
        _console.print(line, markup=False)
    if any("≠" in line for line in lines):
        raise typer.Exit(1)


async def _lines(settings: Settings, ticket_no: str, version: str, item: str) -> list[str] | None:
    async with await open_pool(addresses(settings)[0], most=1) as pool:
        ticket = await tickets.read(pool, ticket_no)
        if ticket is None:
            return None
        rows = await journal.rows_after(pool, ticket_no)
        shelf = Shelf(pool)
        books = {name: await shelf.version(name) for name in sorted(versions(rows))}
        other = await _other(pool, settings.policy, version) if version else None
    asked_of = [other] if other else list(books.values())
    if item and not all(item in book.items for book in asked_of):
        raise typer.BadParameter(f"no item {item} in {'、'.join(book.version for book in asked_of)}")
    found = explained(ticket.received_at, rows, books, other, item)
    if not found:
        return [f"{ticket_no}  还没有时限"]
    asked = " ".join(filter(None, [other.version if other else "", item and f"事项 {item}"]))
    return told(found, books, day_names(settings.policy), asked)


async def _other(pool: Pool, folder: Path, version: str) -> Book:
    """A version that was applied, or one that the files hold and nobody has applied yet."""
    in_files = {book.version: book for book in load(folder)}
    return in_files[version] if version in in_files else await Shelf(pool).version(version)


def told(found: list[Explained], books: dict[str, Book], names: dict[date, str], asked: str) -> list[str]:
    """The explanation, line by line; `asked` says what else was asked about."""

    def name_of(day: date) -> str:
        return names.get(day, "")

    lines: list[str] = []
    for each in found:
        book = books[each.terms.policy]
        lines.append(f"{_at(each.row.at)}  #{each.row.seq} {tell(each.row.event, book.name_of)}")
        lines.append(f"    {_under(each, book)}")
        for deadline in each.deadlines:
            lines += _deadline(deadline, name_of)
            if deadline.replaces is not None:
                lines.append(f"        原时限 {_at(deadline.replaces)} {_REPLACED[each.row.kind]}")
        lines += [f"    若按 {asked}：{line}" for line in _differences(each)] if asked else []
    return lines


def _under(each: Explained, book: Book) -> str:
    terms = each.terms
    by = "" if each.calendar == terms.policy else f"，日历取自 {each.calendar}"
    around = "，全天候服务" if terms.around_clock else ""
    counted = f"时限档 {terms.tier}，按{_DAY_KINDS[terms.day_kind]}计"
    return f"政策 {terms.policy}（自{book.effective_from}起施行），{counted}{around}{by}"


def _deadline(deadline: Deadline, name_of: DayName) -> list[str]:
    counted = deadline.count
    told = f"    {_about(deadline)}  {deadline.rule}  {deadline.limit} = {deadline.amount}"
    lines = [f"{told}  {_at(deadline.start)} → {_at(counted.end)}" + ("（暂定）" if deadline.provisional else "")]
    if counted.days:
        lines.append(f"        {in_words(counted.days, name_of)}")
    if not deadline.agrees:
        provisional = "（暂定）" if deadline.told_provisional else ""
        lines.append(f"        ≠ 台账：{_at(deadline.told) if deadline.told else '无'}{provisional}")
    return lines


def _differences(each: Explained) -> list[str]:
    lines: list[str] = []
    for own, instead in each.differing():
        deadline = own or instead
        assert deadline is not None, "a difference has a side"
        if own is None or instead is None:
            lines.append(f"{_about(deadline)} {'没有' if instead is None else _at(deadline.count.end)}")
        else:
            by = _span(instead.count.end - own.count.end)
            lines.append(f"{_about(own)} {instead.amount} → {_at(instead.count.end)}（{by}）")
    return lines


def _about(deadline: Deadline) -> str:
    clock, _, rest = deadline.about.partition(":")
    parts = [_PARTS.get(part, part) for part in rest.split(":") if part]
    return " ".join([CLOCKS.get(clock, "异议"), *parts])


def _span(by: timedelta) -> str:
    minutes = int(abs(by).total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    parts = [f"{days}天" if days else "", f"{hours}小时" if hours else "", f"{minutes % 60}分" if minutes % 60 else ""]
    return ("晚" if by > timedelta() else "早") + ("".join(parts) or "不到1分")


def _at(instant: datetime) -> str:
    return f"{instant.astimezone(BEIJING):%Y-%m-%d %H:%M}"
