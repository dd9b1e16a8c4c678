"""The database goes away under the worker: every step waits for it, none of them ends the complaint."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import asyncpg
import pytest
from temporalio import activity

from activities.contracts import Recorded, Step, TakenUp, TakeUpRequest
from activities.journal import JournalKeeper
from activities.triage import Triager
from classifier.model import Model
from domain.actor import Role
from tests.city import STREET, City, Json
from tests.workflows.own_queue import served_by, triager

MORE_THAN_ONE_ROUND = 6
"""Failures in a row: more than the tries of one round, so that the durable pause is needed."""


@dataclass
class Outage:
    """A database that answers as one does that is starting up, a given number of times."""

    triager: Triager
    keeper: JournalKeeper
    failing: dict[str, int] = field(default_factory=dict[str, int])

    def _fail(self, name: str) -> None:
        if self.failing.get(name, 0) > 0:
            self.failing[name] -= 1
            raise asyncpg.CannotConnectNowError("the database system is starting up")

    @activity.defn(name="take_up")
    async def take_up(self, request: TakeUpRequest) -> TakenUp:
        """Fails, or takes up."""
        self._fail("take_up")
        return await self.triager.take_up(request)

    @activity.defn(name="record")
    async def record(self, step: Step) -> Recorded:
        """Fails, or records."""
        self._fail("record")
        return await self.keeper.record(step)


@pytest.fixture
async def away(city: City, model: Model) -> AsyncGenerator[tuple[City, Outage], None]:
    """A city on a queue of its own, and its outage."""
    outage = Outage(triager(city, model), JournalKeeper(city.rooms.pool))
    async with served_by(city, outage.take_up, outage.record) as there:
        yield there, outage


async def test_a_complaint_is_taken_up_after_the_database_comes_back(away: tuple[City, Outage]) -> None:
    city, outage = away
    outage.failing["take_up"] = MORE_THAN_ONE_ROUND
    ticket_no = await city.take_in()
    assert (await city.ticket(ticket_no))["stage"] == "handling"
    assert outage.failing["take_up"] == 0


async def test_an_action_is_applied_once_after_the_database_comes_back(away: tuple[City, Outage]) -> None:
    city, outage = away
    ticket_no = await city.take_in()
    outage.failing["record"] = MORE_THAN_ONE_ROUND
    answer = await city.act(ticket_no, "sign-in", Role.UNIT, STREET)
    assert answer.status_code == 202, answer.text
    await city.until(ticket_no, _signed_in)
    assert (await city.kinds(ticket_no)).count("SignedIn") == 1


def _signed_in(ticket: Json) -> bool:
    return ticket["standing"]["signed_in"]
