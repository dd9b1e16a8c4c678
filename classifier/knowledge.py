"""Finds the knowledge that answers a question, or says how far from all of it the question is (R10).

A question is compared with the phrasings that each answer's owner keeps, by characters and pairs of them, weighed by
how few answers use them. What no answer uses weighs most of all, so that a question with a matter of its own, a long
story or a complaint comes near to nothing: a wrong answer would lose it.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.grams import split
from classifier.wording import clean, words_of

SCALE = 1000
LONGEST_QUESTION = 500
"""Characters looked at: whoever says more tells a story, and no answer is near to that."""
_LONGEST = 2
_NOT_GRAMS = frozenset("?!")
_POLITE = re.compile("|".join(words_of("""
    您好 你好 请问一下 请问 咨询一下 想咨询 咨询 想问一下 我想问问 想问 问一下 麻烦 谢谢 想知道
""")))  # fmt: skip
"""Said before any question; it says nothing about which."""


@dataclass(frozen=True, slots=True)
class Match:
    """The knowledge of `code` and how near it is to the question, 0 to 1000 thousandths."""

    code: str
    score: int


class Matcher:
    """The phrasings of all answers at one moment."""

    def __init__(self, phrasings: Mapping[str, Sequence[str]]) -> None:
        self._codes = tuple(phrasings)
        grams_of = [[_grams(text) for text in texts] for texts in phrasings.values()]
        answers_with = Counter(gram for grams in grams_of for gram in set[str]().union(*grams))
        many = 1 + len(self._codes)
        self._unheard = math.log(many) ** 2
        self._squares = {gram: math.log(many / (1 + count)) ** 2 for gram, count in answers_with.items()}
        owners = [number for number, grams in enumerate(grams_of) for _ in grams]
        every = [grams for grams_of_one in grams_of for grams in grams_of_one]
        self._owners = np.asarray(owners, np.intp)
        self._lengths = np.sqrt([max(self._square(grams), 1e-9) for grams in every])
        self._holders = _holders(every)

    def matches(self, text: str, most: int) -> list[Match]:
        """The nearest answers, nearest first, equals by the order of their codes; those that share nothing left out."""
        if not self._codes:
            return []
        asked = _grams(text)
        shared = np.zeros(len(self._owners))
        for gram in sorted(asked & self._squares.keys()):
            shared[self._holders[gram]] += self._squares[gram]
        near = shared / (self._lengths * math.sqrt(max(self._square(asked), 1e-9)))
        best = np.zeros(len(self._codes))
        np.maximum.at(best, self._owners, near)
        order: list[int] = np.argsort(-best, kind="stable")[:most].tolist()
        scores = [(self._codes[number], int(SCALE * best[number] + 1e-6)) for number in order]
        return [Match(code, score) for code, score in scores if score]

    def best(self, text: str) -> Match | None:
        """The nearest answer, or None when nothing is shared with any."""
        return next(iter(self.matches(text, 1)), None)

    def _square(self, grams: Iterable[str]) -> float:
        return sum(self._squares.get(gram, self._unheard) for gram in grams)


def _grams(text: str) -> frozenset[str]:
    """Characters and pairs, none of them a number or a mark."""
    cleaned = clean(_POLITE.sub("，", text[:LONGEST_QUESTION]))
    return frozenset(gram for gram in split(cleaned, _LONGEST) if "0" not in gram and not _NOT_GRAMS & set(gram))


def _holders(every: Sequence[frozenset[str]]) -> dict[str, NDArray[np.intp]]:
    """For each gram the numbers of the phrasings that hold it."""
    held: dict[str, list[int]] = {}
    for number, grams in enumerate(every):
        for gram in grams:
            held.setdefault(gram, []).append(number)
    return {gram: np.asarray(numbers, np.intp) for gram, numbers in held.items()}
