"""What a classifier learns from: catalogue entries, labelled texts and the cues of the kinds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.evidence import WordEvidence
from classifier.gazetteer import Place
from classifier.grams import Grams, Vector, choose_grams
from classifier.item import Item
from classifier.kind import CUES, KINDS
from classifier.labelled import LabelledText
from classifier.place import Places
from classifier.wording import BREAK, clean

LONGEST_GRAM = 2
MOST_GRAMS = 40_000
MOST_TEXTS_AN_ITEM = 150
MOST_TEXTS = 8_000
"""Bounds on memory; of more texts the last given count, since words and matters change with time."""

SHARED_BY, SHARED_BY_PERSONAL = 2, 5
"""Texts that a gram must stand in to be known; more where the words are a complainant's own (R5)."""

TELLING = 0.6
"""Share of a pair's texts in one first-level class from which it tells a reader something."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Catalogue entries first, then labelled texts, then the cues of the kinds; one vector each.

    ``wordings`` are the vectors of each item's own words, characters only.
    """

    items: tuple[Item, ...]
    rows: tuple[LabelledText, ...]
    texts: tuple[str, ...]
    grams: Grams
    vectors: tuple[Vector, ...]
    wordings: tuple[Vector, ...]
    evidence: WordEvidence

    @property
    def about_items(self) -> int:
        """Documents that have an item: all but the cues."""
        return len(self.items) + len(self.rows)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The labelled texts, cleaned and with places masked."""
        return self.texts[len(self.items) : self.about_items]

    def tellable(self) -> NDArray[np.bool_]:
        """Pairs fit to be shown as reasons (R5): the catalogue's own, and those that texts written for the
        project use mostly for one class of matters. A complainant's own words never count."""
        classes = sorted({item.level1 for item in self.items})
        class_of = {item.code: classes.index(item.level1) for item in self.items}
        texts = np.zeros((len(self.grams.known), len(classes)), np.int32)
        catalogue = np.zeros(len(self.grams.known), np.bool_)
        for vector in self.vectors[: len(self.items)]:
            catalogue[vector.ids] = True
        for vector, row in zip(self.vectors[len(self.items) : self.about_items], self.rows, strict=True):
            if not row.personal:
                texts[vector.ids, class_of[row.item]] += 1
        all_texts = texts.sum(axis=1)
        telling = (all_texts >= SHARED_BY) & (texts.max(axis=1) >= TELLING * all_texts)
        pairs = np.array([len(gram) > 1 and gram.isalpha() for gram in self.grams.known], np.bool_)
        return (catalogue | telling) & pairs


def gather(rows: Sequence[LabelledText], items: Sequence[Item], places: Sequence[Place]) -> Documents:
    """The documents of a training, bounded in number."""
    rows = _latest(rows)
    known = Places(places)
    wordings = [BREAK.join(map(clean, (*item.words, *item.urgent_words))) for item in items]
    entries = [
        BREAK.join([*map(clean, (item.level1, item.level2, item.level3, item.level3)), wording])
        for item, wording in zip(items, wordings, strict=True)
    ]
    cleaned = [clean(row.text) for row in rows]
    spoken = [known.mask(text, known.named(text)) for text in cleaned]
    texts = (*entries, *spoken, *(BREAK.join(CUES[kind]) for kind in KINDS))
    enough = [1] * len(texts)
    enough[len(entries) : len(entries) + len(rows)] = [
        SHARED_BY_PERSONAL if row.personal else SHARED_BY for row in rows
    ]
    grams = choose_grams(texts, enough, LONGEST_GRAM, MOST_GRAMS)
    return Documents(
        items=tuple(items),
        rows=rows,
        texts=texts,
        grams=grams,
        vectors=tuple(map(grams.vector, texts)),
        wordings=tuple(grams.characters(grams.vector(wording)) for wording in wordings),
        evidence=WordEvidence(items),
    )


def _latest(rows: Sequence[LabelledText]) -> tuple[LabelledText, ...]:
    seen: Counter[str] = Counter()
    kept: list[LabelledText] = []
    for row in reversed(rows):
        seen[row.item] += 1
        if seen[row.item] <= MOST_TEXTS_AN_ITEM and len(kept) < MOST_TEXTS:
            kept.append(row)
    return tuple(reversed(kept))
