"""Whether a complaint is urgent is decided by the policy in force, from what the classifier makes of it (R14)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from activities.contracts import TakeUpRequest
from activities.triage import proposed
from classifier.proposal import Candidate, Proposal
from rulebook.book import Book
from rulebook.files import load
from store.complaints import Said
from tests.conftest import ROOT

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
REQUEST = TakeUpRequest("20261122-00000017", AT, AT)
SAID = Said(
    *(None, b"", "110105", "110105012", "", False, "", None, "k1"),
    *("phone", "ordinary", "", "", "", "", False, False),
)


@pytest.fixture(scope="module")
def book() -> Book:
    """The shipped policy."""
    return load(ROOT / "policy")[-1]


def alarming(probability: float) -> Proposal:
    """An ordinary item whose words sound like an emergency with that probability."""
    return Proposal(*("010105", "help", probability, "110105", "110105012"), 0.9, (Candidate("010105", 0.9),), (), "v")


@pytest.mark.parametrize(("alarm_at", "urgent"), [(150, True), (299, True), (300, True), (301, False), (1000, False)])
def test_from_which_probability_on_it_is_urgent_is_policys(book: Book, alarm_at: int, urgent: bool) -> None:
    other = replace(book, house=replace(book.house, alarm_at=alarm_at))
    assert proposed(other, REQUEST, SAID, alarming(0.3), []).urgent is urgent


def test_what_the_seat_calls_urgent_is_so_whatever_its_words_are(book: Book) -> None:
    assert not proposed(book, REQUEST, SAID, alarming(0.0), []).urgent
    assert proposed(book, REQUEST, replace(SAID, urgent=True), alarming(0.0), []).urgent


def test_an_urgent_word_makes_it_urgent_under_every_policy(book: Book) -> None:
    strict = replace(book, house=replace(book.house, alarm_at=1000))
    assert proposed(strict, REQUEST, SAID, alarming(1.0), []).urgent
