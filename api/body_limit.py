"""How much of a body is read. A declared length is refused at once, an undeclared one while it comes in."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems

MOST_BYTES = 256 * 1024


class BodyTooLarge(HTTPException):
    """Raised out of the reading. An HTTPException, for only that is let through by whoever reads the body."""

    def __init__(self) -> None:
        super().__init__(413)


class BodyLimit:
    """Middleware that stops reading after `MOST_BYTES`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it by its declared length."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _declared(scope) > MOST_BYTES:
            await problems.answer("body_too_large", {"most_bytes": MOST_BYTES})(scope, receive, send)
        else:
            await self._app(scope, _counted(receive), send)


def _counted(receive: Receive) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise BodyTooLarge
        return message

    return counted


def _declared(scope: Scope) -> int:
    """The length a request declares; 0 when it declares none, for then the reading counts."""
    declared = Headers(scope=scope).get("content-length", "")
    return int(declared) if declared.isascii() and declared.isdigit() else 0
