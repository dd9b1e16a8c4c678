"""Nearness: what the score is made of, and what a candidate is taken for (R12, R13)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.nearness import (
    Candidate,
    NearnessLimits,
    Sameness,
    Traits,
    Wording,
    judged,
    name_agreement,
    nearness,
    text_likeness,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HERE = Traits(NOON, "010105", "110105", "110105012")
LIMITS = NearnessLimits()
RARE, COMMON = 8.0, 1.0
WEIGHTY, LIGHT = RARE**2, COMMON**2


def text(*terms: int) -> dict[int, float]:
    """Pairs of rare characters."""
    return dict.fromkeys(terms, WEIGHTY)


def named(*terms: int, rarity: float = RARE) -> dict[int, float]:
    """Names of one rarity."""
    return dict.fromkeys(terms, rarity)


LONG = Wording(text(*range(40)), {})


def found(
    old: Traits = HERE, told: Wording = LONG, *, new: Traits = HERE, same: bool = False, is_open: bool = True
) -> Candidate | None:
    """What is made of an earlier complaint."""
    return judged((new, LONG), (old, told), LIMITS, ticket_no="T", same_complainant=same, is_open=is_open)


def sameness(*likeness: int, same: bool) -> list[Sameness | None]:
    """What complaints are taken for that share this many of forty terms."""
    told = [found(told=Wording(text(*range(n), *range(100, 140 - n)), {}), same=same) for n in likeness]
    return [one.sameness if one else None for one in told]


def test_the_same_long_text_is_near_to_the_whole() -> None:
    assert text_likeness(text(*range(400)), text(*range(400))) > 980


def test_a_few_words_prove_little_even_when_they_are_the_same() -> None:
    assert text_likeness(text(1, 2), text(1, 2)) < 300


def test_texts_that_share_nothing_or_hold_nothing_are_not_alike() -> None:
    assert text_likeness(text(1, 2), text(3, 4)) == text_likeness({}, text(1)) == text_likeness({}, {}) == 0


def test_a_rare_term_in_common_weighs_more_than_a_common_one() -> None:
    rare, common = {1: WEIGHTY, 2: LIGHT, 3: WEIGHTY}, {1: WEIGHTY, 2: LIGHT, 4: WEIGHTY}
    assert text_likeness(rare, common) > text_likeness({2: LIGHT, 3: WEIGHTY}, {2: LIGHT, 4: WEIGHTY})


def test_likeness_is_the_same_from_both_sides() -> None:
    one, other = text(1, 2, 3, 4), text(3, 4, 5)
    assert text_likeness(one, other) == text_likeness(other, one)


def test_a_short_text_is_as_near_to_a_long_one_that_holds_it_as_to_itself() -> None:
    assert text_likeness(text(1, 2, 3), text(*range(100))) == text_likeness(text(1, 2, 3), text(1, 2, 3))


def test_one_name_speaks_for_it_and_other_names_against_it() -> None:
    assert name_agreement(named(1, 2), named(2, 3)) > 0 > name_agreement(named(1), named(2))


def test_common_names_and_texts_without_names_say_nothing() -> None:
    assert name_agreement(named(1, rarity=COMMON), named(2)) == name_agreement({}, named(1)) == 0


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (HERE, replace(HERE, street="110105015")),
        (HERE, replace(HERE, street="")),
        (replace(HERE, street=""), replace(HERE, street="110105015")),
        (replace(HERE, street="110105015"), replace(HERE, district="110101", street="")),
        (HERE, replace(HERE, item="")),
        (replace(HERE, item="010199"), replace(HERE, item="020101")),
    ],
    ids=["street", "street known", "street unknown", "district", "item", "class"],
)
def test_item_and_place_speak_for_and_against(nearer: Traits, farther: Traits) -> None:
    assert nearness(HERE, nearer, 300, 0) > nearness(HERE, farther, 300, 0)


def test_a_score_stays_within_its_thousand() -> None:
    assert nearness(HERE, HERE, 990, 200) == 1000
    assert nearness(HERE, replace(HERE, district="110101"), 10, -200) == 0


def test_the_thresholds_part_event_and_matter_from_what_a_person_has_to_look_at() -> None:
    assert sameness(40, 14, 6, same=False) == [Sameness.EVENT, Sameness.POSSIBLE, None]
    assert sameness(40, 16, 6, same=True) == [Sameness.MATTER, Sameness.POSSIBLE, None]


def test_the_reasons_are_told() -> None:
    candidate = found(told=Wording(LONG.pairs, {7: RARE}), same=True)
    assert candidate is not None
    assert (candidate.same_complainant, candidate.same_item, candidate.same_place) == (True, True, True)
    assert candidate.same_name is False
    assert candidate.text == text_likeness(LONG.pairs, LONG.pairs)


@pytest.mark.parametrize(
    ("days", "same", "there"), [(30, False, True), (31, False, False), (31, True, True), (181, True, False)]
)
def test_what_is_too_long_ago_is_no_candidate(days: int, same: bool, there: bool) -> None:
    old = replace(HERE, received_at=NOON - timedelta(days=days))
    assert (found(old, same=same) is not None) is there


def test_anothers_closed_complaint_is_none_and_ones_own_is() -> None:
    assert found(is_open=False) is None
    assert found(is_open=False, same=True) is not None
