"""Emergency mode (R44): a switch with a scope, and what each hour brought while it was on."""

import uuid
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api.auth import may
from api.bodies import EmergencyBody
from api.desk import in_force
from api.house import House, house
from api.lookup_presents import EmergencyShown, HourShown
from api.permissions import READ, SWITCH_EMERGENCY
from api.problems import ProblemError
from domain.actor import Actor
from domain.calendar import beijing_day
from domain.unit import UnitKind
from store import emergencies

router = APIRouter(prefix="/v1/emergencies", tags=["emergencies"])
EmergencyId = Annotated[str, Path(pattern=r"^EM-20[0-9]{6}-[0-9a-f]{6}$", description="Id of an emergency.")]
_Rooms = Annotated[House, Depends(house)]


@router.post("", status_code=201, summary="Switch emergency mode on")
async def begin_emergency(
    body: EmergencyBody, actor: Annotated[Actor, may(SWITCH_EMERGENCY)], rooms: _Rooms
) -> EmergencyShown:
    """From now on; complaints that are under way keep their terms."""
    await _check(rooms, body)
    emergency_id = f"EM-{beijing_day(datetime.now(UTC)):%Y%m%d}-{uuid.uuid4().hex[:6]}"
    begun = await emergencies.begin(
        rooms.pool, emergency_id, body.district, list(body.items), body.tier.value, actor.name
    )
    if begun is None:
        raise ProblemError("emergency_on", district=body.district)
    return EmergencyShown.model_validate(asdict(begun))


@router.post("/{emergency_id}/end", summary="Switch emergency mode off")
async def end_emergency(
    emergency_id: EmergencyId, actor: Annotated[Actor, may(SWITCH_EMERGENCY)], rooms: _Rooms
) -> EmergencyShown:
    """Back to ordinary; switching off twice changes nothing."""
    ended = await emergencies.end(rooms.pool, emergency_id, actor.name)
    if ended is None:
        raise ProblemError("unknown_emergency", emergency_id=emergency_id)
    return EmergencyShown.model_validate(asdict(ended))


@router.get("", summary="Emergencies, newest first")
async def list_emergencies(_: Annotated[Actor, may(READ)], rooms: _Rooms) -> list[EmergencyShown]:
    """Those that are on and those that were."""
    found = await emergencies.listed(rooms.pool, only_on=False)
    return [EmergencyShown.model_validate(asdict(each)) for each in found]


@router.get("/{emergency_id}/hours", summary="What each hour of an emergency brought")
async def read_emergency_hours(
    emergency_id: EmergencyId, _: Annotated[Actor, may(READ)], rooms: _Rooms
) -> list[HourShown]:
    """Oldest first; hours in which nothing was received are left out."""
    found = [each for each in await emergencies.listed(rooms.pool, only_on=False) if each.emergency_id == emergency_id]
    if not found:
        raise ProblemError("unknown_emergency", emergency_id=emergency_id)
    hours = await rooms.reading.ask(lambda at: emergencies.by_hour(at, found[0]))
    return [HourShown(hour=at, received=came, in_scope=scoped, closed=closed) for at, came, scoped, closed in hours]


async def _check(rooms: House, body: EmergencyBody) -> None:
    """District and items have to be those of the policy in force."""
    book = await in_force(rooms)
    unit = book.units.get(body.district)
    if body.district and (unit is None or unit.kind is not UnitKind.DISTRICT):
        raise ProblemError("unknown_place", district=body.district)
    for code in body.items:
        if not any(item.startswith(code) for item in book.items):
            raise ProblemError("unknown_item", item=code, policy=book.version)
