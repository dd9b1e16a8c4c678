"""Ordinary complaints from the call to the callback, beside workflows that do nothing."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx
from temporalio.client import Client

from bench.bare import BareLives, bare_worker
from bench.life import hands
from bench.rounds import Life, Round, Say, best, closed_loop, percentile
from workers.running import Running


@dataclass(frozen=True, slots=True)
class Measure:
    """How much is measured: lives a round, lives at one time, rounds of each kind, which take turns; `warm_up` lives
    of each kind come before and do not count."""

    count: int
    in_flight: int
    rounds: int
    warm_up: int = 40


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of it. `seconds` are the lifecycles' times to an answer by action, `later` counts 202s by action."""

    bare: list[Round]
    lifecycles: list[Round] = field(default_factory=list[Round])
    seconds: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    later: dict[str, int] = field(default_factory=dict[str, int])

    def told(self) -> dict[str, Any]:
        """The figures as one JSON object; CPU milliseconds are per life, of the best round."""
        ceiling = best(self.bare)
        told: dict[str, Any] = {"bare_per_s": round(ceiling.per_s, 2), "bare_cpu_ms": ceiling.cpu_ms}
        told["bare_cpu_ms_all"] = ceiling.cpu_ms_all
        told["bare_rounds"] = [round(each.per_s, 2) for each in self.bare]
        if not self.lifecycles:
            return told
        ours = best(self.lifecycles)
        return {
            "per_s": round(ours.per_s, 2),
            "ratio_to_bare": round(ours.per_s / ceiling.per_s, 3),
            "cpu_ms": ours.cpu_ms,
            "cpu_ms_all": ours.cpu_ms_all,
            "cpu_ratio_to_bare": round(ceiling.cpu_ms_all / ours.cpu_ms_all, 3),
            "rounds": [round(each.per_s, 2) for each in self.lifecycles],
            **told,
            "p50_ms": {action: _ms(times, 50) for action, times in self.seconds.items()},
            "p99_ms": {action: _ms(times, 99) for action, times in self.seconds.items()},
            "answered_later": dict(self.later),
        }


async def measure_bare(hotline: Running, how: Measure, say: Say) -> Measured:
    """The ceiling alone."""
    bare = await bare_lives(hotline, how)
    measured = Measured([])
    for number in range(how.rounds):
        measured.bare.append(await _round("bare", hotline, bare.lead, how, number, say))
    return measured


async def measure_lifecycles(hotline: Running, how: Measure, say: Say) -> Measured:
    """Rounds of both kinds in turn, so that whatever else the machine does meets both alike."""
    bare = await bare_lives(hotline, how)
    async with hands(hotline) as ours:
        lives = ours.lives
        await closed_loop(lives.lead, 0, how.warm_up, how.in_flight, ())
        lives.seconds.clear()
        measured = Measured([], [], lives.seconds, lives.later)
        for number in range(how.rounds):
            measured.bare.append(await _round("bare", hotline, bare.lead, how, number, say))
            measured.lifecycles.append(await _round("lifecycles", hotline, lives.lead, how, number, say))
        return measured


async def bare_lives(hotline: Running, how: Measure) -> BareLives:
    """Workflows that do nothing, and a worker process for them, warmed up."""
    await bare_worker(hotline)
    bare = BareLives(await Client.connect(hotline.temporal_address, namespace=hotline.settings.namespace))
    await bare.begin(how.in_flight)
    await closed_loop(bare.lead, 0, how.warm_up, how.in_flight, ())
    return bare


async def _round(name: str, hotline: Running, life: Life, how: Measure, number: int, say: Say) -> Round:
    first = how.warm_up + number * how.count
    done = await closed_loop(life, first, how.count, how.in_flight, hotline.stack.children)
    say(f"{name}, round {number + 1} of {how.rounds}: {done.per_s:.1f} a second, {done.cpu_ms}")
    await _calm(hotline)
    return done


async def _calm(hotline: Running) -> None:
    """Let what a round leaves behind (visibility, closing tasks) pass before the next begins."""
    async with httpx.AsyncClient() as http:
        await asyncio.sleep(2)
        (await http.get(f"{hotline.api_url}/health/ready")).raise_for_status()


def _ms(times: list[float], percent: float) -> float:
    return round(percentile(times, percent) * 1000, 1)
