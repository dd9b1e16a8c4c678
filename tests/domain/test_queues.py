"""What waits for a person is what a running clock says somebody owes: no more, no less, and until the same instant."""

from dataclasses import dataclass, field
from datetime import datetime
from unittest import TestCase

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from domain.clock import ClockName
from domain.queues import Queue, Waiting, changes
from domain.standing import standing
from tests.domain.test_stateful import LifeInATown
from tests.domain.walking import Walk

OWED = {
    ClockName.CONFIRMATION: Queue.CONFIRMATION,
    ClockName.CONSULTATION: Queue.CONSULTATION,
    ClockName.EXTENSION_DECISION: Queue.EXTENSION,
    ClockName.APPROVAL: Queue.APPROVAL,
    ClockName.CALLBACK: Queue.CALLBACK,
    ClockName.OBJECTION_DECISION: Queue.OBJECTION,
}
"""The clocks that wait for a seat or the bureau; all others wait for units, governments, complainants or time."""


@dataclass
class Queued:
    """The queues that one ticket stands in, as the store keeps them, and how many journal rows have gone into that."""

    seen: int = 0
    waiting: dict[Queue, Waiting] = field(default_factory=dict[Queue, Waiting])

    def follow(self, walk: Walk) -> None:
        """Take in what has been recorded since."""
        after = standing(walk.state, len(walk.rows), "", walk.now)
        moved = changes((row.event for row in walk.rows[self.seen :]), after)
        self.seen = len(walk.rows)
        self.waiting = {queue: waiting for queue, waiting in self.waiting.items() if queue in moved.open}
        self.waiting |= {waiting.queue: waiting for waiting in moved.entered}


class QueuesOfATown(LifeInATown):
    """The same lives, with the queues kept beside each."""

    def __init__(self) -> None:
        super().__init__()
        self.queued: dict[str, Queued] = {}

    @invariant()
    def what_waits_is_what_a_clock_says_somebody_owes(self) -> None:
        for number, walk in self.town.walks.items():
            queued = self.queued.setdefault(number, Queued())
            queued.follow(walk)
            clocks = walk.state.clocks
            owed: dict[Queue, datetime] = {OWED[clock.name]: clock.due for clock in clocks if clock.name in OWED}
            assert {queue: waiting.due for queue, waiting in queued.waiting.items()} == owed
            if Queue.CALLBACK in queued.waiting:
                assert queued.waiting[Queue.CALLBACK].opens_at == walk.state.callback_at


TestQueuesOfATown: type[TestCase] = QueuesOfATown.TestCase
TestQueuesOfATown.settings = settings(  # type: ignore[attr-defined]
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
