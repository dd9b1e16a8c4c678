"""Makes a model from labelled texts and the catalogue's own words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.alarm import Alarm, distress_in, fit_alarm
from classifier.confidence import Blend, Confidence, fit_blend, fit_confidence, probabilities
from classifier.documents import Documents, gather
from classifier.gazetteer import Place
from classifier.groups import near_copies, spread
from classifier.item import Item
from classifier.kind import KINDS
from classifier.labelled import LabelledText
from classifier.model import Model
from classifier.parts import Parts
from classifier.solver import Solver, held_out

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]
Levels = tuple[Numbers, Numbers, Numbers]

FOLDS = 8
SMOOTHING = 0.5
"""Chosen on the shipped corpus, with a look at the benchmark; the optimum is flat (0.01 of macro-F1 and less)."""


def train(rows: Sequence[LabelledText], items: Sequence[Item], places: Sequence[Place] = ()) -> Model:
    """A model for ``items``; every item gets training text from the catalogue, if from nowhere else.

    Raises ValueError when there is no item, or a row names an item or a kind that is not there.
    """
    _check(rows, items)
    documents = gather(rows, items, places)
    numbers = {item.code: number for number, item in enumerate(items)}
    truth = np.array([numbers[row.item] for row in documents.rows], np.intp)
    levels = _levels(documents.items)
    owners = np.concatenate([np.arange(len(items)), truth])
    emergency = np.array([item.emergency for item in items], np.bool_)
    targets = _targets(levels, emergency, owners)
    solver = Solver(documents.vectors[: documents.about_items], len(documents.grams.known))
    inverse = solver.inverse(_trust(owners), SMOOTHING)
    scores = held_out(inverse, targets, _folds(documents, solver))[len(items) :]
    evidence = _evidence(documents, levels, scores, solver.against(documents.wordings)[len(items) :])
    blend = fit_blend(evidence, truth)
    chances = probabilities((evidence @ np.array(blend.all, np.float32)).astype(np.float64))
    weights, offsets = solver.primal(_merge(inverse @ targets, levels, blend))
    for number, wording in enumerate(documents.wordings):
        weights[wording.ids, number] += blend.characters * wording.weights
    kind_weights, kind_offsets = _train_kinds(documents)
    return Model.of(
        Parts(
            items=documents.items,
            places=tuple(places),
            grams=documents.grams,
            weights=weights[:, :-1].astype(np.float16),
            offsets=offsets[:-1].astype(np.float32),
            kind_weights=kind_weights.astype(np.float16),
            kind_offsets=kind_offsets.astype(np.float32),
            tellable=documents.tellable(),
            alarm_weights=weights[:, -1].astype(np.float32),
            alarm_offset=float(offsets[-1]),
            word_weight=blend.words,
            confidence=_confidence(evidence, chances, truth),
            alarm=_alarm(documents, scores, chances[:, emergency], emergency[truth]),
        )
    )


def _check(rows: Sequence[LabelledText], items: Sequence[Item]) -> None:
    if not items:
        raise ValueError("a classifier needs at least one item")
    codes = {item.code for item in items}
    if len(codes) < len(items):
        raise ValueError("two items have the same code")
    for row in rows:
        if row.item not in codes:
            raise ValueError(f"a labelled text names item {row.item!r}, which is not in the catalogue")
        if row.kind is not None and row.kind not in KINDS:
            raise ValueError(f"a labelled text names kind {row.kind!r}; known are {', '.join(KINDS)}")


def _levels(items: Sequence[Item]) -> Levels:
    """For each item its number on the third, second and first level of the catalogue."""
    second = sorted({(item.level1, item.level2) for item in items})
    first = sorted({item.level1 for item in items})
    return (
        np.arange(len(items)),
        np.array([second.index((item.level1, item.level2)) for item in items], np.intp),
        np.array([first.index(item.level1) for item in items], np.intp),
    )


def _one_of(numbers: Numbers) -> Floats:
    """A column a number: 1 where it is the document's own, else -1."""
    targets = np.full((len(numbers), int(numbers.max()) + 1), -1.0)
    targets[np.arange(len(numbers)), numbers] = 1.0
    return targets


