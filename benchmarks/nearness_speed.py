"""How long it takes to find what is near a new complaint, among 100,000 open ones; and what keeping terms costs.

From the top folder: ``python -m benchmarks.nearness_speed [--open 100000]``. Starts a PostgreSQL of its own and throws
it away. The complaints are made up from the shipped corpus. Prints one line of JSON.
"""

import argparse
import asyncio
import json
import shutil
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.variations import Said, Variations
from domain.calendar import beijing_day
from domain.nearness import NearnessLimits
from local.home import Home
from local.postgres import Postgres
from nearness.finder import Finder
from nearness.terms import terms_of
from store import migrations, terms
from store.connection import Connection, open_pool
from vault.keyring import KeyRing
from vault.seal import Vault

MIGRATIONS = Path(__file__).parent.parent / "migrations"
NEWCOMERS = 300
COMPLAINANTS = 60_000
BATCH = 2_000
LIMITS = NearnessLimits()

_COMPLAINTS = """
INSERT INTO complaints (ticket_no, complainant_id, received_at, channel, matter_sealed, district, street, item,
    answered, repeat_of, confidential)
SELECT ticket_no, complainant_id, received_at, 'phone', 'sealed', district, street, item, false, '', false
FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])
    AS c (ticket_no, complainant_id, received_at, item, district, street)
"""
_TICKETS = """
INSERT INTO tickets (ticket_no, received_at, channel, item, district, street, stage)
SELECT ticket_no, received_at, 'phone', item, district, street, $6
FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[])
    AS t (ticket_no, received_at, item, district, street)
"""


class Town:
    """A database full of made-up complaints of the last 30 days."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault
        self._now = datetime.now(UTC)
        self._people = [uuid.UUID(int=number) for number in range(1, COMPLAINANTS + 1)]
        self._count = 0

    async def settle(self) -> None:
        """The complainants."""
        await self._connection.execute(
            """INSERT INTO complainants (complainant_id, key_id, wrapped_key, kind)
               SELECT id, 'k1', 'key', 'natural_person' FROM unnest($1::uuid[]) AS id""",
            self._people,
        )

    async def add(self, said: list[Said], whole: int) -> list[str]:
        """Keep complaints without their terms; `whole` is how many the 30 days hold. Their ticket numbers."""
        first, self._count = self._count, self._count + len(said)
        at = [self._now - timedelta(days=30) * (1 - (first + n) / whole) for n in range(len(said))]
        numbers = [f"{beijing_day(each):%Y%m%d}-{first + n:08d}" for n, each in enumerate(at)]
        people = [self._people[(first + n) * 7919 % COMPLAINANTS] for n in range(len(said))]
        codes = ([each.item for each in said], [each.district for each in said], [each.street for each in said])
        await self._connection.execute(_COMPLAINTS, numbers, people, at, *codes)
        await self._connection.execute(_TICKETS, numbers, at, *codes, "handling")
        return numbers

    async def index(self, numbers: list[str], said: list[Said], clock: "Clock") -> None:
        """Hash and keep their terms, one after another, each in a transaction as at intake."""
        for number, each in zip(numbers, said, strict=True):
            async with self._connection.transaction():
                with clock:
                    await terms.keep(self._connection, number, terms_of(self._vault, each.text))

    async def load(self, numbers: list[str], said: list[Said]) -> None:
        """Keep their terms in bulk."""
        kept = [(number, terms_of(self._vault, each.text)) for number, each in zip(numbers, said, strict=True)]
        lists = [(number, own.pairs, own.names) for number, own in kept]
        near = [(number, [*own.pairs, *own.names]) for number, own in kept]
        copy = self._connection.copy_records_to_table
        await copy("ticket_terms", records=lists, columns=("ticket_no", "pairs", "names"))
        await copy("open_terms", records=near, columns=("ticket_no", "terms"))


class Clock:
    """Wall time, and the time that this process and its server backend had a processor for: on a machine that does
    other work too, the second tells what the first would be on one that does not."""

    def __init__(self, backend: int) -> None:
        self._backend = Path(f"/proc/{backend}/schedstat")
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def __enter__(self) -> None:
        self._begun = time.perf_counter(), self._spent()

    def __exit__(self, *_: object) -> None:
        self.wall.append(time.perf_counter() - self._begun[0])
        self.cpu.append(self._spent() - self._begun[1])

    def _spent(self) -> float:
        return time.process_time() + int(self._backend.read_text().split()[0]) / 1e9

    def told(self) -> dict[str, dict[str, float]]:
        """Milliseconds."""
        return {"wall": spread(self.wall), "cpu": spread(self.cpu)}


async def measured(connection: Connection, count: int) -> dict[str, object]:
    """Fill, then time."""
    vault, variations = Vault(KeyRing.fresh()), Variations(20261122)
    await migrations.migrate(connection, migrations.read(MIGRATIONS), beijing_day(datetime.now(UTC) - timedelta(31)))
    town = Town(connection, vault)
    await town.settle()
    said: list[Said] = []
    for start in range(0, count, BATCH):
        batch = list(variations.many(min(BATCH, count - start)))
        await town.load(await town.add(batch, count), batch)
        said += batch
    await connection.execute("VACUUM ANALYZE")
    fresh = [variations.again(said[-1 - 97 * n % count]) if n % 2 else variations.one() for n in range(NEWCOMERS)]
    numbers = await town.add(fresh, count)
    backend = await connection.fetchval("SELECT pg_backend_pid()")
    keeping, finding = Clock(backend), Clock(backend)
    await town.index(numbers, fresh, keeping)
    finder = Finder(vault)
    begun = time.perf_counter()
    await finder.rarity(connection)
    counted = time.perf_counter() - begun
    found: list[int] = []
    for number, each in zip(numbers, fresh, strict=True):
        with finding:
            near = await finder.nearest(
                connection, number, LIMITS, item=each.item, district=each.district, street=each.street
            )
        found.append(len(near))
    return {
        "open": count,
        "nearest_ms": finding.told(),
        "found_again": sum(1 for number, n in enumerate(found) if number % 2 and n) / (NEWCOMERS // 2),
        "candidates": sum(found) / len(found),
        "keep_ms": keeping.told(),
        "counting_s": round(counted, 2),
        **await room(connection, count),
    }


async def room(connection: Connection, count: int) -> dict[str, int]:
    """What the terms of one complaint take."""
    sizes = await connection.fetchrow(
        """SELECT pg_total_relation_size('open_terms') AS open_terms, pg_relation_size('open_terms') AS heap,
               (SELECT avg(cardinality(terms)) FROM open_terms)::int AS terms_a_complaint"""
    )
    assert sizes is not None
    return {
        "bytes_a_complaint": round(sizes["open_terms"] / count),
        "of_these_index": round((sizes["open_terms"] - sizes["heap"]) / count),
        "terms_a_complaint": sizes["terms_a_complaint"],
    }


def spread(taken: list[float]) -> dict[str, float]:
    """The median, the slow ones and the slowest, of seconds, in milliseconds."""
    ordered = sorted(1_000 * each for each in taken)
    at = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {name: round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2) for name, share in at.items()}


async def run(url: str, count: int) -> None:
    """Measure over one connection and print."""
    async with await open_pool(url, most=1) as pool, pool.acquire() as connection:
        connection.get_settings()
        print(json.dumps(await measured(connection, count)))


def main() -> None:
    """A server for as long as it takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=100_000, help="open complaints")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hotline-bench-"))
    folder.chmod(0o755)
    postgres = Postgres(Home(folder))
    try:
        postgres.start()
        asyncio.run(run(postgres.url(), options.open))
    finally:
        postgres.discard()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
