"""Finds the words of a fixed list in a text."""

from collections.abc import Collection, Set
from dataclasses import dataclass
from operator import add


@dataclass(frozen=True, slots=True)
class Mention:
    """A listed word and where it stands in the cleaned text."""

    word: str
    start: int

    @property
    def end(self) -> int:
        """The position after its last character."""
        return self.start + len(self.word)


Heads = Set[str]
"""The single characters and pairs of a text: what a word in it can begin with."""


def heads_of(text: str) -> Heads:
    """All of a text's."""
    return {*text, *map(add, text, text[1:])}


class Lexicon:
    """A word list keyed by first two characters: only words whose beginning stands in the text are sought."""

    def __init__(self, words: Collection[str]) -> None:
        by_head: dict[str, list[str]] = {}
        for word in sorted({word for word in words if word}):
            by_head.setdefault(word[:2], []).append(word)
        self._by_head = by_head
        self._heads = frozenset(by_head)

    def find(self, text: str, heads: Heads | None = None) -> list[Mention]:
        """Every mention, overlapping ones too, by position and the longest first. `heads` are all of `heads_of(text)`,
        perhaps with others, for who looks into several lexicons."""
        found: list[Mention] = []
        for head in self._heads & (heads_of(text) if heads is None else heads):
            for word in self._by_head[head]:
                start = text.find(word)
                while start >= 0:
                    found.append(Mention(word, start))
                    start = text.find(word, start + 1)
        found.sort(key=lambda mention: (mention.start, -len(mention.word)))
        return found

    def longest(self, text: str, heads: Heads | None = None) -> list[Mention]:
        """Mentions from the left, each the longest at its place, none overlapping another."""
        chosen: list[Mention] = []
        for mention in self.find(text, heads):
            if not chosen or mention.start >= chosen[-1].end:
                chosen.append(mention)
        return chosen
