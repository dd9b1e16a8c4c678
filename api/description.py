"""What the API says about itself: OpenAPI 3.1, with every answer that a request can get."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from api.auth import Guard
from api.meanings import MEANINGS
from api.permissions import GRANTED, Permission
from api.problems import MEDIA_TYPE, Problem
from api.proof import Proof

_WHAT = """Takes in complaints, lets units and seats act on them, and shows where each one stands.

An action answers 200 with the new standing; 202 with an address to look at later, when the engine is slow or away: it
is kept and will count once; or a problem (RFC 9457) that says what is wrong and how to mend it, and then nothing has
changed. Send an `Idempotency-Key` with everything that you may have to repeat.

Instants carry an offset; the business zone is Asia/Shanghai. Units, places, items and channels are codes: look them up
under `/v1/units`, `/v1/catalogue` and `/v1/channels`.

## Problem codes

| code | status | what is wrong | way out |
|---|---|---|---|
"""
_ROWS = (f"| `{code}` | {m.status.value} | {m.what} | {m.mend} |" for code, m in MEANINGS.items())
DESCRIPTION = _WHAT + "\n".join(_ROWS)

TAGS = [
    {"name": "intake", "description": "Complaints come in (条例 art. 8-10)."},
    {"name": "complaints", "description": "Where complaints stand and what happened to them."},
    {"name": "units", "description": "What handling units do (条例 art. 11-20)."},
    {"name": "centre", "description": "What seats, complainants, the bureau and governments do."},
    {"name": "queues", "description": "What waits for a seat or the bureau."},
    {"name": "batches", "description": "One decision on many like tickets (R44)."},
    {"name": "reports", "description": "What the journal tells, counted."},
    {"name": "own", "description": "A complainant's own complaint (R4), with its number and phone in place of a key."},
    {"name": "emergencies", "description": "Emergency mode (R44)."},
    {"name": "missed calls", "description": "Calls that nobody took are called back (R9)."},
    {"name": "knowledge", "description": "Answers to consultations, and the duty to keep them true (R10, R45)."},
    {"name": "lookups", "description": "Units, catalogue, channels and notices."},
    {"name": "health", "description": "For whoever keeps the hotline running. No key needed."},
]

_REFUSALS = {
    "400": "The request cannot be read.",
    "401": "No valid API key.",
    "403": "Not allowed for this key, or not before this unit.",
    "404": "There is no such thing.",
    "409": "The rules do not allow it now, or the key stands for another request.",
    "413": "The body is too large.",
    "422": "The request does not fit its description, or names what does not exist.",
    "429": "Too many tries.",
    "503": "The database does not answer, or too many requests are under way.",
}
_NAMED = ("{ticket_no}", "{code}", "{call}", "{emergency_id}", "{batch_id}", "{command_id}")
"""What an address may name that is not there."""
_HEADERS = {
    "401": {"WWW-Authenticate": {"description": "How to authenticate.", "schema": {"type": "string"}}},
    "429": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string"}}},
    "503": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string"}}},
}


def described(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is None:
        document = FastAPI.openapi(app)
        schemas = document["components"]["schemas"]
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        for unused in ("HTTPValidationError", "ValidationError"):  # the framework's own, which nobody is answered with
            schemas.pop(unused, None)
        for context in iter_route_contexts(app.routes):
            route = context.original_route
            if isinstance(route, APIRoute) and route.include_in_schema:
                for method in context.methods or ():
                    operation = document["paths"][context.path][method.lower()]
                    _complete(operation, context.path or "", route)
        app.openapi_schema = document
    return app.openapi_schema


def guarding(route: APIRoute) -> Permission | None:
    """The permission that a route asks for."""
    return next((each.call.permission for each in route.dependant.dependencies if isinstance(each.call, Guard)), None)


def proving(route: APIRoute) -> bool:
    """Whether a route asks for a complainant's proof in place of a key."""
    return any(isinstance(each.call, Proof) for each in route.dependant.dependencies)


def _complete(operation: dict[str, Any], path: str, route: APIRoute) -> None:
    """Add who may, and the refusals that this operation can answer with."""
    permission = guarding(route)
    if permission is not None:
        roles = sorted(role.value for role, granted in GRANTED.items() if permission in granted)
        operation["description"] += f"\n\nPermission `{permission}`, granted to: {', '.join(roles)}."
        statuses, found_by = {"401", "403", "422", "503"}, _NAMED
    elif proving(route):
        statuses, found_by = {"403", "422", "429", "503"}, ("{command_id}",)
    else:
        return
    if any(named in path for named in found_by) or path.endswith("/batches"):
        statuses |= {"404"}
    if any(each["name"] == "cursor" for each in operation.get("parameters", ())):
        statuses |= {"400"}
    if "requestBody" in operation:
        statuses |= {"400", "409", "413"}
    for status in sorted(statuses):
        operation["responses"][status] = {
            "description": _REFUSALS[status],
            "headers": _HEADERS.get(status, {}),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
