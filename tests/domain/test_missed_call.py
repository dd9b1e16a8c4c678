"""A missed call is returned soon, then at other hours, and not for ever (R9)."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bell import BellKind
from domain.calendar import BEIJING
from domain.missed_call import (
    Attempt,
    CallOutcome,
    CallState,
    MissedCall,
    MissedCallLimits,
    call_bells,
    first_due,
    tried,
)
from domain.refusal import Refusal
from domain.triage import Line

LIMITS = MissedCallLimits()
REACHED, NOT_REACHED, WRONG = CallOutcome.REACHED, CallOutcome.NOT_REACHED, CallOutcome.WRONG_NUMBER


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 in Beijing."""
    return datetime(2026, 11, day, hour, minute, tzinfo=BEIJING)


def missed(called_at: datetime, line: Line = Line.ORDINARY, *, urgent: bool = False) -> MissedCall:
    """A fresh missed call."""
    due = first_due(called_at, line, urgent, LIMITS)
    return MissedCall("MC-1", line, urgent, called_at, CallState.OPEN, called_at, due)


def after(call: MissedCall, outcome: CallOutcome, now: datetime, ticket_no: str = "") -> MissedCall:
    """The call after one attempt."""
    return tried(call, Attempt(now, outcome, "seat-1"), ticket_no, LIMITS)


def refusal(call: MissedCall, outcome: CallOutcome, now: datetime, ticket_no: str = "") -> str:
    """The code of an attempt that has to be refused."""
    with pytest.raises(Refusal) as refused:
        after(call, outcome, now, ticket_no)
    return refused.value.code


@pytest.mark.parametrize(
    ("line", "urgent", "minutes"),
    [(Line.ORDINARY, False, 30), (Line.ENTERPRISE, False, 30), (Line.ORDINARY, True, 10), (Line.MINORS, False, 10)],
)
def test_r09_it_is_returned_within_its_limit_minors_and_danger_first(line: Line, urgent: bool, minutes: int) -> None:
    assert first_due(at(22, 23, 30), line, urgent, LIMITS) == at(22, 23, 30) + timedelta(minutes=minutes)


def test_r09_who_is_reached_has_a_complaint_and_the_call_is_finished() -> None:
    done = after(missed(at(22, 9)), REACHED, at(22, 9, 40), "20261122-00000017")
    assert (done.state, done.ticket_no) == (CallState.REACHED, "20261122-00000017")
    assert list(call_bells(done, LIMITS)) == []


def test_r09_who_called_again_and_was_heard_may_be_the_one_who_is_reached() -> None:
    heard = replace(missed(at(22, 9)), state=CallState.CALLED_AGAIN, ticket_no="20261122-00000017")
    assert list(call_bells(heard, LIMITS)) == []
    done = after(heard, REACHED, at(22, 9, 20), "20261122-00000017")
    assert (done.state, len(done.attempts)) == (CallState.REACHED, 1)
    assert refusal(heard, NOT_REACHED, at(22, 9, 20)) == "call_finished"


def test_r09_a_wrong_number_finishes_it() -> None:
    assert after(missed(at(22, 9)), WRONG, at(22, 9, 40)).state is CallState.WRONG_NUMBER


@pytest.mark.parametrize(
    ("tries", "following"),
    [
        ([at(22, 10, 40)], at(22, 15)),  # the hour of ten has been tried
        ([at(22, 16)], at(22, 19)),
        ([at(22, 20)], at(23, 10)),
        ([at(22, 6)], at(22, 10)),  # before ten it is still the evening's turn
        ([at(22, 10, 40), at(22, 15, 10)], at(22, 19)),
        ([at(22, 10, 40), at(22, 19, 30)], at(23, 15)),  # not at ten again
    ],
)
def test_r09_who_does_not_answer_is_called_at_another_hour(tries: list[datetime], following: datetime) -> None:
    call = missed(at(22, 5))
    for now in tries:
        call = tried(call, Attempt(now, NOT_REACHED, "seat-1"), "", replace(LIMITS, attempts=9))
    assert (call.not_before, call.due) == (following, following + timedelta(hours=2))


