"""The independent count after a drill: what the load was promised, what the database holds, what the engine tells."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path

from temporalio.client import Client

from audit import promises, record
from audit.chain import verify_chain
from audit.listed import listed
from audit.story import StoryReport, by_lot
from audit.story import compare as compare_stories
from drill import clocks
from store import journal
from store.connection import Pool

_LOOKS = 3
_COMPARED = 5000
"""Complaints whose workflow is asked for its own story; all have to be listed."""


@dataclass(frozen=True, slots=True)
class Count:
    """`accepted` promises, `applied` of them; the next four have to be 0. `clocks_rung` were judged; the latest that
    fell due while nothing was broken rang `clocks_latest_s` seconds late, of the others `clocks_latest_meanwhile_s`.
    `faults` names each case."""

    accepted: int = 0
    applied: int = 0
    lost: int = 0
    doubled: int = 0
    journal_mismatches: int = 0
    clocks_missed: int = 0
    clocks_rung: int = 0
    clocks_latest_s: float = 0.0
    clocks_latest_meanwhile_s: float = 0.0
    faults: list[str] = field(default_factory=list[str])

    @property
    def held(self) -> bool:
        """Whether nothing was lost or doubled, no story differs, and no clock was missed."""
        return not (self.lost or self.doubled or self.journal_mismatches or self.clocks_missed)

    def and_also(self, lost: list[str], doubled: list[str]) -> "Count":
        """With what a drill has found missing or doubled by itself."""
        faults = [*lost, *doubled, *self.faults]
        return replace(self, lost=self.lost + len(lost), doubled=self.doubled + len(doubled), faults=faults)


async def count(pool: Pool, engine: Client, path: Path, window: clocks.Window) -> Count:
    """Everything that was promised in the record at `path`, and every clock that falls into the window, which ends
    when it is counted."""
    told = record.read(path)
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        now = await connection.fetchval("SELECT now()")
        kept = await promises.compare(connection, told, window.since)
        rung = await clocks.judge(clocks.rows(connection), replace(window, now=now))
    async with pool.acquire() as connection:
        chain = await verify_chain(connection)
    numbers = sorted(told.tickets)
    ended = await journal.ended_at_intake(pool, numbers)
    missing = set(numbers) - ended - await listed(engine, set(numbers) - ended)
    story = await _stories(pool, engine, by_lot(numbers, _COMPARED))
    unknown = sorted(missing.union(story.lost, story.forgotten))
    lost = [*kept.lost, *(f"{no} is unknown to the engine" for no in unknown)]
    doubled = [*kept.doubled, *rung.twice]
    mismatches = [
        *chain.faults,
        *(f"{no} tells another story" for no in story.mismatches),
        *(f"{no} does not answer" for no in story.silent),
    ]
    return Count(
        accepted=kept.accepted,
        applied=kept.applied,
        lost=len(lost),
        doubled=len(doubled),
        journal_mismatches=len(mismatches),
        clocks_missed=len(rung.missed),
        clocks_rung=rung.rung,
        clocks_latest_s=round(rung.latest_s, 2),
        clocks_latest_meanwhile_s=round(rung.latest_meanwhile_s, 2),
        faults=[*lost, *doubled, *mismatches, *rung.missed],
    )


async def _stories(pool: Pool, engine: Client, ticket_numbers: list[str]) -> StoryReport:
    """What differs is looked at again: clocks go on ringing while one counts, and a complaint may move between the look
    into the engine and the look into the database."""
    report = await compare_stories(pool, engine, ticket_numbers)
    for _ in range(_LOOKS):
        doubtful = sorted({*report.mismatches, *report.silent})
        if not doubtful:
            break
        await asyncio.sleep(1)
        again = await compare_stories(pool, engine, doubtful)
        report.mismatches, report.silent = again.mismatches, again.silent
    return report
