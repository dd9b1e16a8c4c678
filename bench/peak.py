"""The record hour: calls in an open loop, the backlog while they come, its end, and the count."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from audit.record import Record
from bench.arrivals import RECORD_PER_S, offsets
from bench.backlog import watched
from bench.calls import Calls
from bench.cast import Cast
from bench.mix import Mix, Sort
from bench.open_loop import Heard, OpenLoop, Taken
from bench.processes import Spent, apiece, resident_mb, spent, together
from bench.rounds import Say, spread
from bench.tally import tally
from domain.actor import Role
from store import knowledge
from store.connection import Pool, open_pool
from workers.engine import connect
from workers.running import Running

_MOST_FAULTS = 20
_COUNTING = 600.0
"""Seconds that a question about all calls may take."""
_IDLE = 5.0
"""Seconds for which it is watched how much is spent on nothing."""
_TAKEN_UP = """
SELECT ticket_no, min(recorded_at) AS taken_up, min(recorded_at) FILTER (WHERE kind = 'Dispatched') AS dispatched
FROM journal WHERE ticket_no = ANY($1) GROUP BY ticket_no
"""
_SIZES = "SELECT datname, pg_database_size(datname) / 1e6 AS mb FROM pg_database WHERE NOT datistemplate"
_STAGES = "SELECT stage, count(*) FROM tickets WHERE ticket_no = ANY($1) GROUP BY 1 ORDER BY 2 DESC"


@dataclass(frozen=True, slots=True)
class Peak:
    """How long calls come, how many a second, and how many seconds the backlog may take to drain afterwards."""

    minutes: float
    per_s: float = RECORD_PER_S
    patience: float = 3600.0
    seed: int = 12345


@dataclass(frozen=True, slots=True)
class Used:
    """What was taken of the machine so far: processor time and memory by process, megabytes on disk by database."""

    cpu: Spent
    database_mb: Mapping[str, float]
    memory_mb: Mapping[str, float]

    def told(self, before: "Used", calls: int) -> dict[str, Any]:
        """For each of so many calls since `before`; memory as it is now."""
        cpu = self.cpu.since(before.cpu)
        disk = {name: mb - before.database_mb.get(name, 0.0) for name, mb in self.database_mb.items()}
        return {
            "database_kb": {name: round(mb * 1000 / calls, 2) for name, mb in disk.items()},
            "memory_mb": {name: round(mb, 1) for name, mb in self.memory_mb.items()},
            "cpu_ms": apiece(cpu, calls),
            "cpu_ms_all": together(cpu, calls),
        }


async def measure_peak(hotline: Running, peak: Peak, say: Say) -> dict[str, Any]:
    """The figures as one JSON object; times to an answer count from the instant at which the call was due."""
    record = Record(hotline.settings.home / "peak.jsonl")
    came = offsets(peak.minutes, peak.per_s, peak.seed)
    pool = await open_pool(hotline.database_url, most=4, patience=_COUNTING)
    async with pool, Calls(hotline.api_url) as calls:
        answers = await knowledge.every(pool, unit="", overdue_on=None)
        mix = Mix(hotline.settings.policy, answers, peak.seed)
        loop = OpenLoop(calls, await Cast(pool).key(Role.SEAT), record)
        idle = await _idle(hotline)
        before = await _used(hotline, pool)
        since = datetime.now(UTC)
        async with watched(pool) as backlog:
            say(f"{len(came)} calls in {peak.minutes} minutes")
            await loop.run(came, mix.call)
            at_end = await backlog.look()
            say(f"all were told; {at_end} wait to be taken up")
            drained = await backlog.drained(peak.patience)
        after = await _used(hotline, pool)
        record.close()
        say("counting")
        engine = await connect(hotline.settings, hotline.temporal_address)
        counted = asdict(await tally(pool, engine, record.path, since))
        faults = counted.pop("faults")[:_MOST_FAULTS]
        taken = loop.heard.taken
        return {
            "calls": len(came),
            "minutes": peak.minutes,
            "per_s": peak.per_s,
            **_told(loop.heard),
            **await _taken_up(pool, taken),
            "backlog_most": backlog.most,
            "backlog_at_end": at_end,
            "drained_s": None if drained is None else round(drained, 1),
            **counted,
            "faults": faults,
            "stages": {row["stage"]: row["count"] for row in await pool.fetch(_STAGES, _numbers(taken))},
            "idle_cpu_ms_per_s": idle,
            **after.told(before, len(came)),
        }


def _told(heard: Heard) -> dict[str, Any]:
    """What callers were told, and how soon."""
    return {
        "sorts": {sort.value: sum(each.sort is sort for each in heard.taken) for sort in Sort},
        "acknowledged": len(heard.taken),
        "acknowledged_ms": spread([each.seconds * 1000 for each in heard.taken]),
        "asked_again": dict(heard.again),
        "refused": dict(heard.refused),
    }


async def _idle(hotline: Running) -> float:
    """Processor milliseconds a second of all our processes while nobody calls."""
    await asyncio.sleep(_IDLE)  # until all have started
    before = spent(hotline.stack.children)
    await asyncio.sleep(_IDLE)
    return together(spent(hotline.stack.children).since(before), _IDLE)


async def _used(hotline: Running, pool: Pool) -> Used:
    children = hotline.stack.children
    disk = {row["datname"]: float(row["mb"]) for row in await pool.fetch(_SIZES)}
    return Used(spent(children), disk, {child.name: resident_mb(child) for child in children})


async def _taken_up(pool: Pool, taken: list[Taken]) -> dict[str, dict[str, float]]:
    """Seconds from the instant at which a call was due until it was taken up; for urgent ones, until dispatched."""
    rows = {row["ticket_no"]: row for row in await pool.fetch(_TAKEN_UP, _numbers(taken))}

    def seconds(sorts: set[Sort], what: str) -> dict[str, float]:
        asked = [each for each in taken if each.sort in sorts and each.ticket_no in rows]
        found = ((rows[each.ticket_no][what], each.due) for each in asked)
        return spread([(at - due).total_seconds() for at, due in found if at is not None])

    urgent = [each.ticket_no for each in taken if each.sort is Sort.URGENT]
    return {
        "urgent": {
            "taken_up": sum(no in rows for no in urgent),
            "dispatched": sum(no in rows and rows[no]["dispatched"] is not None for no in urgent),
        },
        "urgent_taken_up_s": seconds({Sort.URGENT}, "taken_up"),
        "urgent_dispatched_s": seconds({Sort.URGENT}, "dispatched"),
        "ordinary_taken_up_s": seconds({Sort.ORDINARY}, "taken_up"),
        "answered_taken_up_s": seconds({Sort.ANSWERED, Sort.WRITTEN}, "taken_up"),
    }


def _numbers(taken: list[Taken]) -> list[str]:
    return [each.ticket_no for each in taken]
