"""Fills the database with complaints: copies of some that were really led, under numbers, persons, words and clocks of
their own. Every table that knows ticket numbers gets its rows, so that a table of tomorrow is filled too."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta

from bench.rounds import Say
from store.connection import Connection, Pool

_BATCH = 20_000
_AT_ONCE = 2
"""Batches at one time; PostgreSQL works on each with one processor."""
_RAREST = 13
"""A term stands in all copies of a complaint, in every second, fourth, … or in one of 4,096: by chance, as words are
common or rare, whichever complaint is copied."""
_OVERDUE = 50
"""One copy in so many is past its limit."""
_CLOSED_DAYS, _OPEN_DAYS = 360, 20
"""Over how many days before today copies are spread."""
_FIRST = 50_000_000
"""Numbers of copies begin here, behind those that are given out."""

_COLUMNS = """
SELECT c.relname, array_agg(a.attname::text ORDER BY attnum) AS columns
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped
    AND attgenerated = '' AND attidentity = ''
WHERE c.relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace AND relname <> 'views'
GROUP BY 1 HAVING 'ticket_no' = ANY (array_agg(a.attname)) OR c.relname = 'complainants' ORDER BY 1
"""
_COPIES = """
CREATE TEMP TABLE copies ON COMMIT DROP AS
SELECT n, n / cardinality($1::text[]) AS turn, ($1::text[])[1 + n % cardinality($1::text[])] AS seed,
    to_char($2::date - n % $3, 'YYYYMMDD') || '-' || lpad(n::text, 8, '0') AS ticket_no
FROM generate_series($4::integer, $5::integer) AS n
"""
_OF_TICKET = "FROM copies JOIN {table} s ON s.ticket_no = copies.seed"
_OF_PERSON = "FROM copies JOIN complaints c ON c.ticket_no = copies.seed JOIN complainants s USING (complainant_id)"
_OWN = {
    "ticket_no": "copies.ticket_no",
    "complainant_id": "md5(copies.ticket_no)::uuid",
    "phone_hash": "sha256(convert_to(copies.ticket_no, 'UTF8'))",
    "key": "s.key || '/' || copies.n",
    **{name: f"s.{name} + copies.n % 86400 * interval '1 second'" for name in ("due", "next_due", "opens_at")},
    "overdue": f"copies.turn % {_OVERDUE} = 0",
    **{
        name: f"ARRAY(SELECT term # (copies.turn % (1 << ((term & 65535) % {_RAREST}))) FROM unnest(s.{name}) AS term)"
        for name in ("pairs", "names", "terms")
    },
}
"""What a copy has for itself, by column."""


class Stock:
    """Knows what is copied, and how many copies there are."""

    def __init__(self, pool: Pool, closed: list[str], still_open: list[str], today: date, say: Say) -> None:
        """`closed` and `still_open`: tickets to make copies of, each several."""
        self._pool = pool
        self._seeds = {True: closed, False: still_open}
        self._today = today
        self._say = say
        self._next = _FIRST

    async def add(self, count: int, *, closed: bool) -> None:
        """So many more, closed within the last year or open since some days; then everything is counted anew, as the
        database does by itself over night."""
        numbers = range(self._next, self._next + count)
        self._next += count
        await self._pool.execute("SELECT open_months($1, 13)", self._today - timedelta(days=_CLOSED_DAYS))
        batches = iter([numbers[start : start + _BATCH] for start in range(0, count, _BATCH)])
        async with asyncio.TaskGroup() as at_once:
            for _ in range(_AT_ONCE):
                at_once.create_task(self._fill(batches, closed=closed))
        await self._pool.execute("VACUUM ANALYZE", timeout=1800)
        self._say(f"{count} more complaints {'closed' if closed else 'open'}")

    async def _fill(self, batches: Iterator[range], *, closed: bool) -> None:
        async with self._pool.acquire() as connection:
            for batch in batches:
                await self._copy(connection, batch, closed=closed)

    async def _copy(self, connection: Connection, batch: range, *, closed: bool) -> None:
        days = _CLOSED_DAYS if closed else _OPEN_DAYS
        numbers = batch[0], batch[-1]
        async with connection.transaction():
            await connection.execute("SET LOCAL synchronous_commit = off")
            await connection.execute(_COPIES, self._seeds[closed], self._today, days, *numbers, timeout=600)
            await connection.execute("ANALYZE copies")
            for table, columns in await connection.fetch(_COLUMNS):
                own = ", ".join(_OWN.get(column, f"s.{column}") for column in columns)
                source = _OF_TICKET.format(table=table) if "ticket_no" in columns else _OF_PERSON
                await connection.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) SELECT {own} {source}", timeout=600
                )
