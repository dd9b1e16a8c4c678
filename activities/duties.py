"""Attends to duties beside complaints: reads how one stands, tells whoever has to hear of it, and says when next."""

from collections.abc import Iterator
from datetime import datetime

from temporalio import activity

from activities.contracts import Attend, Attended
from domain.bell import Bell, heard
from domain.calendar import beijing_day
from domain.knowledge import review_bells
from domain.missed_call import call_bells
from domain.notices import BUREAU, CENTRE
from domain.unit import UnitKind
from rulebook.book import Book
from rulebook.shelf import Shelf
from store import duties, knowledge, missed_calls
from store.connection import Pool

MISSED_CALL = "MC-"
"""How the code of a missed call begins; every other duty is the review of an answer."""
_AUDIENCES = {UnitKind.CENTRE: CENTRE, UnitKind.BUREAU: BUREAU}


class DutyKeeper:
    """One database, under the policy in force."""

    def __init__(self, pool: Pool, shelf: Shelf) -> None:
        self._pool = pool
        self._shelf = shelf

    @activity.defn(name="attend")
    async def attend(self, request: Attend) -> Attended:
        """Ring the last bell that is due, if it has not been rung, and tell the next one."""
        bells, audience = await self._bells(request.code, request.at)
        due, following = heard(bells, request.rung, request.at)
        if due is not None:
            await duties.tell(self._pool, request.code, due, audience)
        rung = due.at if due is not None else request.rung
        return Attended(rung, following.at, following.kind) if following is not None else Attended(rung, None)

    async def _bells(self, code: str, at: datetime) -> tuple[Iterator[Bell], str]:
        """The bells of one duty, and who hears them."""
        book = await self._shelf.in_force(beijing_day(at))
        if code.startswith(MISSED_CALL):
            kept = await missed_calls.read(self._pool, code)
            assert kept is not None, f"{code} is attended to only after it is kept"
            return call_bells(kept.call, book.house.missed_calls), CENTRE
        answer = await knowledge.read(self._pool, code)
        assert answer is not None, f"{code} is attended to only after it is kept"
        return review_bells(answer, book.house.knowledge), audience_of(answer.unit, book)


def audience_of(unit: str, book: Book) -> str:
    """Who fetches a unit's notices: the unit itself, the seats, or the bureau."""
    known = book.units.get(unit)
    return _AUDIENCES.get(known.kind, unit) if known is not None else unit
