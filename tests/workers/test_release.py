"""Releases: a running complaint goes on under the release that is current, in both directions."""

import uuid
from datetime import timedelta

from temporalio.client import Client

from classifier.model import Model
from domain.actor import Role
from tests.city import STREET, City
from tests.workflows.own_queue import on_queue
from workers.release import make_current
from workers.worker import worker


async def test_a_complaint_begun_under_one_release_ends_under_the_next(
    city: City, client: Client, model: Model
) -> None:
    there = on_queue(city, f"release-{uuid.uuid4().hex[:8]}")
    pool, vault = city.rooms.pool, city.rooms.vault
    first, second = f"a-{uuid.uuid4().hex[:6]}", f"b-{uuid.uuid4().hex[:6]}"
    async with worker(client, there.task_queue, pool, vault, model, release=first, strict=True):
        await make_current(client, first, patience=timedelta(seconds=30))
        ticket_no = await there.take_in()
        await there.done(ticket_no, "sign-in", Role.UNIT, STREET)
    async with worker(client, there.task_queue, pool, vault, model, release=second, strict=True):
        await make_current(client, second, patience=timedelta(seconds=30))
        await there.done(ticket_no, "contact", Role.UNIT, STREET, reached=True)
        described = await there.handle(ticket_no).describe()
    deployed = described.raw_description.workflow_execution_info.versioning_info.deployment_version
    assert deployed.build_id == second
