"""What is planned when the policy has changed under a complaint."""

from dataclasses import replace
from datetime import date, datetime
from typing import cast

from activities.contracts import PlanRequest
from activities.planner import Planner, planned
from domain.calendar import BEIJING
from rulebook.book import Book
from rulebook.files import load
from rulebook.shelf import Shelf
from tests.city import STREET
from tests.conftest import ROOT

BOOK = load(ROOT / "policy")[-1]
ITEM, DISTRICT = "010201", STREET[:6]
"""A street's duty of 15 working days."""
BEGUN, LATER = datetime(2026, 12, 28, 10, tzinfo=BEIJING), datetime(2027, 1, 4, 9, tzinfo=BEIJING)


class _Books:
    """A shelf of two."""

    def __init__(self, today: Book, before: Book) -> None:
        self._today, self._before = today, before

    async def in_force(self, _day: date) -> Book:
        return self._today

    async def version(self, name: str) -> Book:
        assert name == self._before.version
        return self._before


def _without_item() -> Planner:
    today = replace(BOOK, items={code: item for code, item in BOOK.items.items() if code != ITEM})
    return Planner(cast(Shelf, _Books(today, BOOK)))


def _with_new_year() -> Book:
    calendar = BOOK.calendar
    days_off, years = calendar.days_off | {date(2027, 1, 1)}, calendar.published_years | {2027}
    return replace(BOOK, calendar=replace(calendar, days_off=days_off, published_years=frozenset(years)))


def test_a_limit_is_counted_again_with_the_days_off_that_have_passed_since_it_began() -> None:
    book = _with_new_year()
    then = planned(book, PlanRequest("t", BEGUN, ITEM, DISTRICT, STREET)).terms
    now = planned(book, PlanRequest("t", LATER, ITEM, DISTRICT, STREET, since=BEGUN)).terms
    forgetful = planned(book, PlanRequest("t", LATER, ITEM, DISTRICT, STREET)).terms
    assert now.handling_due(BEGUN) == then.handling_due(BEGUN)
    assert forgetful.handling_due(BEGUN) != then.handling_due(BEGUN), "the day off matters here"


async def test_a_complaint_whose_item_has_left_the_catalogue_is_decided_on_by_the_one_that_knows_it() -> None:
    asked = PlanRequest("t", LATER, ITEM, DISTRICT, STREET, unit=DISTRICT, known=BOOK.version)
    told = await _without_item().plan(asked)
    assert told.plan is not None, told.code
    assert (told.plan.item, told.plan.route.lead, told.plan.terms.policy) == (ITEM, DISTRICT, BOOK.version)


async def test_what_a_seat_names_anew_has_to_be_in_the_policy_in_force() -> None:
    told = await _without_item().plan(PlanRequest("t", LATER, ITEM, DISTRICT, STREET))
    assert (told.plan, told.code) == (None, "unknown_item")
