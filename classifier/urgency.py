"""The catalogue's urgent words in a text. They come first: no model can talk one away (R14)."""

import re
from collections.abc import Sequence

from classifier.item import Item
from classifier.lexicon import Heads, Lexicon
from classifier.wording import clean

_DENIED = re.compile(
    r"(?:(?:没有?|未|无|不是|并非)(?:人|发生|出现|什么|任何)?|(?:防止|避免|预防|以防|防范|谨防)\w{0,3})$"
)
"""What stands before a word that is denied or only guarded against: 没有着火, 预防煤气中毒."""

LIKELY = 0.2
"""Probability from which a candidate's urgent words count without one of its other words."""


class Urgency:
    """The catalogue's urgent words and the items they belong to."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._words = [{clean(word) for word in (*item.words, item.level3)} for item in items]
        self._listed: dict[str, list[int]] = {}
        for number, item in enumerate(items):
            for word in sorted({clean(word) for word in item.urgent_words} - {""}):
                self._listed.setdefault(word, []).append(number)
        self._lexicon = Lexicon(self._listed)

    def asserted(self, text: str, heads: Heads | None = None) -> tuple[str, ...]:
        """The urgent words that a cleaned text states without denying them, in order."""
        return tuple(
            dict.fromkeys(
                mention.word
                for mention in self._lexicon.find(text, heads)
                if not _DENIED.search(text[max(0, mention.start - 6) : mention.start])
            )
        )

    def spoken(
        self, asserted: Sequence[str], words: Sequence[str], likely: Sequence[tuple[int, float]]
    ) -> tuple[str, ...]:
        """Those asserted urgent words that make the text urgent, whatever else is in it.

        ``words`` are the catalogue words of the text, ``likely`` the candidates as (item number, probability),
        best first. The same word stands for harmless things elsewhere (信息泄漏), so it takes another word of
        the same item, or an urgent word that is itself one of the item's words, or the item among the likely
        candidates.
        """
        near = {number for place, (number, chance) in enumerate(likely) if place == 0 or chance >= LIKELY}
        present = set(words)
        return tuple(
            word
            for word in asserted
            if any(number in near or self._words[number] & present for number in self._listed[word])
        )
