"""The API, put together."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api import problems
from api.house import House
from api.problems import MEDIA_TYPE, Problem, ProblemError
from api.routes import centre_actions, health, intake, lookups, tickets, unit_actions
from domain.refusal import Fact
from store.connection import AWAY

MOST_BYTES = 256 * 1024
_log = structlog.stdlib.get_logger(__name__)

_DESCRIPTION = """Takes in complaints, lets units and seats act on them, and shows where each one stands.
An action answers 200 with the new standing, 202 with an address to look at later, or a problem (RFC 9457) that says
what is wrong and how to mend it. Times carry an offset; the business zone is Asia/Shanghai."""

_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": why,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, why in {
        400: "The request cannot be read.",
        401: "No valid API key.",
        403: "Not allowed for this key, or not before this unit.",
        404: "There is no such thing.",
        409: "The rules do not allow it now, or the key stands for another request.",
        413: "The body is too large.",
        422: "The request does not fit its description, or names what does not exist.",
        503: "The database does not answer; nothing was kept.",
    }.items()
}


def create_app(rooms: House) -> FastAPI:
    """The application over `rooms`, which its caller opens and closes."""
    app = FastAPI(
        title="Hotline",
        version="1",
        description=_DESCRIPTION,
        responses=_REFUSALS,
        redoc_url=None,
        docs_url="/docs",
    )
    app.state.house = rooms
    for room in (intake, tickets, unit_actions, centre_actions, lookups, health):
        app.include_router(room.router)
    app.middleware("http")(_refuse_large)
    app.exception_handler(ProblemError)(_problem)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    for away in AWAY:
        app.exception_handler(away)(_busy)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """OpenAPI 3.1 with the Problem schema that every refusal refers to."""
    if app.openapi_schema is None:
        described = FastAPI.openapi(app)
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        described["components"]["schemas"]["Problem"] = schema
        app.openapi_schema = described
    return app.openapi_schema


async def _refuse_large(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > MOST_BYTES:
        return problems.answer("body_too_large", {"most_bytes": MOST_BYTES})
    return await go_on(request)


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return problems.answer(error.code, error.facts, headers=error.headers)


async def _invalid(_: Request, error: Exception) -> Response:
    """Where and why, never the value: it may be somebody's name."""
    assert isinstance(error, RequestValidationError)
    if any(fault["type"] == "json_invalid" for fault in error.errors()):
        return problems.answer("malformed_body")
    errors: list[dict[str, Fact]] = [
        {"where": ".".join(str(part) for part in fault["loc"]), "why": fault["type"]} for fault in error.errors()
    ]
    return problems.answer("invalid_request", errors=errors)


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: "not_found", 405: "method_not_allowed", 400: "malformed_body"}
    return problems.answer(codes.get(error.status_code, "invalid_request"), headers=dict(error.headers or {}))


async def _busy(request: Request, error: Exception) -> Response:
    _log.error("database away", path=request.url.path, error=type(error).__name__)
    return problems.answer("busy", headers={"Retry-After": "3"})
