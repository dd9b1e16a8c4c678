"""Whom the engine hands to workers first while complaints wait for one: urgent ones, then each district in turn."""

import asyncio
from datetime import UTC, datetime

import pytest
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest, PollWorkflowTaskQueueRequest

from api.gateway import Gateway
from tests.city import City, fresh_name

BUSY, QUIET = "110105", "110109"
URGENT, ORDINARY = 1, 3
MANY = 40


@pytest.fixture
def task_queue() -> str:
    """One at which no worker asks."""
    return fresh_name("turns")


async def waiting(city: City, task_queue: str, district: str, urgency: int = ORDINARY) -> str:
    """The ticket number of one more complaint that waits for a worker."""
    ticket_no = fresh_name("turn")
    await Gateway(city.client, task_queue).start(ticket_no, datetime.now(UTC), urgency, district)
    return ticket_no


async def backlog(city: City, task_queue: str) -> int:
    """How many complaints wait for a worker: a start is answered before its task is there."""
    asking = DescribeTaskQueueRequest(
        namespace=city.client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        report_stats=True,
    )
    return (await city.client.workflow_service.describe_task_queue(asking)).stats.approximate_backlog_count


async def handed_out(city: City, task_queue: str, most: int) -> list[str]:
    """The next complaints in the order in which a worker would get them, once all wait."""
    async with asyncio.timeout(10):
        while await backlog(city, task_queue) < MANY + 1:
            await asyncio.sleep(0.05)
    asking = PollWorkflowTaskQueueRequest(
        namespace=city.client.namespace, task_queue=TaskQueue(name=task_queue), identity="turns"
    )
    tasks = [await city.client.workflow_service.poll_workflow_task_queue(asking) for _ in range(most)]
    return [task.workflow_execution.workflow_id for task in tasks]


async def test_an_urgent_complaint_is_handed_out_before_all_that_waited_longer(city: City, task_queue: str) -> None:
    for _ in range(MANY):
        await waiting(city, task_queue, BUSY)
    urgent = await waiting(city, task_queue, BUSY, URGENT)
    assert await handed_out(city, task_queue, 1) == [urgent]


async def test_a_district_with_one_complaint_does_not_wait_behind_one_with_many(city: City, task_queue: str) -> None:
    for _ in range(MANY):
        await waiting(city, task_queue, BUSY)
    only = await waiting(city, task_queue, QUIET)
    assert only in await handed_out(city, task_queue, 5)
