"""Near-copies of a text, kept together so that no figure is flattered by them."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.7
"""Cosine from which two texts count as tellings of the same matter."""


def near_copies(likeness: NDArray[np.float64]) -> list[NDArray[np.intp]]:
    """Groups of texts that are alike, directly or through others; most hold a single text."""
    leader = list(range(len(likeness)))

    def lead(text: int) -> int:
        while leader[text] != text:
            leader[text] = leader[leader[text]]
            text = leader[text]
        return text

    left, right = np.nonzero(np.triu(likeness >= ALIKE, k=1))
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        low, high = sorted((lead(one), lead(other)))
        leader[high] = low
    groups: dict[int, list[int]] = {}
    for text in range(len(likeness)):
        groups.setdefault(lead(text), []).append(text)
    return [np.array(group, np.intp) for group in groups.values()]


def spread(items: Sequence[str], groups: Sequence[NDArray[np.intp]], folds: int) -> NDArray[np.intp]:
    """The fold of each text: its place among its item's texts, with near-copies kept together.

    So a fold takes about one text from every item at once. Were an item alone to lose a text, its own scarcity
    would point away from it, and figures would reward a classifier for preferring scarce items.
    """
    fold = np.zeros(len(items), np.intp)
    seen: Counter[str] = Counter()
    for group in sorted(groups, key=lambda group: int(group[0])):
        item = items[int(group[0])]
        fold[group] = seen[item] % folds
        seen[item] += 1
    return fold
