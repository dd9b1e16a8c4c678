"""What the catalogue's own words in a text say for each item."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.item import Item
from classifier.lexicon import Heads, Lexicon
from classifier.wording import clean

SHORTEST = 2
"""Characters of the shortest word that counts; single characters are left to the grams."""


class WordEvidence:
    """Catalogue words with the items that list them; a word that few items list says more."""

    def __init__(self, items: Sequence[Item]) -> None:
        listed: dict[str, set[int]] = {}
        for number, item in enumerate(items):
            for word in item_words(item):
                listed.setdefault(word, set()).add(number)
        self._items = {word: tuple(sorted(numbers)) for word, numbers in sorted(listed.items())}
        self._worth = {
            word: math.log((1 + len(items)) / (1 + len(numbers))) * math.sqrt(min(len(word), 5) - 1)
            for word, numbers in self._items.items()
        }
        self._lexicon = Lexicon(self._items)
        self._count = len(items)

    def words_in(self, text: str, heads: Heads | None = None) -> tuple[str, ...]:
        """The distinct catalogue words of a cleaned text, in order of their first mention."""
        return tuple(dict.fromkeys(mention.word for mention in self._lexicon.find(text, heads)))

    def items_of(self, word: str) -> tuple[int, ...]:
        """The numbers of the items that list the word."""
        return self._items[word]

    def scores(self, words: Iterable[str]) -> NDArray[np.float32]:
        """One score an item, 0 without a word; each further word adds less than the one before."""
        scores = np.zeros(self._count, np.float32)
        for word in words:
            for number in self._items[word]:
                scores[number] += self._worth[word]
        return np.log1p(scores)


def item_words(item: Item) -> set[str]:
    """The words, urgent words and own name of an item, cleaned; words that are only numbers fall out."""
    words = {clean(word) for word in (*item.words, *item.urgent_words, item.level3)}
    return {word for word in words if len(word) >= SHORTEST}
