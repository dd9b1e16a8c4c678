"""Sees when complaints get where somebody waits for them: one query for all of them, again and again.

A unit hears of a dispatch by a notice or on its list, hours before it acts. In a closed loop somebody has to stand at
the door instead, and asking the API for every ticket would measure the asking.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from store.connection import Pool

_LOOK = 0.05
"""Seconds between looks."""


class Watch:
    """Waits for many complaints at a time."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._awaited: dict[str, asyncio.Future[tuple[str, str]]] = {}

    async def taken_up(self, ticket_no: str, patience: float = 60.0) -> tuple[str, str]:
        """Stage and lead unit, once it has been taken up. TimeoutError after `patience` seconds."""
        self._awaited[ticket_no] = waiting = asyncio.get_running_loop().create_future()
        try:
            return await asyncio.wait_for(waiting, patience)
        finally:
            del self._awaited[ticket_no]

    async def look(self) -> None:
        """Look until cancelled."""
        while True:
            if self._awaited:
                found = await self._pool.fetch(
                    "SELECT ticket_no, stage, lead FROM tickets WHERE ticket_no = ANY($1) AND stage <> 'received'",
                    list(self._awaited),
                )
                for ticket_no, stage, lead in found:
                    waiting = self._awaited.get(ticket_no)
                    if waiting is not None and not waiting.done():
                        waiting.set_result((stage, lead))
            await asyncio.sleep(_LOOK)


@asynccontextmanager
async def watching(pool: Pool) -> AsyncGenerator[Watch, None]:
    """A watch that looks for as long as the block lasts."""
    watch = Watch(pool)
    looking = asyncio.create_task(watch.look())
    try:
        yield watch
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
