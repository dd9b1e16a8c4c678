"""The journal: facts that read back as they were, and a chain that shows every touch."""

import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from inspect import Parameter, signature
from types import NoneType
from typing import cast, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.actor import HOTLINE, Actor, Role
from domain.calendar import BEIJING
from domain.events import EVENTS, Event
from domain.facts import from_facts, to_facts
from domain.journal import FIRST_HASH, BrokenChain, Row, chained, check
from domain.refusal import Fact
from domain.terms import Reminder
from tests.domain.city import MONDAY, actor
from tests.domain.samples import EVENT_SAMPLES

STEP, SEAT = "command-1", Actor(Role.SEAT, "seat-1", "M-HOTLINE")
ROWS = chained("202603020000017", 0, FIRST_HASH, STEP, SEAT, MONDAY, EVENT_SAMPLES)
TEXTS = st.text('汉字é😀aZ9 "\\\n\u2028', max_size=9)
INSTANTS = st.timedeltas(timedelta(), timedelta(days=9000)).map(lambda passed: MONDAY + passed)


def _values(hint: object) -> st.SearchStrategy[object]:
    """Values of a field's type, as events may hold them."""
    if hint is datetime:
        return st.one_of(INSTANTS, INSTANTS.map(lambda instant: instant.astimezone(UTC)))
    if hint == tuple[Reminder, ...]:
        return st.lists(st.builds(Reminder, TEXTS, INSTANTS), max_size=3).map(tuple)
    if NoneType in get_args(hint):
        (inner,) = (each for each in get_args(hint) if each is not NoneType)
        return st.none() | _values(inner)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    if hint == tuple[str, ...]:
        return st.lists(TEXTS, max_size=3).map(tuple)
    simple: dict[object, st.SearchStrategy[object]] = {
        str: TEXTS,
        int: st.integers(-(2**53), 2**53),
        bool: st.booleans(),
    }
    return simple[hint]


def _events(kind: type[Event]) -> st.SearchStrategy[Event]:
    return st.builds(kind, **{name: _values(hint) for name, hint in get_type_hints(kind).items()})


def test_there_is_exactly_one_sample_of_every_event() -> None:
    assert sorted(type(event).__name__ for event in EVENT_SAMPLES) == sorted(EVENTS)


@pytest.mark.parametrize("kind", list(EVENTS.values()), ids=list(EVENTS))
@settings(max_examples=10, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_an_event_of_every_kind_survives_its_way_through_json(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(_events(kind))
    facts = cast("dict[str, Fact]", json.loads(json.dumps(to_facts(event))))
    assert from_facts(kind, facts) == event


@pytest.mark.parametrize("row", ROWS, ids=lambda row: cast(Row, row).kind)
def test_a_row_tells_the_event_it_was_made_of(row: Row) -> None:
    assert row.event == EVENT_SAMPLES[row.seq - 1]


def _needed(sample: Event) -> list[str]:
    """Fields without which there is no such event."""
    return [name for name, field in signature(type(sample)).parameters.items() if field.default is Parameter.empty]


@pytest.mark.parametrize(
    "sample", [each for each in EVENT_SAMPLES if _needed(each)], ids=lambda each: type(each).__name__
)
def test_an_event_is_not_read_from_facts_that_lack_one(sample: Event) -> None:
    kind, facts = type(sample), to_facts(sample)
    facts.pop(_needed(sample)[0])
    with pytest.raises(ValueError, match="needs"):
        from_facts(kind, facts)


def test_rows_are_numbered_from_the_row_they_follow() -> None:
    rows = chained("202603020000017", 7, "head", STEP, SEAT, MONDAY, EVENT_SAMPLES[:2])
    assert [row.seq for row in rows] == [8, 9]


def test_an_untouched_chain_holds_from_its_first_row_to_its_last() -> None:
    seq, head = 0, FIRST_HASH
    for row in ROWS:
        check(row, seq, head)
        seq, head = row.seq, row.hash
    assert seq == len(EVENT_SAMPLES)


def test_a_chain_may_be_written_in_several_steps() -> None:
    first = chained("202603020000017", 0, FIRST_HASH, STEP, SEAT, MONDAY, EVENT_SAMPLES[:5])
    second = chained("202603020000017", 5, first[-1].hash, STEP, SEAT, MONDAY, EVENT_SAMPLES[5:])
    assert (*first, *second) == ROWS


TAMPERED: dict[str, Callable[[Row], Row]] = {
    "ticket_no": lambda row: replace(row, ticket_no="202603020000018"),
    "seq": lambda row: replace(row, seq=row.seq + 1),
    "step": lambda row: replace(row, step="command-2"),
    "kind": lambda row: replace(row, kind="SignedIn"),
    "role": lambda row: replace(row, actor=replace(row.actor, role=Role.ADMIN)),
    "name": lambda row: replace(row, actor=replace(row.actor, name="seat-2")),
    "unit": lambda row: replace(row, actor=replace(row.actor, unit="")),
    "at": lambda row: replace(row, at=row.at + timedelta(microseconds=1)),
    "facts": lambda row: replace(row, facts={**row.facts, "why": "place"}),
    "hash": lambda row: replace(row, hash="0" * 64),
}


def test_every_field_of_a_row_is_tampered_with() -> None:
    of_actor = {field.name for field in fields(Actor)}
    assert set(TAMPERED) == {field.name for field in fields(Row)} - {"actor"} | of_actor


@pytest.mark.parametrize("touch", TAMPERED.values(), ids=list(TAMPERED))
def test_a_row_that_was_changed_breaks_the_chain(touch: Callable[[Row], Row]) -> None:
    before, row = ROWS[0], ROWS[1]
    with pytest.raises(BrokenChain):
        check(touch(row), before.seq, before.hash)


def test_a_row_that_was_dropped_breaks_the_chain() -> None:
    with pytest.raises(BrokenChain):
        check(ROWS[2], ROWS[0].seq, ROWS[0].hash)


def test_a_row_before_that_was_forged_with_its_hash_breaks_the_chain_behind_it() -> None:
    forged = chained("202603020000017", 0, FIRST_HASH, STEP, HOTLINE, MONDAY, EVENT_SAMPLES[:1])[0]
    check(forged, 0, FIRST_HASH)
    with pytest.raises(BrokenChain):
        check(ROWS[1], forged.seq, forged.hash)


def test_a_broken_chain_names_the_ticket_and_the_row() -> None:
    with pytest.raises(BrokenChain, match="202603020000017 row 3 does not follow row 1"):
        check(ROWS[2], ROWS[0].seq, ROWS[0].hash)


def test_the_hash_does_not_hang_on_the_zone_an_instant_is_read_back_in() -> None:
    check(replace(ROWS[0], at=ROWS[0].at.astimezone(UTC)), 0, FIRST_HASH)
    assert ROWS[0].at.tzinfo is BEIJING


def test_the_hash_does_not_hang_on_the_order_of_facts() -> None:
    row = ROWS[0]
    turned = replace(row, facts=dict(reversed(row.facts.items())))
    assert list(turned.facts) != list(row.facts)
    check(turned, 0, FIRST_HASH)


def test_the_same_event_by_another_actor_has_another_hash() -> None:
    other = chained("202603020000017", 0, FIRST_HASH, STEP, actor("D-ZJW"), MONDAY, EVENT_SAMPLES[:1])
    assert other[0].hash != ROWS[0].hash
