"""From scores to honest probabilities: a blend of evidence, and how often its first choice is right.

Both are fitted on held-out predictions only: each text was scored by a model that had not seen it nor any
near-copy of it. The held-out models have less to learn from than the final one, so the confidence errs on
the side of asking a seat.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.logistic import Floats, chance_of, fit_logistic, log_odds

_BLEND_PRIOR = (5.0, 0.5, 2.0, 20.0, 0.6)
_BLEND_DOUBT = 0.01
_CONFIDENCE_PRIOR = (-1.0, 0.5, 0.2, 0.0)
_CONFIDENCE_DOUBT = 1.0
_STEPS = 30
_MOST_TEXTS = 3_000
_CHUNK = 500
_CERTAIN = 0.999


@dataclass(frozen=True, slots=True)
class Blend:
    """How much each kind of evidence counts.

    The linear classifier's score for the item, for its second level and for its first; the characters shared
    with the item's catalogue words; and those words themselves.
    """

    item: float
    second: float
    first: float
    characters: float
    words: float

    @property
    def levels(self) -> tuple[float, float, float]:
        """The weights of the item, of its second and of its first level."""
        return self.item, self.second, self.first

    @property
    def all(self) -> tuple[float, float, float, float, float]:
        """All weights, in the order of the evidence."""
        return self.item, self.second, self.first, self.characters, self.words


@dataclass(frozen=True, slots=True)
class Confidence:
    """Platt scaling of the first choice: constant, log odds, lead over the second, a word of its own."""

    weights: tuple[float, float, float, float] = _CONFIDENCE_PRIOR

    def of(self, first: float, second: float, worded: bool) -> float:
        """The probability that the first choice is right, from the two best probabilities."""
        constant, odds, lead, word = self.weights
        _, *signs = _signs(np.array([first]), np.array([second]), np.array([worded]))[0].tolist()
        return min(_CERTAIN, chance_of(constant + odds * signs[0] + lead * signs[1] + word * signs[2]))


def probabilities(scores: Floats) -> Floats:
    """Softmax over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def fit_blend(evidence: NDArray[np.float32], truth: NDArray[np.intp]) -> Blend:
    """The weights that make the true items likeliest (conditional logit, Newton's method).

    ``evidence`` is texts by items by 5. With few texts the weights stay near their prior. No evidence may count
    against the item it speaks for: one that would is an echo of the others, and the rest is fitted without it.
    """
    evidence, truth = evidence[-_MOST_TEXTS:], truth[-_MOST_TEXTS:]
    kept = list(range(len(_BLEND_PRIOR)))
    weights = np.zeros(len(_BLEND_PRIOR))
    while kept:
        fitted = _newton(evidence[:, :, kept], truth, np.array(_BLEND_PRIOR)[kept])
        if fitted.min() >= 0.0:
            weights[kept] = fitted
            break
        del kept[int(fitted.argmin())]
    item, second, first, characters, words = weights.tolist()
    return Blend(item, second, first, characters, words)


def _newton(evidence: NDArray[np.float32], truth: NDArray[np.intp], prior: Floats) -> Floats:
    weights = prior.copy()
    loss = _blend_loss(evidence, truth, weights, prior)
    for _ in range(_STEPS):
        step = _blend_step(evidence, truth, weights, prior)
        reach = 1.0
        while (reached := _blend_loss(evidence, truth, weights + reach * step, prior)) > loss and reach > 1e-3:
            reach /= 2
        if reached > loss - 1e-6:
            break
        weights, loss = weights + reach * step, reached
    return weights


def _blend_loss(evidence: NDArray[np.float32], truth: NDArray[np.intp], weights: Floats, prior: Floats) -> float:
    scores = (evidence @ weights.astype(np.float32)).astype(np.float64)
    chance = probabilities(scores)[np.arange(len(truth)), truth]
    distance = weights - prior
    return float(-np.log(np.maximum(chance, 1e-300)).sum() + _BLEND_DOUBT / 2 * (distance @ distance))


def _blend_step(evidence: NDArray[np.float32], truth: NDArray[np.intp], weights: Floats, prior: Floats) -> Floats:
    slope = -_BLEND_DOUBT * (weights - prior)
    bend = _BLEND_DOUBT * np.eye(len(weights))
    for start in range(0, len(truth), _CHUNK):
        part = evidence[start : start + _CHUNK].astype(np.float64)
        chance = probabilities(part @ weights)
        mean = np.einsum("tc,tcf->tf", chance, part)
        slope += (part[np.arange(len(part)), truth[start : start + _CHUNK]] - mean).sum(axis=0)
        bend += np.einsum("tc,tcf,tcg->fg", chance, part, part, optimize=True) - mean.T @ mean
    return np.linalg.solve(bend, slope).astype(np.float64)


def fit_confidence(first: Floats, second: Floats, worded: NDArray[np.bool_], right: NDArray[np.bool_]) -> Confidence:
    """Platt scaling by logistic regression on held-out first choices, shrunk to a doubtful prior."""
    signs = _signs(first, second, worded)
    constant, odds, lead, word = fit_logistic(signs, right, _CONFIDENCE_PRIOR, _CONFIDENCE_DOUBT)
    return Confidence((constant, odds, lead, word))


def _signs(first: Floats, second: Floats, worded: NDArray[np.bool_]) -> Floats:
    lead = np.minimum(np.log(np.maximum(first, 1e-6) / np.maximum(second, 1e-6)), 8.0)
    return np.stack([np.ones_like(first), log_odds(first), lead, worded.astype(np.float64)], axis=1)
