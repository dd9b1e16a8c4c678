"""What waits while a bench runs, looked at every few seconds."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from store import inbox
from store.connection import Pool

_LOOK = 1.0
_UNTOUCHED = "SELECT count(*) FROM tickets WHERE stage = 'received'"


class Backlog:
    """Complaints that have a number and were not taken up yet; `most` of them at any look."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.now = 0
        self.most = 0

    async def look(self) -> int:
        """How many wait now."""
        self.now = int(await self._pool.fetchval(_UNTOUCHED))
        self.most = max(self.most, self.now)
        return self.now

    async def drained(self, patience: float) -> float | None:
        """Seconds until nothing waits any more, in the inbox neither; None when something still does after
        `patience`."""
        began = time.monotonic()
        while time.monotonic() - began < patience:
            waiting, _ = await inbox.waiting(self._pool)
            if not waiting and not await self.look():
                return time.monotonic() - began
            await asyncio.sleep(_LOOK / 4)
        return None

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(_LOOK)


@asynccontextmanager
async def watched(pool: Pool) -> AsyncGenerator[Backlog, None]:
    """A backlog that is looked at for as long as the block lasts."""
    backlog = Backlog(pool)
    watching = asyncio.create_task(backlog.watch())
    try:
        yield backlog
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
