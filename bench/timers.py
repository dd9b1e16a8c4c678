"""Many deadlines due within one minute: are all fired, once, and how late.

The deadlines are real ones: complaints taken in over HTTP, whose units do not sign in. So that those of many minutes of
intake fall due in the same minute, the policy's limit for signing in is one minute shorter with each minute that has
passed, as a policy version of its own.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import ceil

from bench.bare_timers import measure_bare_timers
from bench.life import Hands, hands
from bench.processes import Spent, apiece, spent, together
from bench.rounds import Round, Say, closed_loop, spread
from domain.calendar import beijing_day
from domain.catalogue import Tier
from domain.clock import ClockName
from domain.span import Span, SpanUnit
from rulebook.book import Book
from rulebook.files import load
from store import policy
from store.connection import Pool
from workers.running import Running

_MINUTE = timedelta(minutes=1)
_SIGNED = (Tier.DAYS_7, Tier.DAYS_15)
_WARM_UP = 80
_ROOM = 1.3
"""The intake is given so much more time than it seems to need, so that no deadline falls due before its minute."""
_SETTLING = 2
"""Minutes between the last intake and the minute in which all are due."""
_MOST_LATE = 900.0
"""Seconds after which what has not fired counts as missed."""

_FIRED = """
SELECT ticket_no, (facts ->> 'due')::timestamptz AS due, recorded_at FROM journal
WHERE kind = 'ClockRang' AND facts ->> 'clock' = $1 ORDER BY recorded_at
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many deadlines, taken in by how many hands at a time, and the minute in which they are due."""

    count: int
    in_flight: int
    begins: datetime


async def measure_timers(hotline: Running, count: int, in_flight: int, say: Say) -> dict[str, object]:
    """The figures as one JSON object; seconds late are from the deadline to the row in the journal. `bare` is the same
    for workflows that do nothing else."""
    async with hands(hotline) as ours:
        book = load(hotline.settings.policy)[-1]
        plan = await _plan(hotline, ours, book, count, in_flight)
        say(f"{count} deadlines will be due in the minute from {plan.begins:%H:%M:%S} UTC on")
        intake = await _take_in(hotline, ours, book, plan)
        due = await _due(ours.pool)
        say(f"{due} complaints wait for their units to sign in")
        await asyncio.sleep(max(0.0, (plan.begins - datetime.now(UTC)).total_seconds() - 1))
        before = spent(hotline.stack.children)
        await _all_fired(ours.pool, plan, due)
        told = await _told(ours.pool, due, before, spent(hotline.stack.children))
    bare = await measure_bare_timers(hotline, count, in_flight, say)
    per_s = {"intake_per_s": round(intake.per_s, 1), "intake_cpu_ms_all": intake.cpu_ms_all}
    return {**told, "bare": bare, **per_s}


async def _plan(hotline: Running, ours: Hands, book: Book, count: int, in_flight: int) -> Plan:
    """When all can be due: after a warm-up that shows how long the intake takes."""
    await _limit(ours.pool, book, 600)
    tried = await closed_loop(_intake(ours), 0, _WARM_UP, in_flight, hotline.stack.children)
    minutes = ceil(count / tried.per_s * _ROOM / 60) + _SETTLING
    return Plan(count, in_flight, datetime.now(UTC) + minutes * _MINUTE)


async def _take_in(hotline: Running, ours: Hands, book: Book, plan: Plan) -> Round:
    """Everything that shall be due; the limit shrinks with the minutes that are left."""
    shrinking = asyncio.create_task(_shrink(ours.pool, book, plan.begins))
    try:
        await asyncio.sleep(10)  # until the workers have seen the policy
        return await closed_loop(_intake(ours), _WARM_UP, plan.count, plan.in_flight, hotline.stack.children)
    finally:
        shrinking.cancel()
        await asyncio.gather(shrinking, return_exceptions=True)


def _intake(ours: Hands) -> Callable[[int], asyncio.Future[None]]:
    async def take(number: int) -> None:
        await ours.lives.dispatched(number)

    return lambda number: asyncio.ensure_future(take(number))


async def _shrink(pool: Pool, book: Book, begins: datetime) -> None:
    while (left := begins - datetime.now(UTC)) > timedelta():
        whole = int(left / _MINUTE)
        await _limit(pool, book, whole + 1)  # so that none is due before the minute, and none after it
        await asyncio.sleep((left - whole * _MINUTE).total_seconds() + 0.01)


async def _limit(pool: Pool, book: Book, minutes: int) -> None:
    """From now on units have so many minutes to sign in, whatever the hour."""
    tiers = {
        tier: replace(limits, sign_in=Span(minutes, SpanUnit.MINUTES)) if tier in _SIGNED else limits
        for tier, limits in book.limits.tiers.items()
    }
    shrunk = replace(book, version=f"bench-{minutes}", limits=replace(book.limits, tiers=tiers))
    today = beijing_day(datetime.now(UTC))
    await policy.apply(pool, shrunk.version, today, shrunk.to_json(), "bench")


async def _due(pool: Pool) -> int:
    return await pool.fetchval(
        "SELECT count(*) FROM tickets WHERE next_clock = $1 AND next_due < now() + interval '1 hour'",
        ClockName.SIGN_IN.value,
    )


async def _all_fired(pool: Pool, plan: Plan, due: int) -> None:
    """Wait until as many have fired as were due, and a little for any that might fire twice."""
    until = plan.begins + timedelta(minutes=1, seconds=_MOST_LATE)
    while datetime.now(UTC) < until:
        await asyncio.sleep(3)
        if len(await pool.fetch(_FIRED, ClockName.SIGN_IN.value)) >= due:
            break
    await asyncio.sleep(5)


async def _told(pool: Pool, due: int, before: Spent, after: Spent) -> dict[str, object]:
    rows = await pool.fetch(_FIRED, ClockName.SIGN_IN.value)
    late = [(row["recorded_at"] - row["due"]).total_seconds() for row in rows]
    fired = {row["ticket_no"] for row in rows}
    instants = sorted(row["due"] for row in rows)
    within = (instants[-1] - instants[0]).total_seconds() if instants else 0.0
    took = (rows[-1]["recorded_at"] - instants[0]).total_seconds() if instants else 0.0
    cpu = after.since(before)
    return {
        "due": due,
        "due_within_s": round(within, 1),
        "fired": len(fired),
        "missed": due - len(fired),
        "fired_twice": len(rows) - len(fired),
        "late_s": spread(late),
        "fired_per_s": round(len(rows) / took, 1) if took else 0.0,
        "cpu_ms": apiece(cpu, len(rows)),
        "cpu_ms_all": together(cpu, len(rows)),
    }
