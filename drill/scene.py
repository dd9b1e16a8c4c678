"""What a drill has at hand: the ground to hurt, the load to hurt it under, and somewhere to say what it saw."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client as Engine
from temporalio.service import RPCError

from drill.client import Client
from drill.ground import Ground
from drill.load import Load

_PATIENCE = timedelta(minutes=5)
_TO_START = 120.0
"""Seconds that a worker has to load its code and its classifier."""


@dataclass(frozen=True, slots=True)
class Form:
    """How long and how hard. `short` is for tests: seconds instead of minutes, and fewer faults."""

    short: bool = False
    kills: int = 50
    minutes: float = 30.0
    rate: float = 56.4
    seed: int = 12345
    on_postgres: bool = True
    """Whether Temporal's data lies in PostgreSQL, as in a city, or in a file."""

    def seconds(self, short: float, long: float) -> float:
        """How long something lasts in this form."""
        return short if self.short else long

    def times(self, short: int, long: int) -> int:
        """How often something is done in this form."""
        return short if self.short else long


@dataclass
class Scene:
    """One drill while it runs. `unexpected` is what must not be there at the end, beside what the count finds."""

    ground: Ground
    form: Form
    client: Client
    load: Load
    engine: Engine
    folder: Path
    """Where records are kept."""
    say: Callable[[str], None]
    injected: int = 0
    lost: list[str] = field(default_factory=list[str])
    """What the drill itself found missing, beside what the count looks for: notices."""
    doubled: list[str] = field(default_factory=list[str])
    unexpected: list[str] = field(default_factory=list[str])
    figures: dict[str, float] = field(default_factory=dict[str, float])

    def fault(self, what: str) -> None:
        """Something was broken."""
        self.injected += 1
        self.say(f"  {what}")

    def expect(self, true: bool, otherwise: str) -> None:
        """Note what did not hold."""
        if not true:
            self.unexpected.append(otherwise)
            self.say(f"  ! {otherwise}")

    async def until(self, true: Callable[[], bool], seconds: float, otherwise: str) -> None:
        """Wait for something of this machine; note it when it does not come in time."""
        end = time.monotonic() + seconds
        while not true() and time.monotonic() < end:  # noqa: ASYNC110 - files and processes have no event
            await asyncio.sleep(0.1)
        self.expect(true(), otherwise)

    async def at_work(self, *names: str) -> None:
        """Return when each of these workers asks the engine for tasks: what has only been started yet can neither help
        nor be hurt."""
        end = time.monotonic() + _TO_START
        idle = list(names)
        while idle and time.monotonic() < end:
            await asyncio.sleep(0.2)
            idle = await self._idle(names)
        self.expect(not idle, f"not at work after {_TO_START:.0f} s: {', '.join(idle)}")

    async def _idle(self, names: tuple[str, ...]) -> list[str]:
        """Those of the workers who have not asked for a task yet: an identity begins with the process's number."""
        queue = TaskQueue(name=self.ground.settings.task_queue)
        request = DescribeTaskQueueRequest(
            namespace=self.engine.namespace, task_queue=queue, task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
        )
        try:
            told = await self.engine.workflow_service.describe_task_queue(request)
        except RPCError:
            return list(names)
        asking = {poller.identity.partition("@")[0] for poller in told.pollers}
        return [name for name in names if str(self.ground.pid_of(name)) not in asking]

    async def whole(self) -> datetime:
        """The instant at which a complaint that comes in now has gone the whole way: API, database, relay, engine,
        worker. Noted as unexpected when that takes minutes."""
        end = time.monotonic() + _PATIENCE.total_seconds()
        ticket_no = await self.load.probe()
        while ticket_no is not None and time.monotonic() < end:
            found = await self.client.look(f"/v1/complaints/{ticket_no}")
            if found is not None and found["stage"] == "handling":
                return datetime.now(UTC)
            await asyncio.sleep(0.05)
        self.expect(False, f"no complaint went the whole way within {_PATIENCE}")
        return datetime.now(UTC)
