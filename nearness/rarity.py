"""How rare a term is: one that stands in few complaints tells more than one that stands in most."""

import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nearness.terms import terms_of
from store.terms import Sample
from vault.seal import Vault

CORPUS = Path(__file__).parent.parent / "policy" / "corpus"
"""Complaints written for this project: how people speak, before there are complaints to learn it from."""


@dataclass(frozen=True, slots=True)
class Counted:
    """In how many of so many texts a term stands."""

    texts: int
    with_term: Mapping[int, int]


class Rarity:
    """Rarities as natural logarithms, from the corpus and a sample of open complaints counted together."""

    def __init__(self, corpus: Counted, sample: Sample) -> None:
        texts = corpus.texts + sample.looked_at
        counts = Counter(corpus.with_term)
        counts.update(sample.with_term)
        self._known = {term: math.log((texts + 1) / (count + 1)) for term, count in counts.items()}
        self._unknown = math.log(texts + 1)
        self._weights = {term: rarity * rarity for term, rarity in self._known.items()}
        self._sample = sample

    def of(self, terms: Iterable[int]) -> dict[int, float]:
        """Each term with its rarity; the highest for one that nobody has heard of."""
        look_up, unknown = self._known.get, self._unknown
        return {term: look_up(term, unknown) for term in terms}

    def weights(self, terms: Iterable[int]) -> dict[int, float]:
        """Each term with what it weighs: its rarity squared."""
        look_up, unknown = self._weights.get, self._unknown * self._unknown
        return {term: look_up(term, unknown) for term in terms}

    def expected(self, term: int) -> float:
        """In how many open complaints a term stands, as far as the sample tells."""
        sample = self._sample
        return sample.with_term.get(term, 0) * sample.there / max(sample.looked_at, 1)


@lru_cache(maxsize=2)
def counted_corpus(vault: Vault, folder: Path = CORPUS) -> Counted:
    """The shipped corpus, counted under the vault's key: once for all in a process that look for what is near."""
    found = [terms_of(vault, row["text"]) for path in sorted(folder.glob("*.csv")) for row in _rows(path)]
    return Counted(len(found), Counter(term for terms in found for term in (*terms.pairs, *terms.names)))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
