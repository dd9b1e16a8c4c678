"""The relay: brings what the inbox holds to the engine, urgent first, again and again until it is acknowledged."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import structlog

from api.delivery import Delivery
from store import inbox
from store.connection import AWAY, Pool
from store.inbox import Command
from telemetry.deliveries import delivering
from telemetry.registry import ENGINE_AWAY

_log = structlog.stdlib.get_logger(__name__)

AT_ONCE = 64
"""Commands on their way at a time. A complaint that does not answer holds one of these places, and no other command."""
_LEAST = 4
"""Commands taken at a look while complaints have to wait for a worker: the others wait in the inbox, where urgent ones
go first, and nobody who comes later is before them."""
IDLE = 0.1
"""Seconds between looks at an empty inbox."""
PAUSE = timedelta(seconds=2)
PATIENCE = timedelta(seconds=10)
_AWAY = 1.0


async def relay(pool: Pool, delivery: Delivery, stop: asyncio.Event) -> None:
    """Run until `stop` is set. A database or an engine that is away is waited for."""
    hands = _Hands(delivery)
    pace = AT_ONCE
    while not stop.is_set():
        free = min(await hands.free(), pace)
        claimed = await _claimed(pool, free)
        if claimed is None:
            await asyncio.sleep(_AWAY)
            continue
        for command in claimed:
            hands.take(command)
        if len(claimed) < free or delivery.crowded:
            await asyncio.sleep(IDLE)
        pace = max(pace // 2, _LEAST) if delivery.crowded else min(pace + _LEAST, AT_ONCE)
        delivery.crowded = False
        if hands.failed:
            hands.failed = False
            async with asyncio.TaskGroup() as group:
                await _without_engine(pool, hands, group.create_task(_engine(delivery, stop)))
    await hands.emptied()


async def _claimed(pool: Pool, most: int, *, without_engine: bool = False) -> list[Command] | None:
    """What is brought next; None while the database is away."""
    try:
        return await inbox.claim(pool, most, PAUSE, without_engine=without_engine)
    except AWAY as away:
        _log.warning("database away", error=type(away).__name__)
        return None


async def _engine(delivery: Delivery, stop: asyncio.Event) -> None:
    """Return when the engine answers, or nobody waits for it any more."""
    while not stop.is_set() and not await delivery.engine_is_up():  # noqa: ASYNC110 - it is asked, it does not tell
        await asyncio.sleep(_AWAY)


async def _without_engine(pool: Pool, hands: "_Hands", engine: asyncio.Task[None]) -> None:
    """Until the engine answers, bring what can do without it. Tries are counted, and each is longer in coming than the
    one before: the others are not tried meanwhile, so that everything is brought as soon as the engine is back."""
    ENGINE_AWAY.set(1)
    while not engine.done():
        claimed = await _claimed(pool, await hands.free(), without_engine=True)
        for command in claimed or ():
            hands.take(command, engine=False)
        if not claimed:
            await asyncio.wait([engine], timeout=_AWAY)
    ENGINE_AWAY.set(0)


class _Hands:
    """Commands on their way. `failed` once the engine has not taken one."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._under_way: dict[tuple[str, str], asyncio.Task[None]] = {}
        self.failed = False

    async def free(self) -> int:
        """How many more can be taken; waits until it is at least one."""
        if len(self._under_way) >= AT_ONCE:
            await asyncio.wait(self._under_way.values(), return_when=asyncio.FIRST_COMPLETED)
        return AT_ONCE - len(self._under_way)

    def take(self, command: Command, *, engine: bool = True) -> None:
        """Bring one command, unless the try before is still under way; without the `engine` as far as that goes."""
        key = (command.ticket_no, command.command_id)
        if key not in self._under_way:
            task = self._under_way[key] = asyncio.create_task(self._bring(command, engine))
            task.add_done_callback(lambda _: self._under_way.pop(key))

    async def emptied(self) -> None:
        """Return when nothing is under way any more."""
        await asyncio.gather(*self._under_way.values())

    async def _bring(self, command: Command, engine: bool) -> None:
        """One command. Its next try is already planned, and whatever it meets, the others go on."""
        try:
            with delivering(command) as told:
                if engine:
                    after = await self._delivery.deliver(command, PATIENCE)
                    told(after)
                    self.failed = self.failed or (after.state == "pending" and after.action != inbox.INTAKE)
                elif await self._delivery.end(command):
                    told(replace(command, state="applied"))
        except AWAY as away:
            _log.warning("database away", error=type(away).__name__)
        except Exception as failure:
            self.failed = True
            error = type(failure).__name__
            _log.warning("not delivered", ticket_no=command.ticket_no, action=command.action, error=error)
