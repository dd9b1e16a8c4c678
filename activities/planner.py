"""What the policy in force makes of an item and a place."""

from dataclasses import replace
from datetime import datetime, timedelta

from temporalio import activity

from activities.contracts import Planned, PlanRequest
from domain.calendar import beijing_day
from domain.catalogue import Tier
from domain.dispatch import route, route_to
from domain.refusal import Refusal
from domain.terms import Terms
from domain.triage import Plan
from domain.unit import UnitKind
from rulebook.book import Book
from rulebook.shelf import Shelf

_CALENDAR_AHEAD = timedelta(days=500)
"""Longer than any complaint with all its extensions, reworks and opinions."""


class Planner:
    """Plans by the books on the shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    @activity.defn(name="plan")
    async def plan(self, request: PlanRequest) -> Planned:
        """What `request` asks for, or a refusal: unknown_item, unknown_place, unknown_unit, unit_cannot_lead,
        department_duty."""
        try:
            book = await self._book_for(request)
            counts = await self.book(request.at, request.calendar) if request.calendar else book
            return Planned(planned(replace(book, calendar=counts.calendar), request))
        except Refusal as refusal:
            return Planned(code=refusal.code, facts=dict(refusal.facts))

    async def _book_for(self, request: PlanRequest) -> Book:
        """The pinned version; or the one in force, or where that does not know item and place any more, the one by
        which they are known. A unit is looked up among today's first: it may have been named since."""
        today = await self.book(request.at)
        if not request.policy and (not request.known or _knows(today, request)):
            return today
        book = await self._shelf.version(request.policy or request.known)
        units = {code: unit for code, unit in book.units.items() if request.policy or code != request.unit}
        named = {code: unit for code, unit in today.units.items() if code == request.unit}
        return replace(book, units={**units, **named})

    async def book(self, at: datetime, policy: str = "") -> Book:
        """The pinned version, or the one in force at an instant."""
        return await (self._shelf.version(policy) if policy else self._shelf.in_force(beijing_day(at)))


def _knows(book: Book, request: PlanRequest) -> bool:
    places = {request.district, request.street} - {""}
    return request.item in book.items and places <= book.units.keys()


def planned(book: Book, request: PlanRequest) -> Plan:
    """Item, place and unit looked up, routed, and given terms."""
    item = book.items.get(request.item)
    if item is None:
        raise Refusal("unknown_item", item=request.item, policy=book.version)
    district, street = _place(book, request.district, request.street)
    way = route(item, district, street, book.units)
    if request.unit:
        unit = book.units.get(request.unit)
        if unit is None:
            raise Refusal("unknown_unit", unit=request.unit, policy=book.version)
        way = route_to(unit, item)
    lead = book.units.get(way.lead)
    tier = Tier(request.tier) if request.tier else item.tier
    begun = beijing_day(min(request.at, request.since or request.at))
    until = beijing_day(request.at) + _CALENDAR_AHEAD
    terms = Terms(
        policy=book.version,
        tier=tier,
        day_kind=item.counted_in(tier),
        around_clock=lead.around_clock if lead else False,
        limits=book.limits,
        calendar=book.calendar.within(begun, until),
    )
    municipality = next(unit.code for unit in book.units.values() if unit.kind is UnitKind.MUNICIPALITY)
    not_dispatched = None if request.unit else item.not_dispatched
    return Plan(item.code, district, street, municipality, way, terms, not_dispatched, item.channel)


def _place(book: Book, district: str, street: str) -> tuple[str, str]:
    """The codes as they are, or refused: a street names its district, and may not name another."""
    found = book.units.get(street)
    if street and (found is None or found.kind is not UnitKind.STREET or district not in ("", found.district)):
        raise Refusal("unknown_place", district=district, street=street)
    district = found.district if found else district
    named = book.units.get(district)
    if district and (named is None or named.kind is not UnitKind.DISTRICT):
        raise Refusal("unknown_place", district=district, street=street)
    return district, street
