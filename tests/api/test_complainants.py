"""Several people may call from one phone: each complaint shows the name that came with it."""

import random
from typing import Any

from domain.actor import Role
from store.connection import Pool
from tests.city import City


def phone() -> str:
    """A phone that no other test uses."""
    return f"137{random.randrange(10**8):08}"


async def name(city: City, ticket_no: str) -> Any:
    """The name that a seat is shown."""
    return (await city.ticket(ticket_no))["contact"]["name"]


async def test_a_later_name_is_shown_with_its_complaint_and_the_first_one_with_the_first(city: City) -> None:
    number = phone()
    first = await city.keep(complainant={"name": "王女士", "phone": number})
    second = await city.keep(complainant={"name": "李先生", "phone": number})
    assert [await name(city, each) for each in (first, second)] == ["王女士", "李先生"]


async def test_without_a_name_it_is_the_first_that_was_given_under_the_phone(city: City) -> None:
    number = phone()
    await city.keep(complainant={"name": "王女士", "phone": number})
    assert await name(city, await city.keep(complainant={"phone": number})) == "王女士"


async def test_a_name_that_comes_later_is_not_put_on_the_complaint_that_came_without(city: City) -> None:
    number = phone()
    first = await city.keep(complainant={"phone": number})
    second = await city.keep(complainant={"name": "李先生", "phone": number})
    assert [await name(city, each) for each in (first, second)] == [None, "李先生"]


async def test_people_who_share_a_phone_are_one_complainant_and_are_erased_together(city: City, pool: Pool) -> None:
    number = phone()
    tickets = [await city.keep(complainant={"name": each, "phone": number}) for each in ("王女士", "李先生")]
    who = await pool.fetch("SELECT DISTINCT complainant_id FROM complaints WHERE ticket_no = ANY ($1)", tickets)
    assert len(who) == 1
    await pool.execute("UPDATE complainants SET wrapped_key = NULL WHERE complainant_id = $1", who[0]["complainant_id"])
    for ticket_no in tickets:
        answer = await city.http.get(f"/v1/complaints/{ticket_no}", headers=await city.key(Role.SEAT))
        assert answer.json()["contact"] is None
