"""Districts take turns: a storm over one moves back its own complaints and nobody else's, and not for ever."""

from hypothesis import given
from hypothesis import strategies as st

from domain.rota import LONGEST, SPACING, Rota
from domain.urgency import ANSWERED, ORDINARY, URGENT

STORMED, CALM = "110105", "110119"
INSTANTS = st.lists(st.floats(0, 3600), min_size=1, max_size=200).map(sorted)


@given(INSTANTS, st.floats(0, 3600))
def test_a_calm_district_has_its_turn_at_once_whatever_happens_elsewhere(storm: list[float], at: float) -> None:
    rota = Rota()
    for instant in storm:
        rota.delay(STORMED, ORDINARY, instant)
    assert rota.delay(CALM, ORDINARY, at) == 0


@given(INSTANTS)
def test_one_district_alone_is_served_as_it_came(storm: list[float]) -> None:
    rota = Rota()
    turns = [instant + rota.delay(STORMED, ORDINARY, instant) for instant in storm]
    assert turns == sorted(turns)


@given(st.integers(1, 5000))
def test_no_turn_is_put_off_for_longer_than_the_longest_time(calls: int) -> None:
    rota = Rota()
    assert max(rota.delay(STORMED, ORDINARY, 0) for _ in range(calls)) <= LONGEST


def test_each_complaint_of_a_storm_is_one_place_behind_the_one_before() -> None:
    rota = Rota()
    assert [rota.delay(STORMED, ORDINARY, 100) for _ in range(4)] == [0, SPACING, 2 * SPACING, 3 * SPACING]


def test_a_storm_that_is_over_is_forgotten() -> None:
    rota = Rota()
    for _ in range(60):
        rota.delay(STORMED, ORDINARY, 0)
    assert rota.delay(STORMED, ORDINARY, 61 * SPACING) == 0


def test_urgent_complaints_are_never_put_off_and_put_off_nobody() -> None:
    rota = Rota()
    assert [rota.delay(STORMED, URGENT, 0) for _ in range(100)] == [0] * 100
    assert rota.delay(STORMED, ORDINARY, 0) == 0


def test_what_is_answered_already_does_not_put_off_what_is_not() -> None:
    rota = Rota()
    for _ in range(100):
        rota.delay(STORMED, ANSWERED, 0)
    assert rota.delay(STORMED, ORDINARY, 0) == 0
