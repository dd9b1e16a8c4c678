"""The API, put together."""

import re
from typing import Any, cast

import structlog
from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException

from api import problems
from api.body_limit import MOST_BYTES, BodyLimit, BodyTooLarge
from api.description import DESCRIPTION, TAGS, described
from api.house import House
from api.problems import ProblemError
from api.questions import only_known
from api.routes import (
    batches,
    centre_actions,
    emergencies,
    health,
    intake,
    knowledge,
    lookups,
    missed_calls,
    nearness,
    own_complaints,
    queues,
    reports,
    tickets,
    unit_actions,
)
from api.waiting_room import WaitingRoom
from domain.refusal import Fact, Refusal
from store.connection import AWAY
from telemetry.door import Door
from vault.seal import KeyNotKnown

_MOST_ERRORS = 20
_ROOMS = (
    *(intake, tickets, nearness, unit_actions, centre_actions, own_complaints, queues, batches, reports, emergencies),
    *(missed_calls, knowledge, lookups),
)
_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,40}")
_log = structlog.stdlib.get_logger(__name__)


def create_app(rooms: House) -> FastAPI:
    """The application over `rooms`, which its caller opens and closes."""
    app = FastAPIOffline(  # the pages of /docs come from here: a city network may be closed
        title="Hotline",
        version="1",
        summary="Beijing 12345: from a complaint to its callback",
        description=DESCRIPTION,
        openapi_tags=TAGS,
        redirect_slashes=False,
        redoc_url=None,
        docs_url="/docs",
        generate_unique_id_function=_operation_id,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # it tells queries and errors; ours does not
    )
    app.state.house = rooms
    for room in _ROOMS:
        app.include_router(room.router, dependencies=[Depends(only_known)])
    app.include_router(health.router)
    app.add_middleware(BodyLimit)
    app.add_middleware(WaitingRoom)
    app.add_middleware(Door)
    app.exception_handler(ProblemError)(_problem)
    app.exception_handler(Refusal)(_refused)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(BodyTooLarge)(_too_large)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(KeyNotKnown)(_key_not_known)
    for away in AWAY:
        app.exception_handler(away)(_busy)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    return app


def _operation_id(route: APIRoute) -> str:
    """The function's name: what a generated client calls the operation."""
    return route.name


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return problems.answer(error.code, error.facts, headers=error.headers)


async def _refused(_: Request, error: Exception) -> Response:
    """What a rule refuses that a route asks itself; those that a complaint asks come back as answers."""
    assert isinstance(error, Refusal)
    return problems.answer(error.code, error.facts)


async def _too_large(_request: Request, _error: Exception) -> Response:
    return problems.answer("body_too_large", {"most_bytes": MOST_BYTES})


async def _invalid(_: Request, error: Exception) -> Response:
    """Where, why and what was expected, never the value: it may be somebody's name."""
    assert isinstance(error, RequestValidationError)
    faults = cast("list[dict[str, Any]]", error.errors())
    if any(fault["type"] == "json_invalid" for fault in faults):
        return problems.answer("malformed_body")
    errors: list[dict[str, Fact]] = [
        {"where": _place(fault), "why": fault["type"], "expected": _expected(fault)} for fault in faults[:_MOST_ERRORS]
    ]
    return problems.answer("invalid_request", errors=errors)


def _expected(fault: dict[str, Any]) -> str:
    """What should have been there. Of all messages only that of a wrong tag repeats what was."""
    return f"Input should be {fault['ctx']['expected_tags']}" if fault["type"] == "union_tag_invalid" else fault["msg"]


def _place(fault: dict[str, Any]) -> str:
    """The path to what does not fit. An unknown field's name is repeated only where it can pass for one."""
    parts = [str(part) for part in fault["loc"]]
    if fault["type"] == "extra_forbidden" and not _FIELD.fullmatch(parts[-1]):
        parts[-1] = "(unknown field)"
    return ".".join(parts)


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: "not_found", 405: "method_not_allowed", 400: "malformed_body"}
    return problems.answer(codes.get(error.status_code, "invalid_request"), headers=dict(error.headers or {}))


async def _key_not_known(request: Request, error: Exception) -> Response:
    _log.error("key not known", operation=getattr(request.scope.get("route"), "name", ""), key_id=str(error.args[0]))
    return problems.answer("key_not_known", headers={"Retry-After": "30"})


async def _busy(request: Request, error: Exception) -> Response:
    _log.error("database away", operation=getattr(request.scope.get("route"), "name", ""), error=type(error).__name__)
    return problems.answer("busy", headers={"Retry-After": "3"})
