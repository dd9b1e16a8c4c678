"""Lists: paged without gaps or doubles, narrowed by every filter, and units see only what is before them."""

from datetime import timedelta
from typing import Any

import pytest

from domain.actor import Role
from tests.city import DISTRICT, STREET, City, Json

QUIET = "110109104"
"""A street of another district that no other test sends anything to."""
QUIET_DISTRICT = "110109"
ITEM = "010106"
STREETS_DUTY = "010105"


async def listed(city: City, role: Role = Role.SEAT, by: str = "", /, **query: Any) -> list[Json]:
    """All tickets of a list, followed page by page."""
    found: list[Json] = []
    cursor: str | None = None
    while True:
        asked = query | ({"cursor": cursor} if cursor else {})
        answer = await city.http.get("/v1/complaints", params=asked, headers=await city.key(role, by))
        assert answer.status_code == 200, answer.text
        found += answer.json()["tickets"]
        cursor = answer.json()["next"]
        if cursor is None:
            return found


def numbers(found: list[Json]) -> list[str]:
    """Ticket numbers in the order of a list."""
    return [ticket["ticket_no"] for ticket in found]


@pytest.fixture(scope="module")
async def quiet(city: City) -> list[str]:
    """Seven complaints before QUIET, oldest first."""
    return [await city.take_in(street=QUIET, district=QUIET_DISTRICT, item=STREETS_DUTY) for _ in range(7)]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 200])
async def test_pages_of_any_size_tell_every_ticket_once_newest_first(city: City, quiet: list[str], limit: int) -> None:
    assert numbers(await listed(city, unit=QUIET, limit=limit)) == quiet[::-1]


async def test_a_ticket_that_comes_in_between_pages_disturbs_nothing(city: City, quiet: list[str]) -> None:
    headers = await city.key(Role.SEAT)
    first = (await city.http.get(f"/v1/complaints?lead={QUIET}&limit=3", headers=headers)).json()
    await city.take_in(street=QUIET)
    second = (
        await city.http.get(f"/v1/complaints?lead={QUIET}&limit=200&cursor={first['next']}", headers=headers)
    ).json()
    quiet_first = [number for number in quiet[::-1] if number not in numbers(first["tickets"])]
    assert numbers(second["tickets"])[: len(quiet_first)] == quiet_first
    assert not set(numbers(first["tickets"])) & set(numbers(second["tickets"]))


async def test_the_last_page_has_no_next(city: City, quiet: list[str]) -> None:
    answer = await city.http.get(f"/v1/complaints?unit={QUIET}&limit=200", headers=await city.key(Role.SEAT))
    assert answer.json()["next"] is None


async def test_a_cursor_before_all_tickets_gives_an_empty_page(city: City) -> None:
    answer = await city.http.get("/v1/complaints?cursor=20200101-00000001", headers=await city.key(Role.SEAT))
    assert answer.json() == {"tickets": [], "next": None}


async def test_a_list_is_narrowed_by_lead_district_item_and_stage(city: City, quiet: list[str]) -> None:
    for query in (
        {"lead": QUIET},
        {"district": QUIET_DISTRICT, "lead": QUIET},
        {"unit": QUIET_DISTRICT},
        {"item": STREETS_DUTY, "lead": QUIET},
        {"stage": "handling", "lead": QUIET},
        {"overdue": "false", "lead": QUIET},
        {"due_before": "2099-01-01T00:00:00+08:00", "lead": QUIET},
    ):
        assert set(quiet) <= set(numbers(await listed(city, **query))), query
    for query in (
        {"lead": STREET},
        {"district": DISTRICT},
        {"item": ITEM},
        {"stage": "callback"},
        {"overdue": "true"},
        {"due_before": "2001-01-01T00:00:00+08:00"},
    ):
        assert not set(quiet) & set(numbers(await listed(city, **query))), query


async def test_every_ticket_of_a_narrowed_list_fits_the_filter(city: City, quiet: list[str]) -> None:
    assert {ticket["lead"] for ticket in await listed(city, lead=STREET)} <= {STREET}
    assert {ticket["stage"] for ticket in await listed(city, stage="handling")} <= {"handling"}
    assert {ticket["district"] for ticket in await listed(city, district=QUIET_DISTRICT)} == {QUIET_DISTRICT}
    assert {ticket["item"] for ticket in await listed(city, item=STREETS_DUTY)} == {STREETS_DUTY}


