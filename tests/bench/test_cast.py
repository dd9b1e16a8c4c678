"""What a bench hands in."""

from pathlib import Path

import pytest

from bench.cast import Matters
from domain.catalogue import Duty, Tier
from domain.unit import UnitKind
from rulebook.files import load

POLICY = Path(__file__).parent.parent.parent / "policy"


@pytest.fixture(scope="module")
def matters() -> Matters:
    """The shipped corpus."""
    return Matters(POLICY)


def test_the_same_number_says_the_same(matters: Matters) -> None:
    assert matters.body(7) == Matters(POLICY).body(7)


def test_no_two_numbers_or_attempts_say_the_same(matters: Matters) -> None:
    said = {matters.body(number, attempt)["matter"] for number in range(500) for attempt in range(2)}
    assert len(said) == 1000


def test_every_matter_is_an_ordinary_one_of_a_street(matters: Matters) -> None:
    book = load(POLICY)[-1]
    for number in range(200):
        body = matters.body(number)
        item, street = book.items[body["item"]], book.units[body["street"]]
        assert (item.duty, item.not_dispatched, street.kind) == (Duty.STREET, None, UnitKind.STREET)
        assert item.tier in (Tier.DAYS_7, Tier.DAYS_15)
