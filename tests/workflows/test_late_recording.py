"""A timer begins when its task ends, and the workflow's own clock stands where the task began: how long the recording
took is told by the database, or every clock would ring that much too late."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from temporalio import activity

from activities.contracts import Recorded, Step
from activities.journal import JournalKeeper
from classifier.model import Model
from tests.city import City
from tests.workflows.lives import agree, signed_in
from tests.workflows.own_queue import served_by, triager

LATER = timedelta(hours=1)


class LaterThere:
    """A journal whose database says that it is an hour later: recording has taken so long, or its clock is fast."""

    def __init__(self, keeper: JournalKeeper) -> None:
        self._keeper = keeper

    @activity.defn(name="record")
    async def record(self, step: Step) -> Recorded:
        """As ever, but for the instant."""
        recorded = await self._keeper.record(step)
        assert recorded.at is not None
        return replace(recorded, at=recorded.at + LATER)


@pytest.fixture
async def later(city: City, model: Model) -> AsyncGenerator[City, None]:
    """A city on a queue of its own, where it is later for the database."""
    keeper = LaterThere(JournalKeeper(city.rooms.pool))
    async with served_by(city, triager(city, model).take_up, keeper.record) as own:
        yield own


async def test_a_timer_is_shorter_by_what_the_recording_took(later: City) -> None:
    ticket_no = await signed_in(later)
    due = datetime.fromisoformat((await later.ticket(ticket_no))["next_due"])
    events = (await later.handle(ticket_no).fetch_history()).events
    timer = [event for event in events if event.HasField("timer_started_event_attributes")][-1]
    lasts = timer.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta()
    rings = timer.event_time.ToDatetime(due.tzinfo) + lasts
    assert abs(due - LATER - rings) < timedelta(seconds=30)
    await agree(later, ticket_no)


async def test_a_clock_that_the_timer_was_too_early_for_rings_once_at_its_instant(later: City) -> None:
    ticket_no = await signed_in(later, item="010301")
    due = datetime.fromisoformat((await later.ticket(ticket_no))["next_due"])
    await later.skip_to(ticket_no, due)
    rung = [row for row in await later.rows(ticket_no) if row.kind == "ClockRang"]
    assert len({row.step for row in rung}) == 1
    assert all(row.at >= due for row in rung)
    await agree(later, ticket_no)
