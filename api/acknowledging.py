"""Notes which commands the engine has for good: many in one statement, a moment after they were answered.

Nobody waits for the note. When it is lost, because a process or the database went away, the relay sends the command
once more, and the engine knows its id.
"""

import asyncio

import structlog

from store import inbox
from store.connection import AWAY, Pool

_GATHER = 0.05
"""Seconds for which notes are gathered; the relay leaves a command alone for longer than that."""
_log = structlog.stdlib.get_logger(__name__)


class Acknowledging:
    """Gathers notes, and writes them together."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._heard: list[tuple[str, str]] = []
        self._writing: asyncio.Task[None] | None = None

    def note(self, ticket_no: str, command_id: str) -> None:
        """The engine has this command."""
        self._heard.append((ticket_no, command_id))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())

    async def settled(self) -> None:
        """Return once everything is written that was noted."""
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        try:
            while self._heard:
                await asyncio.sleep(_GATHER)
                heard, self._heard = self._heard, []
                await inbox.acknowledge(self._pool, heard)
        except AWAY as away:
            _log.warning("database away", error=type(away).__name__)
        finally:
            self._writing = None
