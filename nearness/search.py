"""Words that somebody seeks: complaints are found by their terms, then read to be sure."""

from dataclasses import dataclass

from nearness.opening import opened
from nearness.wording import BREAK, folded, pairs, words
from store.terms import Sealed
from vault.seal import Vault


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that all have to stand in a complaint, and the terms of their pairs of characters."""

    words: tuple[str, ...]
    pairs: tuple[int, ...]


def sought(vault: Vault, text: str) -> Sought | None:
    """What to look for; None when no word has two characters, a number counting as one."""
    asked = words(text)
    found = {pair for word in asked for pair in pairs(word)}
    return Sought(tuple(asked), tuple(vault.terms(found))) if found else None


def holding(vault: Vault, what: Sought, found: dict[str, Sealed]) -> set[str]:
    """The ticket numbers of those complaints whose matter, point or community hold all the words. Terms alone do not
    say so: a number is 0 in them, and pairs may stand apart."""
    return {number for number, each in found.items() if _holds(what, opened(vault, each))}


def _holds(what: Sought, texts: list[str | None]) -> bool:
    text = BREAK.join(folded(text) for text in texts if text)
    return all(word in text for word in what.words)
