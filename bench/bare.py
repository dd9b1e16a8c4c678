"""The ceiling: workflows that do nothing, started and updated as often as an ordinary complaint's.

What a complaint costs beside this is ours; what this costs is Temporal's and PostgreSQL's on this machine.
"""

import asyncio
import signal
import sys
import uuid
from collections import deque
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from temporalio import workflow
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from workers.running import Running

TASK_QUEUE = "bare"
_WORKER = "bare-worker"
_ROOT = Path(__file__).parent.parent
UPDATES = 4
"""Sign-in, contact, report done, callback."""


@workflow.defn(name="Bare")
class BareWorkflow:
    """Ends with its last update."""

    def __init__(self) -> None:
        self._seen = 0

    @workflow.run
    async def run(self) -> None:
        """Wait for the updates."""
        await workflow.wait_condition(lambda: self._seen == UPDATES and workflow.all_handlers_finished())

    @workflow.update
    async def act(self, _command_id: str) -> int:
        """Count it."""
        self._seen += 1
        return self._seen


@workflow.defn(name="BareTimer")
class BareTimerWorkflow:
    """Ends at its deadline."""

    @workflow.run
    async def run(self, due: datetime) -> None:
        """Wait for it."""
        await workflow.sleep(max(due - workflow.now(), timedelta()))


Handle: TypeAlias = "WorkflowHandle[BareWorkflow, None]"


async def bare_worker(hotline: Running) -> None:
    """A worker process for workflows that do nothing, beside those of the hotline; one for all benches of a stack."""
    if any(child.name == _WORKER for child in hotline.stack.children):
        return
    argv = [sys.executable, "-m", "bench.bare", hotline.temporal_address, hotline.settings.namespace]
    await asyncio.to_thread(hotline.stack.run, _WORKER, argv, cwd=_ROOT)


class BareLives:
    """Starts and updates them. As with complaints, nobody acts before the start has been worked on: else the first
    update would ride on the start's own workflow task, and the ceiling would stand on four tasks instead of five."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._begun: deque[Handle] = deque()

    async def begin(self, ahead: int) -> None:
        """Start so many, to be acted on when others have been started behind them."""
        for _ in range(ahead):
            self._begun.append(await self._started())

    async def lead(self, _number: int) -> None:
        """One start, and the four updates of one that was started before; each is answered before the next is sent."""
        self._begun.append(await self._started())
        handle = self._begun.popleft()
        for _ in range(UPDATES):
            command_id = str(uuid.uuid4())
            await handle.execute_update(  # pyright: ignore[reportUnknownMemberType]
                BareWorkflow.act, command_id, id=command_id
            )

    async def _started(self) -> Handle:
        return await self._client.start_workflow(BareWorkflow.run, id=f"bare-{uuid.uuid4()}", task_queue=TASK_QUEUE)


async def work(address: str, namespace: str) -> None:
    """A worker for them, until SIGTERM: a ceiling, so that it takes more at a time than the hotline's own and yields to
    nobody."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with Worker(
        await Client.connect(address, namespace=namespace),
        task_queue=TASK_QUEUE,
        workflows=[BareWorkflow, BareTimerWorkflow],
        workflow_runner=UnsandboxedWorkflowRunner(),
        graceful_shutdown_timeout=timedelta(seconds=5),
        max_cached_workflows=2000,
        max_concurrent_workflow_tasks=100,
    ):
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:3]))
