"""A task queue of a test's own, so that the test decides which worker is there to hear."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from temporalio.worker import Worker

from activities.planner import Planner
from activities.triage import Triager
from api.delivery import Delivery
from api.gateway import Gateway
from classifier.model import Model
from tests.city import City, fresh_name
from workers.sandbox import runner
from workflows.complaint import ComplaintWorkflow


def on_queue(city: City, task_queue: str) -> City:
    """The same city, whose complaints are started on `task_queue`, where nobody listens yet."""
    gateway = Gateway(city.client, task_queue)
    rooms = replace(city.rooms, gateway=gateway, delivery=Delivery(city.rooms.pool, gateway))
    return replace(city, rooms=rooms, task_queue=task_queue)


@asynccontextmanager
async def served_by(city: City, *activities: Callable[..., Any]) -> AsyncGenerator[City]:
    """The same city on a queue of its own, where complaints take up and record by a test's own `activities`."""
    own = on_queue(city, fresh_name("own"))
    async with Worker(
        city.client,
        task_queue=own.task_queue,
        workflows=[ComplaintWorkflow],
        activities=[*activities, Planner(city.rooms.shelf).plan],
        workflow_runner=runner(strict=True),
    ):
        yield own


def triager(city: City, model: Model) -> Triager:
    """Takes complaints up, with this city's database, key and calendar."""
    return Triager(city.rooms.pool, city.rooms.vault, Planner(city.rooms.shelf), model)
