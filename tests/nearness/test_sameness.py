"""On pairs that a person has read, the hotline is right as often as docs/nearness.md says. The messages are nobody's to
copy: they are read where they lie, and without them these tests are skipped."""

import os
from pathlib import Path

import pytest

from benchmarks.sameness import Pair, Stream, events, figures, joined, pairs, weights
from domain.nearness import NearnessLimits

SHARED = Path(os.environ.get("HOTLINE_SHARED", Path(__file__).parents[3] / "shared"))
MESSAGES = SHARED / "data" / "messages_stream.csv"
LIMITS = NearnessLimits()

needs_messages = pytest.mark.skipif(not MESSAGES.exists(), reason=f"the messages are not there: {MESSAGES}")


@pytest.fixture(scope="module")
def stream() -> Stream:
    """The messages, as the hotline would have them."""
    return Stream(MESSAGES)


def of(*, one_complainant: bool) -> list[Pair]:
    """The labelled pairs of one sort."""
    return [pair for pair in pairs() if pair.one_complainant is one_complainant]


def test_the_labels_hold_numbers_and_no_words() -> None:
    labelled = pairs()
    assert len(labelled) >= 300
    assert all(f"{pair.first}{pair.second}".isdigit() for pair in labelled)
    assert all(message.isdigit() for event in events() for message in event)
    assert 0.4 < sum(pair.same for pair in labelled) / len(labelled) < 0.7


def test_every_stratum_but_the_one_of_mere_places_tells_what_it_was_drawn_from() -> None:
    known = weights(pairs())
    assert {pair.stratum for pair in pairs()} - set(known) == {"district-other"}
    assert all(weight >= 1 for weight in known.values())


@needs_messages
def test_who_is_joined_to_anothers_event_belongs_there_nine_times_in_ten(stream: Stream) -> None:
    assert figures(stream, of(one_complainant=False), LIMITS.same_event).precision >= 0.9


@needs_messages
def test_who_is_told_of_their_own_earlier_matter_is_told_rightly(stream: Stream) -> None:
    got = figures(stream, of(one_complainant=True), LIMITS.same_matter)
    assert got.precision >= 0.9
    assert got.recall >= 0.5


@needs_messages
def test_a_person_is_shown_nearly_all_that_belong_together(stream: Stream) -> None:
    assert figures(stream, of(one_complainant=False), LIMITS.possible).recall >= 0.93
    assert figures(stream, of(one_complainant=True), LIMITS.possible).recall >= 0.78


@needs_messages
def test_nearly_every_message_about_an_event_finds_an_earlier_one(stream: Stream) -> None:
    assert joined(stream, events(), LIMITS.possible, copies=False) >= 0.92
    assert joined(stream, events(), LIMITS.same_event, copies=True) >= 0.35
