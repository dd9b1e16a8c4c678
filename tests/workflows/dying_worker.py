"""A worker that is killed between the journal write and the task's completion (temporal.md's trap).

Run as a process of its own. It works like any other until it has recorded an event of one kind; at that instant, with
the transaction committed and the engine not told, it gets `kill -9`.
"""

import asyncio
import json
import os
import signal
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from subprocess import PIPE

from temporalio import activity
from temporalio.worker import Worker

from activities.contracts import Recorded, Step, TakenUp, TakeUpRequest
from activities.journal import JournalKeeper
from activities.planner import Planner
from activities.triage import Triager
from classifier.model import Model
from config.settings import Settings
from domain.journal import Row
from rulebook.shelf import Shelf
from store.connection import open_pool
from vault.keyring import KeyRing
from vault.seal import Vault
from workers.engine import connect
from workers.sandbox import runner
from workflows.complaint import ComplaintWorkflow


@dataclass(frozen=True)
class Orders:
    """Where to work."""

    database_url: str
    temporal_address: str
    task_queue: str
    key_ring: str
    model: str


class Dying:
    """The real activities; the recorded event named in the orders is the last thing that this process does."""

    def __init__(self, triager: Triager, keeper: JournalKeeper, dies_of: str) -> None:
        self._triager, self._keeper, self._dies_of = triager, keeper, dies_of

    @activity.defn(name="take_up")
    async def take_up(self, request: TakeUpRequest) -> TakenUp:
        """As ever, or never to be heard of again."""
        taken = await self._triager.take_up(request)
        self._perhaps_die(taken.rows)
        return taken

    @activity.defn(name="record")
    async def record(self, step: Step) -> Recorded:
        """As ever, or never to be heard of again."""
        recorded = await self._keeper.record(step)
        self._perhaps_die(step.rows)
        return recorded

    def _perhaps_die(self, rows: tuple[Row, ...]) -> None:
        if self._dies_of in [row.kind for row in rows]:
            os.kill(os.getpid(), signal.SIGKILL)


async def work(orders: Orders, dies_of: str) -> None:
    """Until an event named `dies_of` is recorded."""
    client = await connect(Settings(), orders.temporal_address)
    vault = Vault(KeyRing.parse(orders.key_ring))
    async with await open_pool(orders.database_url, most=2) as pool:
        planner = Planner(Shelf(pool))
        triager = Triager(pool, vault, planner, Model.load(Path(orders.model)))
        dying = Dying(triager, JournalKeeper(pool), dies_of)
        worker = Worker(
            client,
            task_queue=orders.task_queue,
            workflows=[ComplaintWorkflow],
            activities=[dying.take_up, planner.plan, dying.record],
            workflow_runner=runner(strict=False),
        )
        await worker.run()


async def hired(orders: Orders, dies_of: str) -> asyncio.subprocess.Process:
    """The process, started with its orders on standard input. Whoever hires it waits for its death, or kills it."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, dies_of, stdin=PIPE)
    assert process.stdin is not None
    process.stdin.write(json.dumps(asdict(orders)).encode())
    process.stdin.close()
    return process


if __name__ == "__main__":
    asyncio.run(work(Orders(**json.load(sys.stdin)), sys.argv[1]))
