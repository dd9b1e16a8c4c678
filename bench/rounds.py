"""Closed loops: so many lives, so many of them at one time, the next begins when one has ended."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bench.processes import apiece, spent, together
from local.child import Child

Say = Callable[[str], None]
"""Where progress is told."""
Life = Callable[[int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Round:
    """One loop: lives a second, and the CPU milliseconds of one life by process."""

    count: int
    seconds: float
    cpu_ms: dict[str, float]

    @property
    def per_s(self) -> float:
        """Lives a second."""
        return self.count / self.seconds

    @property
    def cpu_ms_all(self) -> float:
        """One life's milliseconds on all our processes together. It hardly depends on who else is at work."""
        return together(self.cpu_ms)


async def closed_loop(life: Life, first: int, count: int, in_flight: int, children: Sequence[Child]) -> Round:
    """Lives `first` to `first + count - 1`. The first one that fails ends the round with its error."""
    numbers = iter(range(first, first + count))
    before, began = spent(children), time.monotonic()

    async def hand() -> None:
        for number in numbers:
            await life(number)

    try:
        async with asyncio.TaskGroup() as hands:
            for _ in range(in_flight):
                hands.create_task(hand())
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    seconds = time.monotonic() - began
    return Round(count, seconds, apiece(spent(children).since(before), count))


def best(rounds: Sequence[Round]) -> Round:
    """The fastest: what the machine can do when nothing else is in its way."""
    return max(rounds, key=lambda each: each.per_s)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent of `values` do not exceed; 0 when there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


def spread(values: Sequence[float]) -> dict[str, float]:
    """What half of them, nine in ten, all but one in a hundred, and all do not exceed: `p50`, `p90`, `p99`, `p100`."""
    return {f"p{percent}": round(percentile(values, percent), 2) for percent in (50, 90, 99, 100)}