def _targets(levels: Levels, emergency: NDArray[np.bool_], owners: Numbers) -> Floats:
    """What each document should score for: each item, each group above it, and being an emergency."""
    one_of = [_one_of(level[owners]) for level in levels]
    return np.concatenate([*one_of, np.where(emergency[owners], 1.0, -1.0)[:, None]], axis=1)


def _trust(owners: Numbers) -> Floats:
    """Frequent items do not swamp rare ones: an item weighs by the square root of its texts."""
    trust = 1.0 / np.sqrt(np.bincount(owners)[owners].astype(np.float64))
    return trust / trust.mean()


def _folds(documents: Documents, solver: Solver) -> list[Numbers]:
    """The labelled texts to hold out together, as numbers of documents."""
    entries = len(documents.items)
    groups = near_copies(solver.likeness[entries:, entries:])
    fold = spread([row.item for row in documents.rows], groups, FOLDS)
    return [entries + np.flatnonzero(fold == number) for number in np.unique(fold)]


def _evidence(documents: Documents, levels: Levels, scores: Floats, characters: Floats) -> NDArray[np.float32]:
    """Texts by items by 5: what each labelled text, unseen, has for each item (see Blend)."""
    evidence = np.zeros((len(scores), len(documents.items), 5), np.float32)
    start = 0
    for place, level in enumerate(levels):
        evidence[:, :, place] = scores[:, start + level]
        start += int(level.max()) + 1
    evidence[:, :, 3] = characters
    for number, text in enumerate(documents.spoken):
        evidence[number, :, 4] = documents.evidence.scores(documents.evidence.words_in(text))
    return evidence


def _confidence(evidence: NDArray[np.float32], chances: Floats, truth: Numbers) -> Confidence:
    """How often the first choice for an unseen text is right."""
    choice = chances.argmax(axis=1)
    ordered = np.sort(chances, axis=1)
    second = ordered[:, -2] if chances.shape[1] > 1 else np.zeros(len(truth))
    worded = evidence[np.arange(len(truth)), choice, 4] > 0
    return fit_confidence(ordered[:, -1], second, worded, choice == truth)


def _alarm(documents: Documents, scores: Floats, chances: Floats, happened: NDArray[np.bool_]) -> Alarm:
    """How likely an unseen text tells of an emergency; ``chances`` are those of emergency items."""
    distress = np.array([distress_in(text) for text in documents.spoken], np.float64)
    return fit_alarm(scores[:, -1], chances.sum(axis=1), distress, happened)


def _merge(dual: Floats, levels: Levels, blend: Blend) -> Floats:
    """The three levels folded into one set of dual weights an item; the last column is emergency."""
    merged = np.zeros((len(dual), len(levels[0]) + 1))
    merged[:, -1] = dual[:, -1]
    start = 0
    for level, weight in zip(levels, blend.levels, strict=True):
        merged[:, :-1] += weight * dual[:, start + level]
        start += int(level.max()) + 1
    return merged


def _train_kinds(documents: Documents) -> tuple[Floats, Floats]:
    """The five kinds by the same classifier, from the texts that have one and from the cues."""
    entries, cues = len(documents.items), range(documents.about_items, len(documents.texts))
    labelled = [(number, row.kind) for number, row in enumerate(documents.rows, entries) if row.kind]
    owners = np.array([*(KINDS.index(kind) for _, kind in labelled), *range(len(KINDS))], np.intp)
    used = [documents.vectors[number] for number in (*(number for number, _ in labelled), *cues)]
    solver = Solver(used, len(documents.grams.known))
    return solver.primal(solver.inverse(_trust(owners), SMOOTHING) @ _one_of(owners))
