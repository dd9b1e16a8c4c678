"""Who was shown personal data: one row a view, in books whose rows bind each other, appended only
(docs/decisions/0012)."""

import json
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from asyncpg import Record, UniqueViolationError

from domain.actor import Actor
from domain.calendar import BEIJING
from store.connection import Connection, Executor

BOOKS = 4
"""Readers of tickets in different books never wait for each other; the fewer books, the sooner each row is bound by a
next one."""

Bind = Callable[[bytes], bytes]
"""A keyed hash. Its key is not in the database, so that nobody there can bind a row anew."""


@dataclass(frozen=True, slots=True)
class View:
    """One view, in its place in its book. `what` was shown: matter, contact, notes."""

    month: str
    book: int
    seq: int
    ticket_no: str
    at: datetime
    role: str
    name: str
    unit: str
    what: list[str]
    mac: bytes = b""

    def bound(self, before: bytes, bind: Bind) -> bytes:
        """What `mac` has to be, following a row whose `mac` is `before`; the first row of a book follows none."""
        at = round(self.at.timestamp() * 1e6)
        place = [before.hex(), self.month, self.book, self.seq]
        told = [*place, self.ticket_no, at, self.role, self.name, self.unit, self.what]
        return bind(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


_COLUMNS = "month, book, seq, ticket_no, at, role, name, unit, what, mac"


def book_of(ticket_no: str) -> int:
    """The book that a ticket's views are noted in."""
    return zlib.crc32(ticket_no.encode()) % BOOKS


def by_book(ticket_nos: list[str]) -> dict[int, list[str]]:
    """The tickets of each book."""
    books: dict[int, list[str]] = {}
    for ticket_no in ticket_nos:
        books.setdefault(book_of(ticket_no), []).append(ticket_no)
    return books


async def add_all(connection: Executor, ticket_nos: list[str], actor: Actor, what: list[str], bind: Bind) -> None:
    """Note that `actor` is shown something of each of these tickets: a statement a book, not one a ticket."""
    for book, of_book in by_book(ticket_nos).items():
        await _write(connection, book, of_book, actor, what, bind)


async def _write(
    connection: Executor, book: int, ticket_nos: list[str], actor: Actor, what: list[str], bind: Bind
) -> None:
    """The next rows of one book, all or none. Who finds a place taken takes the next ones, so that this must not be
    asked within a transaction, which that would end."""
    written = False
    while not written:
        at = datetime.now(UTC)
        month = f"{at.astimezone(BEIJING):%Y%m}"
        last = await connection.fetchrow(
            "SELECT seq, mac FROM views WHERE book = $1 AND month <= $2 ORDER BY month DESC, seq DESC LIMIT 1",
            *(book, month),
        )
        seq, before = (last["seq"], last["mac"]) if last else (0, b"")
        macs: list[bytes] = []
        for place, ticket_no in enumerate(ticket_nos, start=1):
            view = View(month, book, seq + place, ticket_no, at, actor.role.value, actor.name, actor.unit, what)
            before = view.bound(before, bind)
            macs.append(before)
        written = await _appended(connection, (month, book, seq, at, actor, what), ticket_nos, macs)


async def _appended(
    connection: Executor,
    rows: tuple[str, int, int, datetime, Actor, list[str]],
    ticket_nos: list[str],
    macs: list[bytes],
) -> bool:
    month, book, seq, at, actor, what = rows
    try:
        await connection.execute(
            f"""INSERT INTO views ({_COLUMNS})
                SELECT $1, $2, $3 + place, ticket_no, $4, $5, $6, $7, $8, mac
                FROM unnest($9::text[], $10::bytea[]) WITH ORDINALITY AS v (ticket_no, mac, place)""",
            *(month, book, seq, at, actor.role.value, actor.name, actor.unit, what, ticket_nos, macs),
        )
    except UniqueViolationError:
        return False
    return True


async def of_ticket(connection: Executor, ticket_no: str, before: int | None, most: int) -> list[View]:
    """Views of one ticket, newest first, those before view `before`."""
    found = await connection.fetch(
        f"""SELECT {_COLUMNS} FROM views
            WHERE ticket_no = $1 AND month >= $2 AND ($3::bigint IS NULL OR seq < $3) ORDER BY seq DESC LIMIT $4""",
        *(ticket_no, ticket_no[:6], before, most),
    )
    return [_view(record) for record in found]


async def every_view(connection: Connection) -> AsyncIterator[View]:
    """Every view, book by book, in order. Needs a transaction, for its cursor."""
    async for record in connection.cursor(f"SELECT {_COLUMNS} FROM views ORDER BY book, month, seq", prefetch=1000):
        yield _view(record)


def _view(record: Record) -> View:
    return View(**dict(record))
