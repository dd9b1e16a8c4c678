"""How many requests a process has under way, and for how long: who finds it full hears so before anything is read.

Without an end to it a database that does not answer would fill the process with requests until it dies, and each would
wait for all before it.
"""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems

MOST = 1000
"""Requests under way in one process."""
FOR_INTAKE = 200
"""Of them, places that are left to new complaints when all else has filled the others."""
OTHERS_AT_ONCE = 100
"""Requests that are worked on at a time beside new complaints; the others wait. Connections to the database are had in
the order in which they are asked for, and a new complaint should not stand behind hundreds that only look."""
LONGEST = timedelta(seconds=30)
"""Until an answer begins."""
_INTAKE = ("POST", "/v1/complaints")
_ALWAYS = "/health/"
_log = structlog.stdlib.get_logger(__name__)


class WaitingRoom:
    """Middleware with so many places."""

    def __init__(
        self,
        app: ASGIApp,
        most: int = MOST,
        for_intake: int = FOR_INTAKE,
        others_at_once: int = OTHERS_AT_ONCE,
        longest: timedelta = LONGEST,
    ) -> None:
        self._app = app
        self._most = most
        self._for_intake = for_intake
        self._longest = longest
        self._there = 0
        self._others = asyncio.Semaphore(others_at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while there is a place, or answer 503 with Retry-After."""
        if scope["type"] != "http" or scope["path"].startswith(_ALWAYS):
            await self._app(scope, receive, send)
            return
        is_intake = (scope["method"], scope["path"]) == _INTAKE
        if self._there >= self._most - (0 if is_intake else self._for_intake):
            await problems.answer("crowded", headers={"Retry-After": "5"})(scope, receive, send)
            return
        self._there += 1
        try:
            await self._in_time(scope, receive, send, nullcontext() if is_intake else self._others)
        finally:
            self._there -= 1

    async def _in_time(
        self, scope: Scope, receive: Receive, send: Send, turn: AbstractAsyncContextManager[None]
    ) -> None:
        """An answer that has not begun by then is given up; what was kept meanwhile is known by its key."""
        deadline = asyncio.timeout(self._longest.total_seconds())
        try:
            async with deadline, turn:

                async def begun(message: Message) -> None:
                    if not deadline.expired():  # else who was to give up has an answer after all, and it is as good
                        deadline.reschedule(None)
                    await send(message)

                await self._app(scope, receive, begun)
        except TimeoutError:
            if not deadline.expired():
                raise
            _log.error("given up", operation=getattr(scope.get("route"), "name", ""))
            await problems.answer("busy", headers={"Retry-After": "3"})(scope, receive, send)
