"""Nothing assumes one of anything: Temporal in two processes with some of the roles each, and three workers."""

import asyncio
import os
import signal
from collections.abc import Generator, Iterable

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from audit.story import compare
from bench.life import Hands, hands
from bench.stack import bench_stack
from config.settings import Settings
from local.child import Child
from store import account
from tests.conftest import MODEL, ROOT
from tests.local.database import answer
from tests.local.folders import open_folder
from workers.engine import connect
from workers.ground import ready_model
from workers.running import Running

pytestmark = pytest.mark.slow
WORKERS = 3
_STARTED = EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED
_FRONTEND, _HISTORY, _MATCHING, _WORKER = 1, 2, 3, 4
"""Roles as Temporal's table of members numbers them."""


@pytest.fixture(scope="module")
def hotline() -> Generator[Running, None, None]:
    """Everything of a hotline, twice or three times where it can be."""
    with open_folder() as folder:
        ready_model(ROOT / "policy", MODEL, print)
        (folder / "bench").mkdir()
        (folder / "bench" / "classifier").symlink_to(MODEL)
        own = {"home": folder, "policy": ROOT / "policy", "metrics_port": None, "key_ring": None}
        with bench_stack(Settings().model_copy(update=own), print, workers=WORKERS, split=True) as running:
            yield running


@pytest.fixture(scope="module")
async def engine(hotline: Running) -> Client:
    """A client of that Temporal."""
    return await connect(hotline.settings, hotline.temporal_address)


def child(hotline: Running, name: str) -> Child:
    """One of the hotline's processes."""
    return next(each for each in hotline.stack.children if each.name == name)


async def led(ours: Hands, first: int, count: int = 12) -> None:
    """So many complaints from intake to closing, all at one time."""
    await asyncio.gather(*(ours.lives.lead(first + number) for number in range(count)))


async def who_worked(engine: Client, tickets: Iterable[str]) -> set[str]:
    """The workers that complaints were handed to."""
    found: set[str] = set()
    for ticket_no in tickets:
        history = await engine.get_workflow_handle(ticket_no).fetch_history()
        found |= {
            event.workflow_task_started_event_attributes.identity
            for event in history.events
            if event.event_type == _STARTED
        }
    return found


async def test_each_process_of_temporal_has_roles_of_its_own(hotline: Running) -> None:
    first, second = child(hotline, "temporal"), child(hotline, "temporal-matching-worker")
    assert [word for word in first.argv if word.startswith("--service")] == ["--service=frontend", "--service=history"]
    assert [word for word in second.argv if word.startswith("--service")] == ["--service=matching", "--service=worker"]
    members = hotline.database_url.rpartition("/")[0] + "/temporal"
    roles = await answer(members, "SELECT array_agg(DISTINCT role ORDER BY role) FROM cluster_membership")
    assert roles == [_FRONTEND, _HISTORY, _MATCHING, _WORKER]


async def test_complaints_live_from_intake_to_closing_and_every_worker_takes_part(
    hotline: Running, engine: Client
) -> None:
    async with hands(hotline) as ours:
        worked: set[str] = set()
        for batch in range(6):
            await led(ours, batch * 12)
            worked = await who_worked(engine, await account.ticket_numbers(ours.pool))
            if len(worked) == WORKERS:
                break
        assert {int(identity.partition("@")[0]) for identity in worked} == {
            child(hotline, f"worker-{number + 1}").pid for number in range(WORKERS)
        }


async def test_a_worker_and_half_of_temporal_die_under_way_and_nothing_is_lost(
    hotline: Running, engine: Client
) -> None:
    async with hands(hotline) as ours:
        lives = asyncio.create_task(led(ours, 1000))
        await asyncio.sleep(0.5)
        for name in ("temporal-matching-worker", "worker-2"):
            os.kill(child(hotline, name).pid or 0, signal.SIGKILL)
        await lives
        numbers = await account.ticket_numbers(ours.pool)
        assert await account.ticket_numbers(ours.pool, only_open=True) == []
        story = await compare(ours.pool, engine, numbers)
        assert (story.compared, story.lost, story.mismatches, story.silent) == (len(numbers), [], [], [])
