"""So many at a time for each key, and no more; who comes later waits its turn."""

import asyncio
from collections.abc import AsyncGenerator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass
class _Queue:
    free: asyncio.Semaphore
    there: int = 0


class Turns:
    """Keys, of whatever kind, are forgotten when nobody holds or waits for them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._queues: dict[Hashable, _Queue] = {}

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncGenerator[None, None]:
        """Wait for a turn, and have it for as long as the block lasts."""
        queue = self._queues.setdefault(key, _Queue(asyncio.Semaphore(self._most)))
        queue.there += 1
        try:
            async with queue.free:
                yield
        finally:
            queue.there -= 1
            if not queue.there:
                del self._queues[key]

    def __len__(self) -> int:
        """How many keys are known."""
        return len(self._queues)
