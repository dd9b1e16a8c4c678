"""The trained classifier: text in, proposal out. Needs numpy only; scikit-learn is for training."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier import model_body, model_file
from classifier.alarm import distress_in
from classifier.confidence import probabilities
from classifier.evidence import WordEvidence
from classifier.grams import Vector
from classifier.item import Item
from classifier.kind import KINDS
from classifier.lexicon import heads_of
from classifier.parts import Parts
from classifier.place import Places
from classifier.proposal import Candidate, Proposal
from classifier.reasons import ReasonFinder
from classifier.urgency import Urgency
from classifier.wording import clean

CANDIDATES = 5


class Model:
    """Proposes item, kind, urgency and place for texts. Immutable; safe to share between threads."""

    def __init__(self, parts: Parts, version: str) -> None:
        self.version = version
        self._parts = parts
        self._weights = parts.weights.astype(np.float32)
        self._kind_weights = parts.kind_weights.astype(np.float32)
        self._evidence = WordEvidence(parts.items)
        self._urgency = Urgency(parts.items)
        self._emergencies = np.array([item.emergency for item in parts.items], np.bool_)
        self._places = Places(parts.places)
        self._reasons = ReasonFinder(parts.grams, parts.tellable, self._weights, self._evidence)

    @property
    def items(self) -> tuple[str, ...]:
        """The codes of all items that the model can propose."""
        return tuple(item.code for item in self._parts.items)

    def propose(self, text: str, stated_district: str | None = None, stated_street: str | None = None) -> Proposal:
        """The proposal for one text. Codes that the complainant stated are taken over as they are."""
        cleaned = clean(text)
        heads = heads_of(cleaned)  # masking only takes away: a word of the masked text begins with one of them too
        named = self._places.named(cleaned, heads)
        masked = self._places.mask(cleaned, named)
        vector = self._parts.grams.vector(masked)
        words = self._evidence.words_in(masked, heads)
        chances = probabilities(self._scores(vector, words))
        best = _best(chances)
        sure = self._confidence(chances, best, words)
        candidates = _candidates(self._parts.items, chances, best, sure)
        likely = [(number, each.probability) for number, each in zip(best, candidates, strict=True)]
        urgent_words = self._urgency.spoken(self._urgency.asserted(masked, heads), words, likely)
        place = self._places.find(named, stated_district, stated_street)
        return Proposal(
            item=candidates[0].item,
            kind=KINDS[int(np.argmax(self._kind_scores(vector)))],
            alarm=1.0 if urgent_words else self._alarm(vector, chances, distress_in(masked, heads)),
            district=place.district,
            street=place.street,
            confidence=sure,
            candidates=candidates,
            reasons=self._reasons.find(vector, words, urgent_words, best),
            model_version=self.version,
        )

    def propose_many(self, texts: Iterable[str]) -> list[Proposal]:
        """Proposals for many texts, in their order."""
        return [self.propose(text) for text in texts]

    def save(self, folder: Path) -> None:
        """Write the model into a folder, replacing the one there."""
        model_file.write(folder, model_body.pack(self._parts), model_body.arrays(self._parts))

    @classmethod
    def load(cls, folder: Path) -> "Model":
        """Read a model. Raises BadModel when it is missing, damaged or of another format."""
        stored = model_file.read(folder)
        return cls(model_body.unpack(stored), stored.version)

    @classmethod
    def of(cls, parts: Parts) -> "Model":
        """A model from freshly trained parts, with the version that it will have on disk."""
        return cls(parts, model_file.version_of(model_body.pack(parts), model_body.arrays(parts)))

    def _scores(self, vector: Vector, words: Sequence[str]) -> NDArray[np.float64]:
        linear = vector.weights @ self._weights[vector.ids] + self._parts.offsets
        worded = self._evidence.scores(words)
        return linear.astype(np.float64) + self._parts.word_weight * worded

    def _kind_scores(self, vector: Vector) -> NDArray[np.float32]:
        return vector.weights @ self._kind_weights[vector.ids] + self._parts.kind_offsets

    def _alarm(self, vector: Vector, chances: NDArray[np.float64], distress: int) -> float:
        score = float(vector.weights @ self._parts.alarm_weights[vector.ids]) + self._parts.alarm_offset
        return self._parts.alarm.of(score, float(chances[self._emergencies].sum()), distress)

    def _confidence(self, chances: NDArray[np.float64], best: Sequence[int], words: Sequence[str]) -> float:
        second = float(chances[best[1]]) if len(best) > 1 else 0.0
        worded = any(best[0] in self._evidence.items_of(word) for word in words)
        return self._parts.confidence.of(float(chances[best[0]]), second, worded)


def _best(chances: NDArray[np.float64]) -> list[int]:
    """Numbers of the likeliest items, best first; equals by catalogue order."""
    return np.argsort(-chances, kind="stable")[:CANDIDATES].tolist()


def _candidates(
    items: Sequence[Item], chances: NDArray[np.float64], best: Sequence[int], sure: float
) -> tuple[Candidate, ...]:
    """The first gets the confidence; the others share the rest as before, none above the first."""
    rest = 1.0 - float(chances[best[0]])
    share = (1.0 - sure) / rest if rest > 0.0 else 0.0
    others = (Candidate(items[number].code, min(sure, float(chances[number]) * share)) for number in best[1:])
    return (Candidate(items[best[0]].code, sure), *others)