def test_r09_when_every_hour_has_been_tried_the_next_one_comes_again() -> None:
    call = missed(at(22, 9))
    for now in (at(22, 10), at(22, 15), at(22, 19)):
        call = tried(call, Attempt(now, NOT_REACHED, "seat-1"), "", replace(LIMITS, attempts=9))
    assert call.not_before == at(23, 10)


def test_r09_three_attempts_in_a_row_are_one() -> None:
    call = after(missed(at(22, 9)), NOT_REACHED, at(22, 10))
    assert refusal(call, NOT_REACHED, at(22, 10, 5)) == "attempt_too_early"
    assert after(call, REACHED, at(22, 10, 5), "20261122-00000017").state is CallState.REACHED
    assert after(call, WRONG, at(22, 10, 5)).state is CallState.WRONG_NUMBER


def test_r09_after_the_last_attempt_it_is_finished_as_not_reached() -> None:
    call = missed(at(22, 9))
    for now in (at(22, 10), at(22, 15), at(22, 19)):
        call = after(call, NOT_REACHED, now)
    assert call.state is CallState.NOT_REACHED
    assert len(call.attempts) == 3


@pytest.mark.parametrize("state", [state for state in CallState if state is not CallState.OPEN])
def test_r09_a_finished_or_joined_call_takes_no_more_attempts(state: CallState) -> None:
    assert refusal(replace(missed(at(22, 9)), state=state), WRONG, at(22, 10)) == "call_finished"


@pytest.mark.parametrize(
    ("outcome", "ticket_no"), [(REACHED, ""), (NOT_REACHED, "20261122-00000017"), (WRONG, "20261122-00000017")]
)
def test_r09_a_ticket_belongs_to_who_was_reached_and_to_nobody_else(outcome: CallOutcome, ticket_no: str) -> None:
    assert refusal(missed(at(22, 9)), outcome, at(22, 10), ticket_no) == "call_ticket_unfit"


def test_r09_a_late_call_presses_the_centre_again_and_again() -> None:
    bells = list(islice(call_bells(missed(at(22, 9)), LIMITS), 3))
    assert [bell.at for bell in bells] == [at(22, 9, 30), at(22, 11, 30), at(22, 13, 30)]
    assert {bell.kind for bell in bells} == {BellKind.CALL_OVERDUE}


def test_r09_a_further_attempt_is_told_at_its_hour_and_pressed_when_it_is_late() -> None:
    call = after(missed(at(22, 9)), NOT_REACHED, at(22, 10, 30))
    assert [(bell.at, bell.kind) for bell in islice(call_bells(call, LIMITS), 2)] == [
        (at(22, 15), BellKind.CALL_DUE),
        (at(22, 17), BellKind.CALL_OVERDUE),
    ]


def test_r09_it_is_late_after_its_limit_and_only_while_it_is_open() -> None:
    call = missed(at(22, 9))
    assert [call.is_late(at(22, 9, 30)), call.is_late(at(22, 9, 31))] == [False, True]
    assert not replace(call, state=CallState.REACHED).is_late(at(23, 9))


@given(
    minute=st.integers(0, 3 * 1440),
    hours=st.lists(st.integers(0, 23), min_size=1, max_size=6, unique=True),
    tries=st.integers(1, 6),
)
def test_r09_whatever_the_hour_the_next_attempt_lies_ahead_within_two_days_and_rotates(
    minute: int, hours: list[int], tries: int
) -> None:
    limits = MissedCallLimits(attempts=99, hours=tuple(time(hour) for hour in hours))
    now = at(20, 0) + timedelta(minutes=minute)
    call = missed(now)
    seen: list[time] = []
    for _ in range(tries):
        call = tried(call, Attempt(now, NOT_REACHED, "seat-1"), "", limits)
        assert now < call.not_before <= now + timedelta(days=2)
        now = call.not_before
        seen.append(now.time())
    assert len(set(seen[: len(hours) - 1])) == len(seen[: len(hours) - 1]), "no hour twice before all were tried"
