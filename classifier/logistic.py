"""Logistic regression on a handful of signs, kept near a prior where there is little to learn from."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STEPS = 40
_STRIDE = 2.0
_CLOSE = 1e-5


def fit_logistic(signs: Floats, happened: NDArray[np.bool_], prior: Sequence[float], doubt: float) -> list[float]:
    """The weights of the signs (texts by signs); ``doubt`` says how firmly they hold to the prior."""
    target = happened.astype(np.float64)
    start = np.array(prior)
    weights = start.copy()
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-(signs @ weights)))
        slope = signs.T @ (target - chance) - doubt * (weights - start)
        bend = (signs * (chance * (1 - chance))[:, None]).T @ signs + doubt * np.eye(len(start))
        step = np.linalg.solve(bend, slope)
        weights = weights + np.clip(step, -_STRIDE, _STRIDE)
        if float(np.abs(step).max()) < _CLOSE:
            break
    return weights.tolist()


def log_odds(chance: Floats) -> Floats:
    """The logarithm of the odds, bounded so that certainty stays finite."""
    bounded = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.log(bounded / (1 - bounded))


def chance_of(total: float) -> float:
    """The probability with these log odds."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total))))
