import numpy as np

from classifier.documents import gather
from classifier.groups import near_copies, spread
from classifier.solver import CONSTANT, Solver, held_out
from tests.classifier.town import ITEMS, PLACES, texts


def test_held_out_scores_equal_those_of_a_classifier_trained_without_the_group() -> None:
    documents = gather(texts(), ITEMS, PLACES)
    solver = Solver(documents.vectors, len(documents.grams.known))
    count = len(documents.vectors)
    targets = np.where(np.arange(count)[:, None] % 3 == np.arange(3)[None], 1.0, -1.0)
    trust = 1.0 + (np.arange(count) % 2).astype(np.float64)
    group = np.array([3, 11, 20])
    rest = np.setdiff1d(np.arange(count), group)
    likeness = solver.likeness + CONSTANT
    dual = np.linalg.solve(likeness[np.ix_(rest, rest)] + np.diag(0.5 / trust[rest]), targets[rest])
    expected = likeness[np.ix_(group, rest)] @ dual
    assert np.allclose(held_out(solver.inverse(trust, 0.5), targets, [group])[group], expected)


def test_near_copies_are_grouped_through_one_another() -> None:
    likeness = np.eye(4)
    likeness[0, 1] = likeness[1, 0] = likeness[1, 3] = likeness[3, 1] = 0.9
    assert [group.tolist() for group in near_copies(likeness)] == [[0, 1, 3], [2]]


def test_the_texts_of_an_item_go_to_different_folds_and_near_copies_to_one() -> None:
    groups = [np.array([0, 1]), np.array([2]), np.array([3]), np.array([4])]
    assert spread(["a", "a", "a", "b", "b"], groups, 2).tolist() == [0, 0, 1, 0, 1]
