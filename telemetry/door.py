"""What the API answers, how fast and with which code, counted at its outermost door."""

import re
import time
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from telemetry import traces
from telemetry.export import exporting
from telemetry.registry import INTAKE, REFUSALS, REQUESTS

INTAKE_ROUTE = "/v1/complaints"
_ACTION = re.compile(r"/v1(?:/my)?/complaints/(20[0-9]{6}-[0-9]{8})/[a-z-]+")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(slots=True)
class Asked:
    """What becomes known of a request while it is answered."""

    status: int = 500
    code: str = ""
    location: str = ""


_asked: ContextVar[Asked | None] = ContextVar("asked", default=None)


def refused(code: str) -> None:
    """The request that is being answered is refused with `code`."""
    asked = _asked.get()
    if asked is not None:
        asked.code = code


class Door:
    """Middleware that counts, times and traces every request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what became of it, also when it fails."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Asked()

        async def heard(message: Message) -> None:
            if message["type"] == "http.response.start":
                asked.status = message["status"]
                asked.location = Headers(raw=message["headers"]).get("location", "")
            await send(message)

        held, began = _asked.set(asked), time.perf_counter()
        try:
            with _traced(scope, asked):
                await self._app(scope, receive, heard)
        finally:
            _asked.reset(held)
            _count(scope, asked, time.perf_counter() - began)


def _count(scope: Scope, asked: Asked, seconds: float) -> None:
    method, route = _named(scope)
    REQUESTS.labels(method, route, str(asked.status)).observe(seconds)
    if asked.code:
        REFUSALS.labels(route, asked.code).inc()
    if (method, route) == ("POST", INTAKE_ROUTE):
        INTAKE.labels(asked.code or {201: "accepted", 200: "repeated"}.get(asked.status, "failed")).inc()


def _named(scope: Scope) -> tuple[str, str]:
    """Method and template; what strangers make up becomes one label, however much they make up."""
    method, route = scope["method"], getattr(scope.get("route"), "path", "")
    if not route and scope["path"] == INTAKE_ROUTE:  # turned away before it was given to anybody
        route = INTAKE_ROUTE
    return method if method in _METHODS else "other", route or "unknown"


def _traced(scope: Scope, asked: Asked) -> AbstractContextManager[None]:
    """An action belongs to its complaint's trace from the start; an intake once its number is known."""
    if not exporting():
        return nullcontext()
    action = _ACTION.fullmatch(scope["path"]) if scope["method"] == "POST" else None

    def told() -> traces.Told:
        method, route = _named(scope)
        fresh = (method, route, asked.status) == ("POST", INTAKE_ROUTE, 201)
        begun = asked.location.rpartition("/")[2] if fresh else ""
        return traces.Told(method, route, asked.status, asked.code, begun)

    return traces.Request(action[1] if action else "", told)
