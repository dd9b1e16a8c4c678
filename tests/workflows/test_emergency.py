"""Emergency mode: what is in its scope goes first, the rest is deferred, and afterwards all is as before (R44)."""

from collections.abc import AsyncIterator

import pytest

from domain.actor import Role
from domain.events import Closed
from tests.city import DISTRICT, City


@pytest.fixture
async def flood(city: City) -> AsyncIterator[str]:
    """An emergency in the tests' district, for items of class 01."""
    body = {"district": DISTRICT, "items": ["0103"], "tier": "2h"}
    begun = await city.http.post("/v1/emergencies", json=body, headers=await city.key(Role.BUREAU))
    assert begun.status_code == 201, begun.text
    emergency_id = begun.json()["emergency_id"]
    yield emergency_id
    await city.http.post(f"/v1/emergencies/{emergency_id}/end", headers=await city.key(Role.BUREAU))


async def test_r44_what_is_in_scope_is_urgent_and_in_the_emergencys_tier(city: City, flood: str) -> None:
    ticket = await city.ticket(await city.take_in(item="010301"))
    assert (ticket["urgent"], ticket["tier"], ticket["standing"]["emergency"]) == (True, "2h", flood)


async def test_r44_what_is_out_of_scope_is_deferred_from_assessment(city: City, flood: str) -> None:
    ticket_no = await city.take_in(item="010101")
    assert (await city.ticket(ticket_no))["standing"]["deferred"]
    await city.done(ticket_no, "withdrawal", Role.SEAT)
    assert "deferred" in (await city.last(ticket_no, Closed)).flags


async def test_r44_other_districts_are_as_always(city: City, flood: str) -> None:
    ticket = await city.ticket(await city.take_in(item="010301", district="110108", street="110108005"))
    assert ticket["standing"]["emergency"] == ""


async def test_r44_afterwards_new_complaints_are_ordinary_and_old_ones_keep_their_terms(city: City) -> None:
    key = await city.key(Role.BUREAU)
    body = {"district": DISTRICT, "items": ["0101"], "tier": "24h"}
    flood = (await city.http.post("/v1/emergencies", json=body, headers=key)).json()["emergency_id"]
    during = await city.take_in(item="010101")
    await city.http.post(f"/v1/emergencies/{flood}/end", headers=key)
    after = await city.ticket(await city.take_in(item="010101"))
    assert (await city.ticket(during))["tier"] == "24h"
    assert (after["tier"], after["urgent"], after["standing"]["emergency"]) == ("7d", False, "")


async def test_r44_two_emergencies_in_one_district_are_refused(city: City, flood: str) -> None:
    again = await city.http.post("/v1/emergencies", json={"district": DISTRICT}, headers=await city.key(Role.BUREAU))
    assert again.json()["code"] == "emergency_on"


async def test_r44_every_hour_is_counted(city: City, flood: str) -> None:
    await city.take_in(item="010301")
    answer = await city.http.get(f"/v1/emergencies/{flood}/hours", headers=await city.key(Role.BUREAU))
    assert sum(hour["in_scope"] for hour in answer.json()) == 1
