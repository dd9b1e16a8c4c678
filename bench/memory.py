"""What an open and a closed complaint cost in memory and on disk, and what of it is most."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg

from bench.life import hands
from bench.processes import Spent, apiece, resident_mb, spent
from bench.rounds import Say, closed_loop
from local.child import Child
from local.temporal_on_postgres import DATABASES
from workers.running import Running

_MOST = 8
"""Tables that are named; the rest is small."""
_TABLES = """
SELECT coalesce(p.relname, c.relname) AS name, sum(pg_total_relation_size(c.oid)) AS bytes
FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Held:
    """Megabytes by process, bytes by table, and the milliseconds of processor that were spent so far."""

    memory_mb: Mapping[str, float]
    tables: Mapping[str, int]
    spent: Spent

    def more_than(self, before: "Held", count: int) -> dict[str, object]:
        """What has come on top, for each of `count` complaints. Workers and relay share them: each complaint is held
        by one of these."""
        memory = {name: mb - before.memory_mb.get(name, 0.0) for name, mb in self.memory_mb.items()}
        tables = {name: size - before.tables.get(name, 0) for name, size in self.tables.items()}
        largest = sorted(tables.items(), key=lambda each: -each[1])[:_MOST]
        return {
            "memory_kb": {name: round(mb * 1000 / count, 1) for name, mb in memory.items()},
            "memory_kb_workers": round(sum(memory[name] for name in _holds(memory)) * 1000 / count, 1),
            "cpu_ms": apiece(self.spent.since(before.spent), count),
            "database_bytes": round(sum(tables.values()) / count),
            "database_bytes_most": {name: round(size / count) for name, size in largest},
        }


async def measure_memory(
    hotline: Running, count: int, in_flight: int, say: Say, *, warm_up: int = 100, settling: float = 5.0
) -> dict[str, Any]:
    """`count` complaints are opened and then closed; the figures are per complaint, as one JSON object. What a closed
    one costs counts from before it was opened. `settling`: seconds for what is still to be written."""
    async with hands(hotline) as ours:
        await closed_loop(ours.lives.lead, 0, warm_up, in_flight, ())
        empty = await _held(hotline, settling)
        cases: dict[int, tuple[str, str]] = {}

        async def opened(number: int) -> None:
            cases[number] = await ours.lives.dispatched(number)

        async def closed(number: int) -> None:
            await ours.lives.handled(*cases[number])

        await closed_loop(opened, warm_up, count, in_flight, ())
        say(f"{count} complaints are open")
        full = await _held(hotline, settling)
        await closed_loop(closed, warm_up, count, in_flight, ())
        say(f"{count} complaints are closed")
        after = await _held(hotline, settling)
    return {
        "complaints": count,
        "open": full.more_than(empty, count),
        "closed": after.more_than(empty, count),
        "memory_mb_empty": _rounded(empty.memory_mb),
        "memory_mb_open": _rounded(full.memory_mb),
        "memory_mb_closed": _rounded(after.memory_mb),
    }


async def _held(hotline: Running, settling: float) -> Held:
    """Once what is still to be written has been written, and what is dead has been cleared away."""
    await asyncio.sleep(settling)
    tables: dict[str, int] = {}
    for database in ("hotline", *DATABASES):
        connection = await asyncpg.connect(hotline.database_url.rpartition("/")[0] + f"/{database}")
        try:
            await connection.execute("VACUUM")
            for name, size in await connection.fetch(_TABLES):
                tables[f"{database}.{name}"] = int(size)
        finally:
            await connection.close()
    children = _counted(hotline.stack.children)
    return Held({child.name: resident_mb(child) for child in children}, tables, spent(children))


def _counted(children: list[Child]) -> list[Child]:
    return [child for child in children if child.name != "bare-worker"]


def _holds(names: Iterable[str]) -> set[str]:
    """The processes that work on complaints, and remember them."""
    return {name for name in names if name == "relay" or name.startswith("worker")}


def _rounded(memory: Mapping[str, float]) -> dict[str, float]:
    return {name: round(mb, 1) for name, mb in memory.items()}
