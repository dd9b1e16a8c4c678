"""What outsiders look up: units, catalogue items, their own notices."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.auth import may
from api.desk import in_force
from api.house import House, house
from api.instants import FIRST, Instant
from api.lines import shut_out_of
from api.lookup_presents import ChannelShown, ItemShown, NoticePage, NoticeShown, UnitShown
from api.permissions import READ, READ_NOTICES
from domain.actor import Actor, Role
from domain.channel import ChannelKind
from domain.notices import BUREAU, CENTRE
from domain.unit import UnitKind
from store import outbox

router = APIRouter(prefix="/v1", tags=["lookups"])

_TICK = timedelta(microseconds=1)
_MOST_AT_ONCE = 500


@router.get("/units", summary="Units of the city")
async def list_units(
    _: Annotated[Actor, may(READ)],
    rooms: Annotated[House, Depends(house)],
    kind: Annotated[UnitKind | None, Query(description="Only of this kind.")] = None,
) -> list[UnitShown]:
    """Every unit of the policy in force, in code order."""
    book = await in_force(rooms)
    found = [unit for unit in book.units.values() if kind in (None, unit.kind)]
    return [UnitShown(code=u.code, kind=u.kind, name=u.name, district=u.district) for u in found]


@router.get("/catalogue", summary="The dispatch catalogue")
async def list_items(_: Annotated[Actor, may(READ)], rooms: Annotated[House, Depends(house)]) -> list[ItemShown]:
    """Every leaf item of the policy in force."""
    book = await in_force(rooms)
    return [
        ItemShown(code=i.code, levels=(i.level1, i.level2, i.level3), duty=i.duty, tier=i.tier)
        for i in book.items.values()
    ]


@router.get("/channels", summary="Ways in, and merged hotlines")
async def list_channels(
    _: Annotated[Actor, may(READ)],
    rooms: Annotated[House, Depends(house)],
    kind: Annotated[ChannelKind | None, Query(description="Only of this kind.")] = None,
) -> list[ChannelShown]:
    """Every channel and every origin of the policy in force (R2)."""
    book = await in_force(rooms)
    found = [channel for channel in book.channels.values() if kind in (None, channel.kind)]
    return [ChannelShown(code=c.code, kind=c.kind, name=c.name) for c in found]


@router.get("/notices", summary="Notices to one's own unit")
async def list_notices(
    actor: Annotated[Actor, may(READ_NOTICES)],
    rooms: Annotated[House, Depends(house)],
    since: Annotated[Instant, Query(description="Only queued after this instant.")] = FIRST,
    limit: Annotated[int, Query(ge=1, le=500, description="Notices on a page.")] = 100,
) -> NoticePage:
    """Oldest first; ask again with the last one's `created_at`. What was queued at one instant is never torn apart, so
    a page may hold a few more than `limit`."""
    audience = {Role.SEAT: CENTRE, Role.ADMIN: CENTRE, Role.BUREAU: BUREAU}.get(actor.role, actor.unit)
    but = shut_out_of(actor)
    found = await outbox.of_audience(rooms.pool, audience, since, limit, but)
    if len(found) == limit:
        last = found[-1].created_at
        at_last = await outbox.of_audience(rooms.pool, audience, last - _TICK, _MOST_AT_ONCE, but)
        found = [n for n in found if n.created_at < last] + [n for n in at_last if n.created_at == last]
    shown = [NoticeShown(ticket_no=n.ticket_no, key=n.key, kind=n.kind, created_at=n.created_at) for n in found]
    return NoticePage(notices=shown)
