"""Reports for the bureau, counted from the journal."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.auth import may
from api.desk import in_force
from api.house import House, house
from api.instants import Instant
from api.permissions import READ_REPORTS
from api.problems import ProblemError
from api.report_presents import DisputedItem, DisputedItems
from domain.actor import Actor
from domain.dispute import disputed
from store import disputes

router = APIRouter(prefix="/v1/reports", tags=["reports"])

_A_MONTH = timedelta(days=30)


@router.get("/disputed-items", summary="Catalogue items that units dispute")
async def report_disputed_items(
    _: Annotated[Actor, may(READ_REPORTS)],
    rooms: Annotated[House, Depends(house)],
    begin: Annotated[Instant | None, Query(alias="from", description="Objections from here on; 30 days ago.")] = None,
    end: Annotated[Instant | None, Query(alias="to", description="Objections before this; now.")] = None,
) -> DisputedItems:
    """By item and kind of unit: how many objections, on which ground, with which decision, and who got the case."""
    end = end or datetime.now(UTC)
    begin = begin or end - _A_MONTH
    if begin >= end:
        raise ProblemError("period_empty", begin=begin.isoformat(), end=end.isoformat())
    book = await in_force(rooms)
    counted = disputed(await rooms.reading.ask(lambda at: disputes.objections(at, begin, end)), book.kind_of)
    return DisputedItems(begin=begin, end=end, items=[DisputedItem.of(each, book) for each in counted])
