"""Finds the words of a fixed list in a text, in one pass over its characters."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A listed word and where it stands in the cleaned text."""

    word: str
    start: int

    @property
    def end(self) -> int:
        """The position after its last character."""
        return self.start + len(self.word)


class Lexicon:
    """A word list keyed by its first two characters: a text costs one look-up a character."""

    def __init__(self, words: Iterable[str]) -> None:
        by_head: dict[str, list[str]] = {}
        for word in {word for word in words if word}:
            by_head.setdefault(word[:2], []).append(word)
        self._by_head = {head: tuple(sorted(listed, key=len, reverse=True)) for head, listed in sorted(by_head.items())}
        self._single = any(len(head) == 1 for head in self._by_head)

    def find(self, text: str) -> list[Mention]:
        """Every mention, overlapping ones too, by position and the longest first."""
        found: list[Mention] = []
        heads = self._by_head
        for start in range(len(text)):
            for word in heads.get(text[start : start + 2], ()):
                if text.startswith(word, start):
                    found.append(Mention(word, start))
            if self._single and start + 1 < len(text) and text[start] in heads:
                found.append(Mention(text[start], start))
        return found

    def longest(self, text: str) -> list[Mention]:
        """Mentions from the left, each the longest at its place, none overlapping another."""
        chosen: list[Mention] = []
        for mention in self.find(text):
            if not chosen or mention.start >= chosen[-1].end:
                chosen.append(mention)
        return chosen
