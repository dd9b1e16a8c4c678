"""When complaints come in: recorded intervals, speeded up so that the whole lot arrives within a given time."""

import random
from collections.abc import Sequence

from demo.messages import Message


def offsets(messages: Sequence[Message], seconds: float, seed: int) -> list[float]:
    """Seconds from the start at which each message is handed in, ascending, the last at `seconds`. The messages' own
    times give the rhythm; where they have none, a Poisson stream does."""
    times = sorted(message.time for message in messages if message.time is not None)
    if len(times) == len(messages) and times[-1] > times[0]:
        whole = (times[-1] - times[0]).total_seconds()
        return [(time - times[0]).total_seconds() / whole * seconds for time in times]
    chance = random.Random(seed)
    gaps = [chance.expovariate(1.0) for _ in messages]
    scale = seconds / sum(gaps)
    return [sum(gaps[: number + 1]) * scale for number in range(len(gaps))]
