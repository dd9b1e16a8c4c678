"""A year's calendar is published while complaints lean on a guess of it (rules §5)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from activities.contracts import PlanRequest
from activities.planner import planned
from domain.actor import Role
from domain.calendar import BEIJING, beijing_day
from domain.events import Dispatched, Replanned, ReworkOrdered
from rulebook.book import Book
from store import policy
from tests.city import MUNICIPALITY, STREET, City
from tests.workflows.lives import BAD, agree
from workers import replanning
from workers.replanning import replan_all

WORKING_DAYS = "010201"
"""A street's duty of 15 working days."""


async def _apply(city: City, book: Book) -> str:
    """Apply a version for a day long ago, so that no other test goes by it; its version."""
    await policy.apply(city.rooms.pool, book.version, date(2020, 1, 1), book.to_json(), "test")
    return book.version


def _with(book: Book, days_off: set[date], years: set[int]) -> Book:
    calendar = replace(
        book.calendar,
        days_off=book.calendar.days_off | days_off,
        published_years=frozenset(book.calendar.published_years | years),
    )
    return Book.made_of(
        book.effective_from, book.limits, book.words, book.items, book.units, calendar, book.channels, book.house
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else looks again in a test."""
    monkeypatch.setattr(replanning, "_OTHERS_LOOK_AGAIN", 0.0)


async def _provisional(city: City) -> tuple[str, Dispatched]:
    """A complaint whose limit is marked as leaning on a year that is not published."""
    ticket_no = await city.take_in(item=WORKING_DAYS)
    return ticket_no, await city.last(ticket_no, Dispatched)


@pytest.mark.usefixtures("quick")
async def test_a_limit_in_a_published_year_is_left_alone(city: City) -> None:
    ticket_no, sent = await _provisional(city)
    assert not sent.provisional, "this test and the next two need another date once 2026 is over"
    book = await city.rooms.shelf.in_force(beijing_day(datetime.now(UTC)))
    await replan_all(city.rooms.pool, await _apply(city, _with(book, {date(2027, 1, 1)}, {2027})))
    assert datetime.fromisoformat((await city.hear(ticket_no))["due"]) == sent.due
    assert "Replanned" not in await city.kinds(ticket_no)


@pytest.mark.usefixtures("quick")
async def test_who_handles_by_a_new_calendar_goes_on_by_it_be_it_the_municipality(city: City) -> None:
    ticket_no, sent = await _provisional(city)
    await city.done(ticket_no, "sign-in", Role.UNIT, sent.lead)
    await city.done(ticket_no, "escalation", Role.UNIT, sent.lead, level="municipality", note="需市级协调")
    await city.done(ticket_no, "opinion", Role.MUNICIPALITY, MUNICIPALITY, opinion="take_over", note="由市里办理")
    await city.done(ticket_no, "sign-in", Role.UNIT, MUNICIPALITY)
    for _ in range(2):
        ask = {"ground": "construction", "days": 10, "note": "施工"}
        await city.done(ticket_no, "extension-request", Role.UNIT, MUNICIPALITY, **ask)
        await city.done(ticket_no, "extension-decision", Role.SEAT, granted=True)
    if not (await city.ticket(ticket_no))["standing"]["provisional"]:
        pytest.skip("two extensions from today do not reach the year that is not published")
    today = beijing_day(datetime.now(UTC))
    off = {date(2027, 1, 1)} | {today + timedelta(days=ahead) for ahead in range(1, 8)}
    book = _with(await city.rooms.shelf.in_force(today), off, {2027})
    await replan_all(city.rooms.pool, await _apply(city, book))
    await city.hear(ticket_no)
    await city.last(ticket_no, Replanned)
    await city.done(ticket_no, "report-done", Role.UNIT, MUNICIPALITY, done_as="resolved", note="已办理")
    await city.done(ticket_no, "callback", Role.SEAT, reached=True, **BAD)
    again = await city.last(ticket_no, ReworkOrdered)
    plan = planned(book, PlanRequest(ticket_no, again.since, WORKING_DAYS, "", STREET))
    assert again.due == plan.terms.rework_due(again.since), "seven days off from tomorrow count for the rework too"
    await agree(city, ticket_no)


@pytest.mark.usefixtures("quick")
async def test_an_extension_into_the_unpublished_year_moves_when_it_is_published(city: City) -> None:
    ticket_no, sent = await _provisional(city)
    lead = sent.lead
    await city.done(ticket_no, "sign-in", Role.UNIT, lead)
    for _ in range(2):
        await city.done(ticket_no, "extension-request", Role.UNIT, lead, ground="construction", days=10, note="施工")
        await city.done(ticket_no, "extension-decision", Role.SEAT, granted=True)
    before = await city.ticket(ticket_no)
    if not before["standing"]["provisional"]:
        pytest.skip("two extensions from today do not reach the year that is not published")
    off = {date(2027, 1, 1)} | {beijing_day(datetime.fromisoformat(before["due"]) - timedelta(seconds=1))}
    book = await city.rooms.shelf.in_force(beijing_day(datetime.now(UTC)))
    version = await _apply(city, _with(book, off, {2027}))
    assert await replan_all(city.rooms.pool, version) >= 1
    after = await city.hear(ticket_no)
    moved = await city.last(ticket_no, Replanned)
    assert datetime.fromisoformat(after["due"]) > datetime.fromisoformat(before["due"])
    assert (after["standing"]["provisional"], moved.calendar) == (False, version)
    assert moved.due.astimezone(BEIJING) == datetime.fromisoformat(after["due"])
    await agree(city, ticket_no)
