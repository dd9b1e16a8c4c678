"""How much a term tells: one that stands in few complaints tells more than one that stands in most."""

import csv
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nearness.terms import terms_of
from vault.seal import Vault

CORPUS = Path(__file__).parent.parent / "policy" / "corpus"
"""Complaints written for this project: how people speak, before there are complaints to learn it from."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """Weights of terms, and in which share of open complaints each stands as far as a sample tells."""

    weights: Mapping[int, float]
    unknown: float
    shares: Mapping[int, float]

    def weight(self, term: int) -> float:
        """A term's weight; the highest for one that nobody has heard of."""
        return self.weights.get(term, self.unknown)


@dataclass(frozen=True, slots=True)
class Counted:
    """In how many of so many texts a term stands."""

    texts: int
    with_term: Mapping[int, int]


def counted_corpus(vault: Vault, folder: Path = CORPUS) -> Counted:
    """The shipped corpus, counted under the vault's key."""
    texts = [row["text"] for path in sorted(folder.glob("*.csv")) for row in _rows(path)]
    counts = Counter(term for text in texts for term in terms_of(vault, text))
    return Counted(len(texts), counts)


def rarity(corpus: Counted, sample: Counted) -> Rarity:
    """Both counted together. The weight is the square of the logarithm of how rare a term is."""
    texts = corpus.texts + sample.texts
    heard = {
        term: corpus.with_term.get(term, 0) + sample.with_term.get(term, 0)
        for term in corpus.with_term.keys() | sample.with_term.keys()
    }
    return Rarity(
        weights={term: math.log((texts + 1) / (count + 1)) ** 2 for term, count in heard.items()},
        unknown=math.log(texts + 1) ** 2,
        shares={term: count / max(sample.texts, 1) for term, count in sample.with_term.items()},
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
