"""The one live timer of a complaint: always the earliest clock, named in the timer's summary for the Temporal UI."""

import asyncio
from datetime import datetime, timedelta

from temporalio import workflow

from domain.calendar import BEIJING
from domain.clock import Clock


class Alarm:
    """Rings when the clock it is set to runs out. Setting it to the same clock again leaves the timer alone, so that
    an action that moves no clock costs no timer events."""

    def __init__(self) -> None:
        self._clock: Clock | None = None
        self._timer: asyncio.Task[None] | None = None
        self.rang = False

    def set(self, clock: Clock | None, told: datetime | None = None) -> None:
        """Ring at `clock`, instead of at whatever it was set to. `told` is an instant that somebody has just read from
        a clock: the workflow's own stands still while a task lasts, and its timer begins at the task's end."""
        if clock == self._clock and not self.rang:
            return
        if self._timer is not None and not self.rang:
            self._timer.cancel()
        self._clock, self.rang, self._timer = clock, False, None
        if clock is not None:
            now = workflow.now()
            self._timer = asyncio.create_task(self._wait(clock, clock.due - max(told or now, now)))

    async def _wait(self, clock: Clock, left: timedelta) -> None:
        if left > timedelta():
            await workflow.sleep(left, summary=summary(clock))
        self.rang = True


def summary(clock: Clock) -> str:
    """`handling limit, due 2026-11-28 09:00`."""
    name = clock.name.value.replace("_", " ")
    about = f" {clock.about}" if clock.about else ""
    return f"{name} limit{about}, due {minute(clock.due)}"


def minute(instant: datetime) -> str:
    """An instant as an operator reads it: Beijing time to the minute."""
    return f"{instant.astimezone(BEIJING):%Y-%m-%d %H:%M}"
