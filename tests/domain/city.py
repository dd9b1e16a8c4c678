"""The shipped policy as the domain tests use it: units, limits and calendar of the newest book, and plain instants."""

import functools
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from domain.actor import Actor, Role
from domain.calendar import BEIJING, Calendar
from domain.catalogue import DayKind, Duty, Item, NotDispatched, Tier
from domain.deadlines import Clockwork
from domain.dispatch import route, route_to
from domain.limits import Limits
from domain.repeat import SAID
from domain.terms import Terms
from domain.triage import Kind, Near, Plan, Triage
from rulebook.book import Book
from rulebook.files import load

STREET, DISTRICT = "110105012", "110105"
OTHER_STREET, OTHER_DISTRICT = "110108005", "110108"
DEPARTMENT, OTHER_DEPARTMENT, ENTERPRISE = "D-ZJW", "D-SHWJ", "E-ZLS"
CITY, LIAISON, PLATFORM, SISTER = "M-GOV", "M-LIAISON", "P-WM", "S-TJ"
OTHER_TICKET = "202603010000009"

SEAT = Actor(Role.SEAT, "seat-1")
BUREAU = Actor(Role.BUREAU, "bureau-1", "M-BUREAU")
COMPLAINANT = Actor(Role.FRONTEND, "app")

Instant = str | datetime


def when(instant: Instant) -> datetime:
    """`2026-03-02 10:00`, in Beijing."""
    if isinstance(instant, datetime):
        return instant
    return datetime.fromisoformat(instant).replace(tzinfo=BEIJING)


MONDAY = when("2026-03-02 10:00")
"""The Monday on which most tests begin: a plain working week, and no holiday before 清明节 on 4 April."""


def actor(unit: str) -> Actor:
    """Somebody who acts for `unit`."""
    return Actor(Role.UNIT, f"key-{unit}", unit)


@functools.cache
def book() -> Book:
    """The newest book of the shipped policy."""
    return load(Path(__file__).resolve().parents[2] / "policy")[-1]


def calendar() -> Calendar:
    """2024, 2025 and 2026 as the State Council published them."""
    return book().calendar


def known_in(year: int) -> Calendar:
    """The same, as far as it was published when `year` began."""

    def known(days: frozenset[date]) -> frozenset[date]:
        return frozenset(day for day in days if day.year <= year)

    whole = calendar()
    years = frozenset(each for each in whole.published_years if each <= year)
    return Calendar(known(whole.days_off), known(whole.make_up_days), years)


def limits() -> Limits:
    """The shipped limits."""
    return book().limits


def closing_at_six() -> Limits:
    """The shipped limits, but a period counted in days ends at the close of business."""
    return replace(limits(), service_hours=replace(limits().service_hours, days_end_at_close=True))


def terms(
    tier: Tier = Tier.DAYS_7,
    day_kind: DayKind = DayKind.ELAPSED,
    *,
    around_clock: bool = False,
    of: Limits | None = None,
) -> Terms:
    """Terms of the shipped policy, or under other limits."""
    return Terms(book().version, tier, day_kind, around_clock, of or limits(), calendar())


def clockwork(day_kind: DayKind = DayKind.ELAPSED, *, around_clock: bool = False) -> Clockwork:
    """How spans become instants under the shipped policy."""
    return terms(day_kind=day_kind, around_clock=around_clock).clockwork


def an_item(
    duty: Duty = Duty.STREET, *, owner: str = "", not_dispatched: NotDispatched | None = None, channel: str = ""
) -> Item:
    """A catalogue item of the given duty."""
    return Item(
        "010101",
        "物业管理",
        "物业服务",
        "物业服务不到位",
        duty,
        Tier.DAYS_7,
        DayKind.ELAPSED,
        owner=owner,
        not_dispatched=not_dispatched,
        channel=channel,
    )


def a_plan(
    item: Item | None = None,
    *,
    district: str = DISTRICT,
    street: str = STREET,
    unit: str = "",
    under: Terms | None = None,
) -> Plan:
    """What the shipped units make of an item at a place, or of a unit that a person named."""
    item, units = item or an_item(), book().units
    way = route_to(units[unit], item) if unit else route(item, district, street, units)
    told = None if unit else item.not_dispatched
    return Plan(item.code, district, street, CITY, way, under or terms(), told, item.channel)


def a_triage(
    plan: Plan | None = None, *, confidence: int = 1000, answered: bool = False, near: Near | None = None
) -> Triage:
    """A classifier's proposal, sure of itself unless said otherwise."""
    return Triage(Kind.COMPLAINT, False, confidence, "model-1", plan or a_plan(), answered, near=near)


def a_near(
    main: str = OTHER_TICKET, *, is_open: bool, stated: bool = True, same: bool = True, score: int = SAID
) -> Near:
    """Another ticket about the same matter, which a seat has named unless said otherwise."""
    return Near(main, same, score, is_open, stated)
