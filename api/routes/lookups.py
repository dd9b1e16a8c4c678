"""What outsiders look up: units, catalogue items, their own notices."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.auth import may
from api.desk import in_force
from api.house import House, house
from api.instants import FIRST, Instant
from api.lines import shut_out_of
from api.lookup_presents import ChannelShown, ItemShown, NoticePage, NoticeShown, UnitShown
from api.permissions import READ, READ_NOTICES
from api.problems import ProblemError
from domain.actor import Actor, Role
from domain.channel import ChannelKind
from domain.notices import BUREAU, CENTRE
from domain.unit import UnitKind
from store import outbox

router = APIRouter(prefix="/v1", tags=["lookups"])

_CURSOR = re.compile(r"[0-9]{1,18}")


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
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="Notices on a page.")] = 100,
) -> NoticePage:
    """Oldest first, each once: go on with `next`, also after an empty page, now or tomorrow."""
    if cursor is not None and not _CURSOR.fullmatch(cursor):
        raise ProblemError("bad_cursor")
    audience = {Role.SEAT: CENTRE, Role.ADMIN: CENTRE, Role.BUREAU: BUREAU}.get(actor.role, actor.unit)
    await outbox.number(rooms.pool, audience)
    found = await outbox.of_audience(rooms.pool, audience, int(cursor or 0), since, limit, shut_out_of(actor))
    shown = [NoticeShown(ticket_no=n.ticket_no, key=n.key, kind=n.kind, created_at=n.created_at) for n in found]
    return NoticePage(notices=shown, next=str(found[-1].number) if found else cursor or "0")
