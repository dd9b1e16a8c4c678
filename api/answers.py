"""Answers of routes beside their ordinary one, for the API's description of itself."""

from typing import Any

from api.lookup_presents import Health
from api.missed_calls import MissedCallTaken
from api.own_complaint import OwnCommand
from api.presents import ActionKept, TicketTaken

Answers = dict[int | str, dict[str, Any]]


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


ACTION: Answers = {
    200: {
        "description": "Applied. A repeat with the same Idempotency-Key answers the same.",
        "headers": {"Content-Location": _header("Where the action can be looked up.")},
    },
    202: {
        "model": ActionKept,
        "description": "Kept, and applied or refused later, once: the engine did not answer in time.",
        "headers": {
            "Location": _header("Where to look what became of it."),
            "Retry-After": _header("Seconds to wait before looking."),
        },
    },
}
OWN_ACTION: Answers = {200: ACTION[200], 202: ACTION[202] | {"model": OwnCommand}}
INTAKE: Answers = {
    200: {
        "model": TicketTaken,
        "description": "Taken in before, under the same Idempotency-Key.",
        "headers": {"Location": _header("The complaint.")},
    },
    201: {"description": "Taken in.", "headers": {"Location": _header("The complaint.")}},
}
MISSED_CALL: Answers = {
    200: {
        "model": MissedCallTaken,
        "description": "Taken in before, under the same Idempotency-Key.",
        "headers": {"Location": _header("The missed call.")},
    },
    201: {"description": "Taken in.", "headers": {"Location": _header("The missed call.")}},
}
READY: Answers = {503: {"model": Health, "description": "The database does not answer: no complaint is taken in."}}
BATCH: Answers = {202: {"description": "Kept.", "headers": {"Location": _header("Where to look what became of it.")}}}
