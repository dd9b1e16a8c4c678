"""The independent count after a drill: what the load was promised, what the database holds, what the engine tells."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from temporalio.client import Client

from audit.chain import verify_chain
from audit.story import compare as compare_stories
from drill import clocks, promises, record
from store.connection import Pool


@dataclass
class Count:
    """`accepted` promises, `applied` of them; the other four have to be 0. `faults` names each case that is not."""

    accepted: int = 0
    applied: int = 0
    lost: int = 0
    doubled: int = 0
    journal_mismatches: int = 0
    clocks_missed: int = 0
    clocks_rung: int = 0
    clocks_latest_s: float = 0.0
    faults: list[str] = field(default_factory=list[str])

    def and_also(self, lost: list[str], doubled: list[str]) -> "Count":
        """With what a drill has found missing or doubled by itself."""
        return replace(
            self,
            lost=self.lost + len(lost),
            doubled=self.doubled + len(doubled),
            faults=[*lost, *doubled, *self.faults],
        )


async def count(pool: Pool, engine: Client, path: Path, since: datetime, recovered: datetime) -> Count:
    """Everything that was promised in the record at `path`, and every clock that fell due from `since` on."""
    told = record.read(path)
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        now = await connection.fetchval("SELECT now()")
        kept = await promises.compare(connection, told)
        rung = await clocks.judge(connection, clocks.Window(since, recovered, now))
    async with pool.acquire() as connection:
        chain = await verify_chain(connection)
    story = await compare_stories(pool, engine, sorted(told.tickets))
    mismatches = [*chain.faults, *(f"{no} tells another story" for no in story.mismatches)]
    mismatches += [f"{no} does not answer" for no in story.silent]
    lost = [*kept.lost, *(f"{no} is unknown to the engine" for no in story.lost)]
    doubled = [*kept.doubled, *rung.twice]
    return Count(
        accepted=kept.accepted,
        applied=kept.applied,
        lost=len(lost),
        doubled=len(doubled),
        journal_mismatches=len(mismatches),
        clocks_missed=len(rung.missed),
        clocks_rung=rung.rung,
        clocks_latest_s=round(rung.latest_s, 2),
        faults=[*lost, *doubled, *mismatches, *rung.missed],
    )
