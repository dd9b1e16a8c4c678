"""The system comes to the deadlines that were computed by hand, by its own commands and clocks; and what explains them
counts the same days (rules §5)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.catalogue import Tier
from domain.clock import ClockName
from domain.counting import in_words
from domain.explanation import explained
from domain.reckoning import Deadline
from domain.terms import Terms
from rulebook.book import Book
from rulebook.files import day_names
from tests.domain.by_hand import CALENDAR, HAND, ByHand
from tests.domain.city import a_plan, a_triage, book, known_in, when
from tests.domain.walking import Walk

NAMES = day_names(Path(__file__).resolve().parents[2] / "policy")
CASES = pytest.mark.parametrize("case", HAND, ids=lambda case: case.case)


def known(case: ByHand) -> Book:
    """The shipped policy with what of the calendar was published at dispatch."""
    return replace(book(), calendar=known_in(case.published))


def lived(case: ByHand) -> Walk:
    """The complaint as the rules took it through its life: every clock on the way rings when it is due."""
    policy = known(case)
    item = policy.items[case.item]
    terms = Terms(policy.version, item.tier, item.day_kind, False, policy.limits, policy.calendar)
    walk = Walk(a_triage(a_plan(item, under=terms)), when(case.start))
    for then in case.then:
        while (clock := walk.state.next_due) is not None and clock.due <= when(then.at):
            walk.wait(clock.due - walk.now)
            walk.ring()
        walk.wait(when(then.at) - walk.now)
        for who, command in then.moves:
            walk.act(command, walk.actor_called(who))
    assert walk.refused == []
    return walk


def counted(case: ByHand) -> list[Deadline]:
    """The case's limits one after another, as they are explained."""
    policies = {known(case).version: known(case), CALENDAR: replace(book(), version=CALENDAR)}
    found = explained(when(case.start), lived(case).rows, policies)
    return [deadline for each in found for deadline in each.deadlines if deadline.about == case.about]


@CASES
def test_r22_the_items_are_of_that_tier_and_counted_that_way(case: ByHand) -> None:
    item = book().items[case.item]
    assert (item.tier, item.day_kind) == (case.tier, case.day_kind)


@CASES
def test_r22_the_system_comes_to_the_deadline_that_was_computed_by_hand(case: ByHand) -> None:
    state, end = lived(case).state, when(case.limits[-1].end)
    (clock,) = [clock for clock in state.clocks if clock.name is ClockName(case.about)]
    assert clock.due == end
    if case.about == "handling":
        assert (state.due, state.provisional) == (end, case.provisional)


@CASES
def test_r22_the_explanation_counts_the_days_that_were_counted_by_hand(case: ByHand) -> None:
    def name_of(day: date) -> str:
        return NAMES.get(day, "")

    told = counted(case)
    assert [deadline.count.end for deadline in told] == [when(limit.end) for limit in case.limits]
    assert [in_words(deadline.count.days, name_of) for deadline in told] == [limit.days for limit in case.limits]
    assert all(deadline.agrees for deadline in told)


def test_there_are_more_than_ten_and_they_cross_holidays_and_make_up_days() -> None:
    told = " ".join(limit.days for case in HAND for limit in case.limits)
    assert len(HAND) >= 10
    assert {case.tier for case in HAND} == set(Tier)
    for word in ("国庆节", "中秋节", "春节", "劳动节", "元旦", "补班", "周末", "顺延", "未公布"):
        assert word in told
