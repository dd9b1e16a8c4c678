"""A worker dies by `kill -9` between the journal write and the task's completion, and another takes over. What was
recorded happened once, and the workflow agrees with the journal to the last hash."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from temporalio.worker import Worker

from classifier.model import Model
from domain.actor import Actor, Role
from domain.lifecycle import Action
from local.stack import Stack
from tests.city import STREET, City, Json, fresh_name
from tests.conftest import MODEL
from tests.workflows import ghost
from tests.workflows.dying_worker import Orders, hired
from tests.workflows.lives import agree
from tests.workflows.own_queue import on_queue
from vault.seal import Vault
from workers.worker import worker
from workflows.complaint import ComplaintWorkflow
from workflows.messages import Start

SOON = timedelta(seconds=1)
"""How long the engine leaves a task with a silent worker before it gives it to another; 10 s outside tests."""
UNIT, FRONTEND = Actor(Role.UNIT, "key-street", STREET), Actor(Role.FRONTEND, "app")


@dataclass
class Scene:
    """A task queue of its own with a worker that is going to die, and one that can take over."""

    city: City
    orders: Orders
    vault: Vault
    model: Model
    processes: list[Process] = field(default_factory=list[Process])

    async def taken_in(self, dies_of: str, **body: object) -> str:
        """A complaint started before the worker that dies once it has recorded a `dies_of`."""
        ticket_no = await self.city.keep(**body)
        received_at = datetime.fromisoformat((await self.city.ticket(ticket_no))["received_at"])
        await self.city.client.start_workflow(
            ComplaintWorkflow.run,
            Start(ticket_no, received_at),
            id=ticket_no,
            task_queue=self.city.task_queue,
            task_timeout=SOON,
        )
        self.processes.append(await hired(self.orders, dies_of))
        return ticket_no

    async def dispatched(self, ticket_no: str) -> None:
        """Wait until the doomed worker has taken the complaint up."""
        await self.city.until(ticket_no, lambda ticket: ticket["stage"] == "handling")

    async def death(self) -> None:
        """Wait for it."""
        assert await asyncio.wait_for(self.processes[-1].wait(), 20) == -signal.SIGKILL

    def successor(self) -> Worker:
        """A worker that lives."""
        pool = self.city.rooms.pool
        return worker(self.city.client, self.city.task_queue, pool, self.vault, self.model, release="dev", strict=True)

    async def state_of(self, ticket_no: str, command_id: str) -> str:
        """What has become of a command, over HTTP."""
        where = f"/v1/complaints/{ticket_no}/commands/{command_id}"
        answer: Json = (await self.city.http.get(where, headers=await self.city.key(Role.SEAT))).json()
        return answer["state"]


@pytest.fixture
async def scene(city: City, stack: Stack, vault: Vault, model: Model) -> AsyncGenerator[Scene, None]:
    """Ready to begin; a worker that refused to die is killed at the end."""
    own = on_queue(city, fresh_name("doomed"))
    ring = vault.ring.written()
    orders = Orders(stack.database_url, stack.temporal_address, own.task_queue, ring, str(MODEL))
    scene = Scene(own, orders, vault, model)
    yield scene
    for process in scene.processes:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_recorded_command_and_one_given_while_nobody_worked_are_each_applied_once(scene: Scene) -> None:
    ticket_no = await scene.taken_in("SignedIn")
    await scene.dispatched(ticket_no)
    sign_in = await ghost.keep(scene.city, ticket_no, Action.SIGN_IN, UNIT)
    waiting = asyncio.create_task(scene.city.bring(ticket_no, sign_in))
    await scene.death()
    assert (await scene.city.kinds(ticket_no))[-1] == "SignedIn"
    answer = await scene.city.act(ticket_no, "supplement", Role.FRONTEND, note="还有补充")
    assert answer.status_code == 202
    async with scene.successor():
        await waiting
        await scene.city.bring(ticket_no, answer.json()["command_id"])
        assert await scene.city.kinds(ticket_no) == ["Classified", "Dispatched", "SignedIn", "Supplemented"]
        assert await scene.state_of(ticket_no, sign_in) == "applied"
        await agree(scene.city, ticket_no)


async def test_a_complaint_taken_up_by_a_killed_worker_is_not_taken_up_again(scene: Scene) -> None:
    ticket_no = await scene.taken_in("Dispatched")
    await scene.death()
    recorded = await scene.city.rows(ticket_no)
    async with scene.successor():
        await scene.city.done(ticket_no, "supervision", Role.SEAT, note="催办")
        assert (await scene.city.rows(ticket_no))[:-1] == recorded
        assert len(recorded) == 2
        await agree(scene.city, ticket_no)


async def test_a_clock_that_rang_for_a_killed_worker_does_not_ring_again(scene: Scene) -> None:
    ticket_no = await scene.taken_in("ClockRang", item="010301")
    await scene.dispatched(ticket_no)
    passing = asyncio.create_task(scene.city.skip(ticket_no, timedelta(minutes=31)))
    await scene.death()
    async with scene.successor():
        await passing
        kinds = await scene.city.kinds(ticket_no)
        assert kinds == ["Classified", "Dispatched", "ClockRang", "Supervised", "ClockRang", "Supervised"]
        await agree(scene.city, ticket_no)


async def test_an_end_recorded_by_a_killed_worker_ends_the_workflow_and_a_re_send_finds_it_done(scene: Scene) -> None:
    ticket_no = await scene.taken_in("Closed")
    await scene.dispatched(ticket_no)
    withdrawal = await ghost.keep(scene.city, ticket_no, Action.WITHDRAWAL, FRONTEND)
    waiting = asyncio.create_task(scene.city.bring(ticket_no, withdrawal))
    await scene.death()
    async with scene.successor():
        await waiting
        await agree(scene.city, ticket_no)
    await scene.city.bring(ticket_no, withdrawal)
    assert await scene.state_of(ticket_no, withdrawal) == "applied"
    assert await scene.city.kinds(ticket_no) == ["Classified", "Dispatched", "Closed"]