async def test_a_unit_sees_what_is_before_it_and_nothing_else(city: City, quiet: list[str]) -> None:
    elsewhere = await city.take_in()
    seen = await listed(city, Role.UNIT, QUIET)
    assert set(quiet) <= set(numbers(seen))
    assert elsewhere not in numbers(seen)
    assert all(QUIET in ticket["units"] for ticket in seen)


async def test_a_unit_cannot_ask_for_anothers_list(city: City, quiet: list[str]) -> None:
    seen = await listed(city, Role.UNIT, QUIET, unit=STREET)
    assert numbers(seen) == numbers(await listed(city, Role.UNIT, QUIET))


async def test_the_district_sees_what_its_street_handles(city: City, quiet: list[str]) -> None:
    assert set(quiet) <= set(numbers(await listed(city, Role.UNIT, QUIET_DISTRICT)))


async def test_a_unit_whose_objection_was_upheld_does_not_see_the_ticket_any_more(city: City) -> None:
    ticket_no = await city.take_in(street=QUIET)
    await city.done(ticket_no, "objection", Role.UNIT, QUIET, ground="not_my_duty", note="不属于我单位职责")
    await city.done(ticket_no, "objection-decision", Role.BUREAU, upheld=True, unit=STREET, note="改由麦子店街道办理")
    assert ticket_no not in numbers(await listed(city, Role.UNIT, QUIET, limit=2))
    assert ticket_no in numbers(await listed(city, Role.UNIT, STREET))
    assert await city.refused(ticket_no, "sign-in", Role.UNIT, QUIET) == "not_your_ticket"


async def test_a_list_shows_no_words_and_no_contact(city: City, quiet: list[str]) -> None:
    for ticket in await listed(city, lead=QUIET):
        assert not {"matter", "point", "contact", "community", "attachments"} & set(ticket)


async def test_units_and_items_are_those_of_the_policy_in_force(city: City) -> None:
    headers = await city.key(Role.SEAT)
    units = (await city.http.get("/v1/units", headers=headers)).json()
    districts = (await city.http.get("/v1/units?kind=district", headers=headers)).json()
    items = (await city.http.get("/v1/catalogue", headers=headers)).json()
    assert [unit["code"] for unit in units] == sorted(unit["code"] for unit in units)
    assert len(districts) == 17
    assert len([unit for unit in units if unit["kind"] == "street"]) == 343
    assert STREETS_DUTY in {item["code"] for item in items}


@pytest.fixture(scope="module")
async def pressed(city: City) -> str:
    """A street that did nothing about a complaint for eight days, and was told so again and again."""
    await city.skip(await city.take_in(street="110109105"), timedelta(days=8))
    return "110109105"


@pytest.mark.parametrize("limit", [1, 2, 500])
async def test_notices_are_told_once_each_whatever_the_page(city: City, pressed: str, limit: int) -> None:
    headers = await city.key(Role.UNIT, pressed)
    told: list[str] = []
    cursor = "0"
    while True:
        query = {"cursor": cursor, "limit": limit}
        page = (await city.http.get("/v1/notices", params=query, headers=headers)).json()
        if not page["notices"]:
            break
        told += [f"{notice['ticket_no']}/{notice['key']}" for notice in page["notices"]]
        cursor = page["next"]
    queued = await city.rooms.pool.fetch("SELECT ticket_no, key, created_at FROM outbox WHERE audience = $1", pressed)
    assert sorted(told) == sorted(f"{record['ticket_no']}/{record['key']}" for record in queued)
    assert len({record["created_at"] for record in queued}) < len(queued), "some were queued at the same instant"


async def test_a_unit_is_told_its_own_notices_only(city: City) -> None:
    await city.take_in()
    page = (await city.http.get("/v1/notices?limit=500", headers=await city.key(Role.UNIT, STREET))).json()
    assert page["notices"]
    audiences = {
        await city.rooms.pool.fetchval(
            "SELECT audience FROM outbox WHERE ticket_no = $1 AND key = $2", notice["ticket_no"], notice["key"]
        )
        for notice in page["notices"]
    }
    assert audiences == {STREET}
