"""The words that spoke for an item, fit to be kept on a ticket and shown to anyone."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.evidence import WordEvidence
from classifier.grams import Grams, Vector

MOST = 6
"""Reasons shown; more would explain less."""

_SHARE = 0.015
"""A gram is a reason from this share of all that spoke for the item."""


class ReasonFinder:
    """Urgent words first, then the item's catalogue words, then the grams that weighed most."""

    def __init__(
        self, grams: Grams, tellable: NDArray[np.bool_], weights: NDArray[np.float32], evidence: WordEvidence
    ) -> None:
        self._grams = grams
        self._tellable = tellable
        self._weights = weights
        self._evidence = evidence

    def find(
        self, vector: Vector, words: Sequence[str], urgent_words: Sequence[str], best: Sequence[int]
    ) -> tuple[str, ...]:
        """The reasons for the first of the ``best`` items against the others."""
        item = best[0]
        own = sorted((word for word in words if item in self._evidence.items_of(word)), key=len, reverse=True)
        reasons = list(urgent_words)
        for reason in (*own, *self._weighty(vector, best)):
            if not any(reason in shown for shown in reasons):
                reasons.append(reason)
        return tuple(reasons[:MOST])

    def _weighty(self, vector: Vector, best: Sequence[int]) -> list[str]:
        if not len(vector.ids):
            return []
        rows = self._weights[vector.ids[:, None], np.array(best)]
        spoke = vector.weights * (rows[:, 0] - rows.mean(axis=1))
        floor = _SHARE * float(spoke[spoke > 0].sum())
        order = np.argsort(-spoke, kind="stable")[: 8 * MOST]
        told = order[(spoke[order] > floor) & self._tellable[vector.ids[order]]]
        return [self._grams.known[number] for number in vector.ids[told].tolist()]
