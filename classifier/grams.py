"""Texts as weighted character grams: TF-IDF over single characters and pairs."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.wording import BREAK

_BITS = 21
"""What a character takes; three of them fit into a number of 64 bits."""

Floats = NDArray[np.float32]
Ids = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Vector:
    """A text's known grams and their weights; the weights' squares add up to at most one."""

    ids: Ids
    weights: Floats


def split(text: str, longest: int) -> list[str]:
    """The grams of a cleaned text up to ``longest`` characters, none across a break."""
    grams = [character for character in text if character != BREAK]
    for size in range(2, longest + 1):
        for piece in text.split(BREAK):
            grams += map("".join, zip(*(piece[start:] for start in range(size)), strict=False))
    return grams


class Grams:
    """The grams a model knows, with their rarity (inverse document frequency)."""

    def __init__(self, known: Sequence[str], rarity: Floats, longest: int) -> None:
        self.known = tuple(known)
        self.rarity = rarity
        self.longest = longest
        self._sizes = np.fromiter((len(gram) for gram in self.known), np.intp, len(self.known))
        keys = np.fromiter(map(_key, self.known), np.int64, len(self.known))
        self._order = np.argsort(keys)
        self._keys = keys[self._order]

    def vector(self, text: str) -> Vector:
        """The TF-IDF vector of a cleaned text; the count of a gram enters by its logarithm.

        Each size of gram is brought to the same length of its own. Paraphrases of one matter share characters
        more often than pairs, and the many pairs would drown these.
        """
        ids, times = self._counted(text)
        if not len(ids):
            return Vector(ids, np.empty(0, np.float32))
        weights = (np.log(times) + np.float32(1.0)) * self.rarity[ids]
        lengths = np.sqrt(self.longest * np.bincount(self._sizes[ids], weights * weights))
        return Vector(ids, weights / lengths[self._sizes[ids]].astype(np.float32))

    def _counted(self, text: str) -> tuple[Ids, Floats]:
        """The known grams of a cleaned text in the order of their first mention, and how often each stands in it."""
        found = _keys_of(text, self.longest)
        places = np.searchsorted(self._keys, found)
        places[places == len(self._keys)] = 0
        known = self._order[places[self._keys[places] == found]] if len(self._keys) else np.empty(0, np.intp)
        ids, first, times = np.unique(known, return_index=True, return_counts=True)
        mentioned = np.argsort(first)
        return ids[mentioned], times[mentioned].astype(np.float32)

    def characters(self, vector: Vector) -> Vector:
        """Only the single characters of a vector."""
        single = self._sizes[vector.ids] == 1
        return Vector(vector.ids[single], vector.weights[single])


def _key(gram: str) -> int:
    """A number for a gram of up to three characters, another one for each."""
    key = 0
    for character in gram:
        key = key << _BITS | ord(character)
    return key


def _keys_of(text: str, longest: int) -> NDArray[np.int64]:
    """The keys of the grams that `split` finds, in its order."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    whole, keys, grams = codes != ord(BREAK), codes, [codes[codes != ord(BREAK)]]
    for size in range(2, longest + 1):
        keys = keys[: len(codes) - size + 1] << _BITS | codes[size - 1 :]
        whole = whole[: len(codes) - size + 1] & (codes[size - 1 :] != ord(BREAK))
        grams.append(keys[whole])
    return np.concatenate(grams)


def choose_grams(texts: Sequence[str], enough: Sequence[int], longest: int, most: int) -> Grams:
    """The grams worth knowing: those in texts whose shares add up to one, at most ``most`` of them.

    ``enough`` says for each text how many of its sort a gram must stand in: 1 admits all grams of the text, 2
    asks for a second text of that sort. Grams with a number are left out: they say nothing about a matter.
    """
    shares: dict[str, float] = {}
    texts_with: Counter[str] = Counter()
    for text, needed in zip(texts, enough, strict=True):
        for gram in sorted({gram for gram in split(text, longest) if "0" not in gram}):
            shares[gram] = shares.get(gram, 0.0) + 1.0 / needed
            texts_with[gram] += 1
    admitted = [gram for gram, share in shares.items() if share >= 0.999]
    admitted.sort(key=lambda gram: (-texts_with[gram], gram))
    known = sorted(admitted[:most])
    rarity = [math.log((1 + len(texts)) / (1 + texts_with[gram])) + 1.0 for gram in known]
    return Grams(known, np.asarray(rarity, np.float32), longest)
