"""Lists, searches and reports are asked of a replica while there is one: what they say may be a moment old. Whatever
is acted on, one ticket, a queue, a key, is read from the database itself."""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from store.connection import AWAY, OVERTAKEN, Executor, Pool

T = TypeVar("T")
_REST = 10.0
"""Seconds for which a replica that was away is not asked: each try would cost a list the time to find out."""
_log = structlog.stdlib.get_logger(__name__)


class Reading:
    """Two places to read from, of which only the first has to be there."""

    def __init__(self, pool: Pool, replica: "Pool | None" = None, *, rest: float = _REST) -> None:
        self._pool = pool
        self._replica = replica
        self._rest = rest
        self._again_at = 0.0

    async def ask(self, question: Callable[[Executor], Awaitable[T]]) -> T:
        """The replica's answer, or the database's own while there is no replica."""
        if self._replica is None or time.monotonic() < self._again_at:
            return await question(self._pool)
        try:
            return await question(self._replica)
        except AWAY as error:
            self._again_at = time.monotonic() + self._rest
            _log.warning("replica away", error=type(error).__name__)
        except OVERTAKEN:
            pass  # what was being read was cleaned up meanwhile: this once the database itself is asked
        return await question(self._pool)
