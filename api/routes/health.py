"""Is it alive, and does it take complaints."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.answers import READY
from api.house import House, house
from api.lookup_presents import Alive, Health
from store import inbox
from store.connection import AWAY

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", summary="The process answers")
async def health_live() -> Alive:
    """Always true when it answers at all."""
    return Alive()


@router.get("/ready", summary="Complaints are taken in", responses=READY)
async def health_ready(response: Response, rooms: Annotated[House, Depends(house)]) -> Health:
    """200 when the database answers, for then nothing is lost; 503 otherwise. The engine may be away."""
    engine = await rooms.gateway.is_up()
    try:
        count, age = await inbox.waiting(rooms.pool)
    except AWAY:
        response.status_code = 503
        return Health(database=False, engine=engine)
    return Health(database=True, engine=engine, waiting=count, oldest_seconds=age.total_seconds() if age else 0)
