"""A call that nobody takes at first (R9): the hotline centre calls back, or the person is quicker."""

from datetime import UTC, datetime

from demo.caller import Caller
from domain.actor import Role

MISSED = "is missed at first"
QUICKER = "is missed and calls again"


async def miss(caller: Caller, part: str, phone: str) -> str:
    """The number of the missed call that a part begins with, or empty. Who is called back does not answer at first."""
    if part not in (MISSED, QUICKER):
        return ""
    said = {"phone": phone, "called_at": datetime.now(UTC).isoformat()}
    answer = await caller.post("/v1/missed-calls", Role.FRONTEND, **said)
    answer.raise_for_status()
    call = answer.json()["main"] or answer.json()["code"]
    if part == MISSED:
        await caller.post(f"/v1/missed-calls/{call}/outcome", Role.SEAT, outcome="not_reached")
    return call


async def reach(caller: Caller, part: str, call: str, ticket_no: str) -> None:
    """Whoever was called back is reached, and what they said is a complaint."""
    if part == MISSED:
        path = f"/v1/missed-calls/{call}/outcome"
        await caller.post(path, Role.SEAT, outcome="reached", ticket_no=ticket_no)
