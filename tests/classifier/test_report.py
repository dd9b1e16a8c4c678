import pytest

from classifier import LabelledText, Model
from classifier.figures import report_on
from classifier.proposal import Candidate, Proposal
from classifier.report import cross_validate, evaluate, table
from tests.classifier.town import ITEMS, PLACES, THRESHOLDS, texts

SURE = THRESHOLDS.sure


def proposed(item: str, confidence: float) -> Proposal:
    return Proposal(item, "help", 0.0, None, None, confidence, (Candidate(item, confidence),), (), "v")


ROWS = [LabelledText("", "a"), LabelledText("", "a"), LabelledText("", "b"), LabelledText("", "b")]
PROPOSALS = [proposed("a", 0.9), proposed("b", 0.85), proposed("b", 0.5), proposed("b", 0.3)]


def test_macro_f1_is_the_mean_over_items() -> None:
    report = report_on(ROWS, PROPOSALS, "v", SURE)
    assert [round(each.f1, 4) for each in report.items] == [0.6667, 0.8]
    assert report.macro_f1 == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_share_and_accuracy_above_the_threshold_count_only_sure_proposals() -> None:
    report = report_on(ROWS, PROPOSALS, "v", threshold=0.8)
    assert (report.share_above, report.accuracy_above) == (0.5, 0.5)


def test_nothing_above_the_threshold_has_no_accuracy() -> None:
    assert report_on(ROWS, PROPOSALS, "v", threshold=0.99).accuracy_above is None


def test_calibration_error_is_nought_when_confidence_is_what_happens() -> None:
    rows = [LabelledText("", "a")] * 10
    honest = [proposed("a" if number < 7 else "b", 0.7) for number in range(10)]
    assert report_on(rows, honest, "v", SURE).calibration_error == pytest.approx(0.0)
    boastful = [proposed("a" if number < 7 else "b", 1.0) for number in range(10)]
    assert report_on(rows, boastful, "v", SURE).calibration_error == pytest.approx(0.3)


def test_a_report_on_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        report_on([], [], "v", SURE)


def test_a_better_candidate_has_more_right_and_is_no_less_honest() -> None:
    worse = report_on(ROWS, [proposed("b", 0.5)] * 4, "v", SURE)
    better = report_on(ROWS, [proposed(row.item, 0.9) for row in ROWS], "v", SURE)
    assert better.better_than(worse)
    assert not worse.better_than(better)
    assert not better.better_than(better)


def test_cross_validation_proposes_every_text_once_and_beats_chance() -> None:
    report = cross_validate(texts(), ITEMS, PLACES, folds=5, threshold=SURE)
    assert report.texts == 40
    assert sum(each.texts for each in report.items) == 40
    assert report.accuracy > 0.5


def test_a_model_on_its_own_texts_is_nearly_always_right(model: Model) -> None:
    assert evaluate(model, texts(), SURE).accuracy > 0.95


def test_the_table_shows_the_whole_and_the_weakest_items_first() -> None:
    shown = table(report_on(ROWS, PROPOSALS, "v", SURE), {"a": "甲事", "b": "乙事"}, most=1)
    assert "宏平均 F1 0.733" in shown
    assert "甲事" in shown
    assert "乙事" not in shown
