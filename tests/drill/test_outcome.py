"""A drill has held when nothing is lost or doubled, no story differs, no clock was missed and nothing else was odd."""

from dataclasses import replace

import pytest

from drill.count import Count
from drill.play import Outcome

GOOD = Outcome("kill", "kill -9", Count(accepted=9, applied=9, clocks_rung=3))


def test_a_drill_in_which_every_promise_was_kept_has_held() -> None:
    assert GOOD.held


@pytest.mark.parametrize("figure", ["lost", "doubled", "journal_mismatches", "clocks_missed"])
def test_one_promise_that_was_not_kept_is_enough(figure: str) -> None:
    broken = Count(accepted=9, applied=9)
    object.__setattr__(broken, figure, 1)
    assert not replace(GOOD, count=broken).held


def test_an_answer_that_should_not_have_been_given_is_enough() -> None:
    assert not replace(GOOD, unexpected=["intake answered 500: 1"]).held


def test_a_drill_that_could_not_be_played_has_not_held() -> None:
    assert not Outcome("disk-full", "no room", not_run="a small disk needs root").held


def test_what_a_drill_itself_found_missing_counts_as_lost() -> None:
    count = Count(accepted=9, applied=9, doubled=1, faults=["b"]).and_also(["a"], [])
    assert (count.lost, count.doubled, count.faults) == (1, 1, ["a", "b"])


def test_json_has_the_counts_figures_beside_the_drills_name() -> None:
    told = GOOD.told()
    figures = ("accepted", "applied", "lost", "doubled", "journal_mismatches", "clocks_missed")
    assert [told[figure] for figure in ("name", *figures)] == ["kill", 9, 9, 0, 0, 0, 0]
