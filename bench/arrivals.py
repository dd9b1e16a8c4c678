"""When people call in a bench: so many an hour in the shape of a recorded evening, minute by minute."""

import random
from collections.abc import Sequence
from itertools import accumulate

RECORD_PER_S = 56.4
"""Beijing's busiest hour, 203,000 calls, in the first half of 2022 (official report)."""
EVENING = (
    *(15, 6, 22, 17, 22, 19, 16, 19, 9, 16, 16, 12, 16, 11, 10, 13, 16, 17, 15, 20),
    *(10, 15, 11, 19, 13, 10, 10, 13, 21, 12, 21, 22, 10, 15, 12, 18, 27, 12, 20, 18),
    *(14, 19, 20, 18, 15, 19, 18, 22, 30, 18, 21, 20, 17, 17, 12, 21, 26, 22, 20, 15),
)
"""Calls in each sixtieth of an evening of New York's 311 (2019-12-31, from 18:53 on): 1.8 times the mean at the worst,
and rising."""


def offsets(minutes: float, per_s: float, seed: int, shape: Sequence[int] = EVENING) -> list[float]:
    """Seconds from the start at which each call comes, ascending. Their number is `per_s` times the time; how they lie
    in it is drawn by chance, as dense as `shape` says of its equal parts."""
    chance = random.Random(seed)
    count, part = round(per_s * minutes * 60), minutes * 60 / len(shape)
    ends = list(accumulate(shape))
    parts = chance.choices(range(len(shape)), cum_weights=ends, k=count)
    return sorted((place + chance.random()) * part for place in parts)
