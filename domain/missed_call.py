"""Calls that nobody took are called back (R9): soon, at another hour when nobody answers, and not for ever."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from domain.bell import Bell, BellKind
from domain.calendar import BEIJING
from domain.refusal import Refusal
from domain.triage import Line

_DAY = timedelta(days=1)


class CallOutcome(StrEnum):
    """What an attempt to call back came to."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"


class CallState(StrEnum):
    """Where a missed call stands. `JOINED`: the same person had called before on the same line and is called back once
    for both. `CALLED_AGAIN`: they called once more and a seat took it. `NOT_REACHED`: all attempts are used up.
    `ERASED`: they asked to be forgotten, so there is no number any more."""

    OPEN = "open"
    JOINED = "joined"
    CALLED_AGAIN = "called_again"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class MissedCallLimits:
    """Policy values of missed calls."""

    within_minutes: int = 30
    """How soon after it a call is returned."""
    urgent_within_minutes: int = 10
    """The same on the minors' line (R8), and where danger was heard."""
    attempts: int = 3
    hours: tuple[time, ...] = (time(10), time(15), time(19))
    """Hours of day for further attempts: different ones reach different people."""
    window_minutes: int = 120
    """How long after its hour an attempt may still be made before it is late."""
    press_minutes: int = 120
    """How often the hotline centre is pressed for a late one."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to call back; `by` is the name of the key that told of it, `token` what makes a repeat a repeat."""

    at: datetime
    outcome: CallOutcome
    by: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class MissedCall:
    """One missed call. Before `not_before` a further attempt would come at the hour that failed; from `due` on it is
    late. `ticket_no` is the complaint that it became, or that they called again with."""

    code: str
    line: Line
    urgent: bool
    called_at: datetime
    state: CallState
    not_before: datetime
    due: datetime
    attempts: tuple[Attempt, ...] = ()
    ticket_no: str = ""

    def is_late(self, now: datetime) -> bool:
        """Whether it should have been returned by now."""
        return self.state is CallState.OPEN and now > self.due

    @property
    def presses(self) -> bool:
        """Whether it goes before others: danger, or a minor (R8)."""
        return self.urgent or self.line is Line.MINORS


def first_due(called_at: datetime, line: Line, urgent: bool, limits: MissedCallLimits) -> datetime:
    """By when a call has to be returned."""
    soon = urgent or line is Line.MINORS
    return called_at + timedelta(minutes=limits.urgent_within_minutes if soon else limits.within_minutes)


def tried(call: MissedCall, attempt: Attempt, ticket_no: str, limits: MissedCallLimits) -> MissedCall:
    """The call after an attempt. Refuses one on a call that is finished, a ticket where none belongs, and "not reached"
    again before its next hour: three attempts in a row are one. Who is reached may have been taken in already, which
    looks as if they had called again."""
    heard_meanwhile = call.state is CallState.CALLED_AGAIN and attempt.outcome is CallOutcome.REACHED
    if call.state is not CallState.OPEN and not heard_meanwhile:
        raise Refusal("call_finished", state=call.state)
    if (attempt.outcome is CallOutcome.REACHED) != bool(ticket_no):
        raise Refusal("call_ticket_unfit", outcome=attempt.outcome, ticket_no=ticket_no)
    if attempt.outcome is CallOutcome.NOT_REACHED and call.attempts and attempt.at < call.not_before:
        raise Refusal("attempt_too_early", not_before=call.not_before.isoformat())
    after = replace(call, attempts=(*call.attempts, attempt), ticket_no=ticket_no)
    if attempt.outcome is not CallOutcome.NOT_REACHED:
        return replace(after, state=CallState(attempt.outcome.value))
    if len(after.attempts) >= limits.attempts:
        return replace(after, state=CallState.NOT_REACHED)
    following = _another_hour(after, attempt.at, limits.hours)
    return replace(after, not_before=following, due=following + timedelta(minutes=limits.window_minutes))


def call_bells(call: MissedCall, limits: MissedCallLimits) -> Iterator[Bell]:
    """When the hotline centre hears of it: at the hour of each further attempt, when one is late, and then again and
    again. None once it is finished."""
    if call.state is not CallState.OPEN:
        return
    if call.attempts:
        yield Bell(call.not_before, BellKind.CALL_DUE)
    late = call.due
    while True:
        yield Bell(late, BellKind.CALL_OVERDUE)
        late += timedelta(minutes=limits.press_minutes)


def _another_hour(call: MissedCall, now: datetime, hours: tuple[time, ...]) -> datetime:
    """The next of `hours` at which nobody has tried yet, or the next of all when each has been tried."""
    used = {_slot(attempt.at, hours) for attempt in call.attempts}
    today = now.astimezone(BEIJING).date()
    every = [datetime.combine(today + ahead * _DAY, hour, BEIJING) for ahead in range(3) for hour in sorted(hours)]
    coming = [instant for instant in every if instant > now]
    return next((instant for instant in coming if instant.time() not in used), coming[0])


def _slot(instant: datetime, hours: tuple[time, ...]) -> time:
    """The hour whose turn it was at an instant: the last one before it, in the morning that of the evening before."""
    clock = instant.astimezone(BEIJING).time()
    passed = [hour for hour in sorted(hours) if hour <= clock]
    return passed[-1] if passed else max(hours)
