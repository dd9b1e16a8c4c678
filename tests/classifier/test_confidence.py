import random

import numpy as np

from classifier.confidence import fit_blend, fit_confidence, probabilities


def test_confidence_learns_how_often_a_first_choice_is_right() -> None:
    chance = random.Random(7)
    claimed = np.array([chance.uniform(0.3, 0.99) for _ in range(4_000)])
    right = np.array([chance.random() < 0.6 * claim for claim in claimed])
    fitted = fit_confidence(claimed, (1 - claimed) / 2, np.zeros(4_000, np.bool_), right)
    for claim in (0.5, 0.7, 0.9):
        assert abs(fitted.of(claim, (1 - claim) / 2, False) - 0.6 * claim) < 0.06


def test_without_any_text_to_learn_from_confidence_stays_below_the_claim() -> None:
    nothing = np.empty(0)
    unfitted = fit_confidence(nothing, nothing, np.empty(0, np.bool_), np.empty(0, np.bool_))
    assert unfitted.of(0.9, 0.05, True) < 0.9


def test_a_blend_finds_the_evidence_that_tells_and_ignores_noise() -> None:
    noise = np.random.default_rng(3)
    truth = noise.integers(0, 20, 400)
    evidence = noise.normal(0, 1, (400, 20, 5)).astype(np.float32)
    evidence[np.arange(400), truth, 4] += 4
    blend = fit_blend(evidence, truth.astype(np.intp))
    assert blend.words > 2
    assert abs(blend.item) < 0.5
    chosen = probabilities((evidence @ np.array(blend.all)).astype(np.float64)).argmax(axis=1)
    assert (chosen == truth).mean() > 0.9
