"""各说各的理: the report of disputed catalogue items tells what happened to objections, and only to those above."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.actor import Role
from tests.city import City, Json

ITEM = "010104"
"""A street's duty that no other test objects to."""
HERE, THERE, FURTHER = "110112001", "110112002", "110112004"
DISTRICT = "110112"


@pytest.fixture(scope="module")
async def begun(city: City) -> datetime:
    """Before one objection upheld twice over, one rejected, one withdrawn and one pending."""
    begun = datetime.now(UTC)
    moved = await objected(city, "not_my_area")
    await decided(city, moved, upheld=True, unit=THERE)
    await city.done(moved, "objection", Role.UNIT, THERE, ground="not_my_area", note="也不在本辖区")
    await decided(city, moved, upheld=True, unit=FURTHER)
    await decided(city, await objected(city, "not_my_duty"), upheld=False)
    await city.done(await objected(city, "not_my_duty"), "withdrawal", Role.SEAT)
    await objected(city, "not_my_duty")
    return begun


async def objected(city: City, ground: str) -> str:
    """A complaint to which its lead unit has objected."""
    ticket_no = await city.take_in(item=ITEM, street=HERE, district=DISTRICT)
    await city.done(ticket_no, "objection", Role.UNIT, HERE, ground=ground, note="不属于本单位")
    return ticket_no


async def decided(city: City, ticket_no: str, **said: Any) -> None:
    """The bureau has decided."""
    await city.done(ticket_no, "objection-decision", Role.BUREAU, note="已核实", **said)


async def report(city: City, role: Role = Role.BUREAU, /, **query: Any) -> Json:
    """The report as that role is shown it."""
    answer = await city.http.get("/v1/reports/disputed-items", params=query, headers=await city.key(role))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def row(city: City, begun: datetime, **query: Any) -> Json | None:
    """The report's row about ITEM."""
    found = await report(city, **{"from": begun.isoformat()}, **query)
    return next((each for each in found["items"] if each["item"] == ITEM), None)


async def test_an_item_is_told_with_grounds_decisions_and_who_got_the_case(city: City, begun: datetime) -> None:
    told = await row(city, begun)
    assert told is not None
    names = {
        unit["code"]: unit["name"]
        for unit in (await city.http.get("/v1/units", headers=await city.key(Role.SEAT))).json()
    }

    def told_of(*units: tuple[str, int]) -> list[Json]:
        return [{"unit": unit, "unit_name": names[unit], "times": times} for unit, times in units]

    assert told == {
        "item": ITEM,
        "item_name": "小区公共照明损坏",
        "unit_kind": "street",
        "objections": 5,
        "objected_by": told_of((HERE, 4), (THERE, 1)),
        "not_my_duty": 3,
        "not_my_area": 2,
        "upheld": 2,
        "rejected": 1,
        "overtaken": 1,
        "pending": 1,
        "bounced_to": told_of((THERE, 1), (FURTHER, 1)),
        "designated": 1,
    }


async def test_only_objections_of_the_period_are_told(city: City, begun: datetime) -> None:
    long_ago = {"from": "2020-01-01T00:00:00Z", "to": (begun - timedelta(seconds=1)).isoformat()}
    assert ITEM not in [each["item"] for each in (await report(city, **long_ago))["items"]]
    assert await row(city, begun, to="2099-01-01T00:00:00Z") is not None


async def test_without_a_period_it_is_the_last_thirty_days(city: City, begun: datetime) -> None:
    told = await report(city)
    span = datetime.fromisoformat(told["end"]) - datetime.fromisoformat(told["begin"])
    assert span == timedelta(days=30)
    assert ITEM in [each["item"] for each in told["items"]]


async def test_a_period_that_ends_before_it_begins_is_refused(city: City) -> None:
    query = {"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}
    answer = await city.http.get("/v1/reports/disputed-items", params=query, headers=await city.key(Role.BUREAU))
    assert (answer.status_code, answer.json()["code"]) == (422, "period_empty")


@pytest.mark.parametrize("role", [Role.SEAT, Role.UNIT, Role.FRONTEND])
async def test_seats_and_units_are_not_told(city: City, role: Role) -> None:
    answer = await city.http.get("/v1/reports/disputed-items", headers=await city.key(role, HERE))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
