"""What the autoscaler asks Temporal for is what waits for a worker, with and without releases (deploy/kubernetes)."""

import asyncio
import uuid
from datetime import timedelta

import pytest
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from classifier.model import Model
from tests.city import City
from workers.release import make_current
from workers.worker import DEVELOPMENT, worker
from workflows.duty import DutyWorkflow
from workflows.messages import DutyStart

WAITING = 7


async def backlog(client: Client, task_queue: str) -> int:
    """As KEDA asks, and asks again where a queue was just being opened or closed: both kinds of tasks, no version
    named."""
    for _ in range(20):
        try:
            return await _backlog(client, task_queue)
        except RPCError as error:
            if error.status is not RPCStatusCode.CANCELLED:
                raise
        await asyncio.sleep(0.1)
    return await _backlog(client, task_queue)


async def _backlog(client: Client, task_queue: str) -> int:
    waiting = 0
    for kind in (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY):
        request = DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=task_queue),
            task_queue_type=kind,
            report_stats=True,
        )
        waiting += (await client.workflow_service.describe_task_queue(request)).stats.approximate_backlog_count
    return waiting


@pytest.mark.parametrize("release", [DEVELOPMENT, "2026.12.1"])
async def test_what_waits_for_a_worker_is_counted(city: City, client: Client, model: Model, release: str) -> None:
    queue = f"backlog-{uuid.uuid4().hex[:8]}"
    name = release if release == DEVELOPMENT else f"{release}-{uuid.uuid4().hex[:6]}"
    async with worker(client, queue, city.rooms.pool, city.rooms.vault, model, release=name, strict=True):
        if name != DEVELOPMENT:
            await make_current(client, name, patience=timedelta(seconds=30))
        assert await backlog(client, queue) == 0
    codes = [f"{queue}-{number}" for number in range(WAITING)]
    for code in codes:
        await client.start_workflow(DutyWorkflow.run, DutyStart(code), id=code, task_queue=queue)
    async with asyncio.timeout(20):
        while await backlog(client, queue) < WAITING:
            await asyncio.sleep(0.2)
    assert await backlog(client, queue) == WAITING
    for code in codes:
        await client.get_workflow_handle(code).terminate("nobody works on it")
