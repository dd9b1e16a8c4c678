"""The linear classifier: least-squares support vectors, solved in their dual form. Training only.

With a few thousand texts and hundreds of items one matrix inverse serves every item at once, and it also
yields, exactly and without training again, what the classifier would have said had it never seen a text.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from classifier.grams import Vector

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

CONSTANT = 0.1
"""Likeness that any two texts have: the room for each item's own offset."""


class _Sparse(Protocol):
    """What is used of scipy's matrices, which carry no types."""

    @property
    def T(self) -> "_Sparse": ...
    def __matmul__(self, other: object) -> "_Sparse": ...
    def toarray(self) -> Floats: ...


class _NewSparse(Protocol):
    def __call__(self, parts: tuple[Floats, Longs, Longs], *, shape: tuple[int, int]) -> _Sparse: ...


class Solver:
    """Texts that are solved for together."""

    def __init__(self, vectors: Sequence[Vector], grams: int) -> None:
        self._grams = grams
        self._matrix = _matrix(vectors, grams)
        self.likeness: Floats = (self._matrix @ self._matrix.T).toarray()
        """The cosine of every pair of texts."""

    def against(self, vectors: Sequence[Vector]) -> Floats:
        """The products of every text with other vectors (texts by vectors)."""
        return (self._matrix @ _matrix(vectors, self._grams).T).toarray()

    def inverse(self, trust: Floats, smoothing: float) -> Floats:
        """What turns targets into dual weights; ``trust`` weighs each text, ``smoothing`` restrains all."""
        return np.linalg.inv(self.likeness + CONSTANT + np.diag(smoothing / trust)).astype(np.float64)

    def primal(self, dual: Floats) -> tuple[Floats, Floats]:
        """Dual weights (texts by targets) as weights (grams by targets) and offsets (targets)."""
        return cast(Floats, self._matrix.T @ dual), CONSTANT * dual.sum(axis=0)


def _matrix(vectors: Sequence[Vector], grams: int) -> _Sparse:
    new_sparse = cast(_NewSparse, import_module("scipy.sparse").csr_matrix)
    starts = np.cumsum([0, *(len(vector.ids) for vector in vectors)]).astype(np.int64)
    ids = np.concatenate([vector.ids for vector in vectors]).astype(np.int64)
    weights = np.concatenate([vector.weights for vector in vectors]).astype(np.float64)
    return new_sparse((weights, ids, starts), shape=(len(vectors), grams))


def held_out(inverse: Floats, targets: Floats, groups: Iterable[NDArray[np.intp]]) -> Floats:
    """The scores that each group of texts gets from a classifier trained on all the others.

    Texts in no group score 0. Exact for squared loss: the block of the inverse that belongs to a group tells
    how far its own targets pulled its scores.
    """
    dual = inverse @ targets
    scores = np.zeros_like(targets)
    for group in groups:
        scores[group] = targets[group] - np.linalg.solve(inverse[np.ix_(group, group)], dual[group])
    return scores
