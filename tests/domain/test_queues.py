"""What waits for a person is what a running clock says somebody owes: no more, no less, and until the same instant."""

from datetime import datetime
from unittest import TestCase

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from domain.clock import ClockName
from domain.queues import Queue, Waiting, changes
from domain.standing import standing
from tests.domain.test_stateful import LifeOfAComplaint

OWED = {
    ClockName.CONFIRMATION: Queue.CONFIRMATION,
    ClockName.CONSULTATION: Queue.CONSULTATION,
    ClockName.EXTENSION_DECISION: Queue.EXTENSION,
    ClockName.APPROVAL: Queue.APPROVAL,
    ClockName.CALLBACK: Queue.CALLBACK,
    ClockName.OBJECTION_DECISION: Queue.OBJECTION,
}
"""The clocks that wait for a seat or the bureau; all others wait for units, governments, complainants or time."""


class QueuesOfAComplaint(LifeOfAComplaint):
    """The same life, with the queues kept beside it as the store keeps them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0
        self.queued: dict[Queue, Waiting] = {}

    @invariant()
    def what_waits_is_what_a_clock_says_somebody_owes(self) -> None:
        state, rows = self.walk.state, self.walk.rows
        after = standing(state, len(rows), "", self.walk.now)
        moved = changes((row.event for row in rows[self.seen :]), after)
        self.seen = len(rows)
        self.queued = {queue: waiting for queue, waiting in self.queued.items() if queue in moved.open}
        self.queued |= {waiting.queue: waiting for waiting in moved.entered}
        owed: dict[Queue, datetime] = {OWED[clock.name]: clock.due for clock in state.clocks if clock.name in OWED}
        assert {queue: waiting.due for queue, waiting in self.queued.items()} == owed
        if Queue.CALLBACK in self.queued:
            assert self.queued[Queue.CALLBACK].opens_at == state.callback_at


TestQueuesOfAComplaint: type[TestCase] = QueuesOfAComplaint.TestCase
TestQueuesOfAComplaint.settings = settings(  # type: ignore[attr-defined]
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
