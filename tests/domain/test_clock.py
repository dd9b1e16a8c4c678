"""The clocks of one complaint: which is next, which replace each other, which stop."""

from domain.clock import Clock, ClockName, next_clock, started, stopped
from tests.domain.city import MONDAY, when

TUESDAY = when("2026-03-03 10:00")
SIGN_IN = Clock(ClockName.SIGN_IN, MONDAY)
HANDLING = Clock(ClockName.HANDLING, TUESDAY)


def test_the_next_clock_is_the_one_that_is_due_first() -> None:
    assert next_clock((HANDLING, SIGN_IN)) == SIGN_IN


def test_no_clock_is_next_where_none_runs() -> None:
    assert next_clock(()) is None


def test_clocks_due_at_the_same_instant_ring_in_the_order_of_their_names() -> None:
    contact, handling = Clock(ClockName.CONTACT, TUESDAY), Clock(ClockName.HANDLING, TUESDAY)
    assert next_clock((handling, contact)) == next_clock((contact, handling)) == contact


def test_namesakes_due_at_the_same_instant_ring_in_the_order_of_what_they_are_about() -> None:
    first, second = Clock(ClockName.REPORT_IN, MONDAY, "D-CGW"), Clock(ClockName.REPORT_IN, MONDAY, "D-ZJW")
    assert next_clock((second, first)) == next_clock((first, second)) == first


def test_a_clock_that_starts_again_takes_its_namesakes_place() -> None:
    later = Clock(ClockName.SIGN_IN, TUESDAY)
    assert started((SIGN_IN, HANDLING), later) == (HANDLING, later)


def test_clocks_of_one_name_about_different_things_run_side_by_side() -> None:
    first, second = Clock(ClockName.CO_HANDLING, MONDAY, "D-CGW"), Clock(ClockName.CO_HANDLING, MONDAY, "D-ZJW")
    assert started((first,), second) == (first, second)


def test_stopping_a_name_stops_all_that_bear_it_and_no_other() -> None:
    half, most = Clock(ClockName.REMINDER, MONDAY, "50"), Clock(ClockName.REMINDER, MONDAY, "80")
    assert stopped((half, HANDLING, most), ClockName.REMINDER) == (HANDLING,)


def test_stopping_a_name_about_one_thing_leaves_its_namesakes_running() -> None:
    first, second = Clock(ClockName.CO_HANDLING, MONDAY, "D-CGW"), Clock(ClockName.CO_HANDLING, MONDAY, "D-ZJW")
    assert stopped((first, second), ClockName.CO_HANDLING, about="D-CGW") == (second,)


def test_stopping_what_does_not_run_changes_nothing() -> None:
    assert stopped((SIGN_IN,), ClockName.OPINION) == (SIGN_IN,)
