"""A candidate takes over only where it is better on tickets that neither model knew."""

from dataclasses import replace

import pytest

from classifier import LabelledText, Model
from classifier.figures import report_on
from classifier.promotion import FEWEST, Comparison, against, compare, comparison_table
from classifier.proposal import Candidate, Proposal
from classifier.training import train
from tests.classifier.town import ITEMS, PLACES, THRESHOLDS, texts

EMERGENCIES = frozenset(item.code for item in ITEMS if item.emergency)
ROWS = [LabelledText("", "a"), LabelledText("", "b")] * (FEWEST // 2)


def proposed(item: str, confidence: float) -> Proposal:
    return Proposal(item, "help", 0.0, None, None, confidence, (Candidate(item, confidence),), (), "v")


def compared(right: int, right_now: int, *, confidence: float = 0.7) -> Comparison:
    """Models of which the first `right` and `right_now` answers are right, all equally sure."""
    reports = [
        report_on(
            ROWS, [proposed(row.item if n < hits else "c", confidence) for n, row in enumerate(ROWS)], version, 0.8
        )
        for hits, version in ((right, "before"), (right_now, "now"))
    ]
    gained, lost = max(0, right_now - right), max(0, right - right_now)
    return Comparison(reports[0], reports[1], gained, lost, missed_before=1, missed_now=1)


def test_a_candidate_that_has_more_right_is_promoted() -> None:
    assert against(compared(30, 35)) == ()


def test_one_that_has_less_right_is_not() -> None:
    assert len(against(compared(35, 30))) >= 2


def test_one_that_is_as_good_is_not() -> None:
    assert against(compared(35, 35))


def test_without_any_held_out_ticket_nothing_is_promoted() -> None:
    assert against(None)


def test_the_same_model_again_is_not_promoted() -> None:
    better = compared(30, 35)
    same = replace(better, candidate=replace(better.candidate, model_version="before"))
    assert against(same) == ("候选与在用模型相同",)


def test_too_few_tickets_prove_nothing() -> None:
    better = compared(30, 35)
    few = replace(better, candidate=replace(better.candidate, texts=FEWEST - 1))
    (reason,) = against(few)
    assert str(FEWEST - 1) in reason


@pytest.mark.parametrize(("gained", "lost"), [(5, 5), (3, 2), (1, 0), (12, 8)])
def test_a_lead_that_chance_may_have_given_is_none(gained: int, lost: int) -> None:
    assert against(replace(compared(30, 35), gained=gained, lost=lost)) == (
        f"改对 {gained} 条，改错 {lost} 条，差距可能出于偶然",
    )


def test_one_that_is_less_often_right_where_no_seat_looks_is_not_promoted() -> None:
    better = compared(30, 35)
    sure = replace(better.in_use, share_above=0.5, accuracy_above=0.95)
    bold = replace(better.candidate, share_above=0.9, accuracy_above=0.9)
    assert len(against(replace(better, in_use=sure, candidate=bold))) == 1


def test_one_whose_confidence_means_less_is_not_promoted() -> None:
    better = compared(30, 35)
    honest = replace(better.in_use, calibration_error=0.03)
    boastful = replace(better.candidate, calibration_error=0.06)
    (reason,) = against(replace(better, in_use=honest, candidate=boastful))
    assert reason == "校准误差由 0.030 升到 0.060"


def test_one_that_misses_more_emergencies_is_not_promoted() -> None:
    assert against(replace(compared(30, 35), missed_now=2)) == ("漏掉的紧急诉求由 1 条增到 2 条",)


def test_both_models_are_asked_about_the_same_texts() -> None:
    rows = texts()
    untaught, taught = train([], ITEMS, PLACES), train(rows, ITEMS, PLACES)
    comparison = compare(untaught, taught, rows, EMERGENCIES, THRESHOLDS)
    assert comparison.in_use.texts == comparison.candidate.texts == len(rows)
    right = comparison.in_use.accuracy * len(rows) + comparison.gained - comparison.lost
    assert right == pytest.approx(comparison.candidate.accuracy * len(rows))
    assert comparison.gained > comparison.lost


def test_a_text_about_an_emergency_that_is_not_called_urgent_is_missed(model: Model) -> None:
    rows = [LabelledText("路上没井盖了，车差点进去", "04"), LabelledText("医保卡丢了怎么补", "04")]
    urgent = [found.urgent_from(THRESHOLDS.alarm) for found in model.propose_many([row.text for row in rows])]
    comparison = compare(model, model, rows, EMERGENCIES, THRESHOLDS)
    assert comparison.missed_now == comparison.missed_before == urgent.count(False) >= 1
    assert compare(model, model, rows, (), THRESHOLDS).missed_now == 0


def test_the_table_shows_both_models_and_the_items_that_changed_losses_first() -> None:
    rows = texts()
    untaught, taught = train([], ITEMS, PLACES), train(rows, ITEMS, PLACES)
    shown = comparison_table(
        compare(taught, untaught, rows, (), THRESHOLDS), {item.code: item.level3 for item in ITEMS}
    )
    assert taught.version in shown
    assert untaught.version in shown
    losses = [float(line.split()[3]) - float(line.split()[2]) for line in shown.splitlines() if line[:2].isdigit()]
    assert losses
    assert losses == sorted(losses)


def test_the_table_shows_no_word_of_any_text() -> None:
    rows = [LabelledText(f"欧阳墨竹轩说{row.text}", row.item, personal=True) for row in texts()]
    model = train([], ITEMS, PLACES)
    assert "欧阳" not in comparison_table(compare(model, model, rows, (), THRESHOLDS), {})
