"""R7, R8: lines with seats of their own. What comes in on the minors' line does not exist for other seats."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api.lines import MINORS_SEATS
from api.permissions import GRANTED, Permission
from domain.actor import Role
from store.connection import Pool
from tests.api.kept import kept
from tests.api.own import own
from tests.api.test_doors import FAR, ROUTES, ask, code
from tests.city import DISTRICT, STREET, City, Json

PHONE = "13833334444"
OUTSIDERS = [(Role.SEAT, ""), (Role.SEAT, "M-ENTERPRISE"), (Role.FRONTEND, ""), (Role.FRONTEND, MINORS_SEATS)]
INSIDERS = [
    (Role.SEAT, MINORS_SEATS),
    (Role.UNIT, STREET),
    (Role.UNIT, DISTRICT),
    (Role.BUREAU, "M-BUREAU"),
    (Role.MUNICIPALITY, "M-GOV"),
    (Role.ADMIN, ""),
]
OF_ONE_TICKET = [route for route in ROUTES if "{ticket_no}" in route[1]]


async def until_taken_up(city: City, ticket_no: str) -> str:
    """The complaint once it stands before its units, seen by a seat of its line."""
    await city.bring(ticket_no, "intake")
    await city.told(ticket_no)
    await city.rooms.delivery.settled()  # or its note would fall between the two counts of the first test
    return ticket_no


@pytest.fixture(scope="module")
async def minors(city: City) -> str:
    """A complaint of the minors' line, before STREET."""
    return await until_taken_up(city, await city.keep(line="minors", complainant={"phone": PHONE}))


@pytest.fixture(scope="module")
async def enterprise(city: City) -> str:
    """A complaint of the enterprise line."""
    return await until_taken_up(city, await city.keep(line="enterprise"))


async def listed(city: City, role: Role, unit: str = "", /, **query: Any) -> list[str]:
    """Ticket numbers of the newest tickets as that actor is shown them."""
    headers = await city.key(role, unit)
    answer = await city.http.get("/v1/complaints", params={"limit": 200, **query}, headers=headers)
    assert answer.status_code == 200, answer.text
    return [ticket["ticket_no"] for ticket in answer.json()["tickets"]]


@pytest.mark.parametrize(("method", "path", "permission"), OF_ONE_TICKET)
async def test_r08_a_ticket_of_the_minors_line_is_shut_to_every_other_seat_and_frontend(
    city: City, pool: Pool, minors: str, method: str, path: str, permission: Permission
) -> None:
    for role, unit in OUTSIDERS:
        if permission in GRANTED[role]:
            headers = await city.key(role, unit)
            before = await kept(pool)
            answer = await ask(city, method, path, minors, headers)
            assert (answer.status_code, code(answer)) == (403, "not_your_ticket"), (role, unit)
            assert await kept(pool) == before


@pytest.mark.parametrize(("role", "unit"), INSIDERS)
async def test_r08_its_own_seats_the_units_involved_and_those_above_read_it(
    city: City, minors: str, role: Role, unit: str
) -> None:
    answer = await city.http.get(f"/v1/complaints/{minors}", headers=await city.key(role, unit))
    assert (answer.status_code, answer.json()["line"]) == (200, "minors")
    assert minors in await listed(city, role, unit)


@pytest.mark.parametrize(("role", "unit"), [*OUTSIDERS, (Role.UNIT, FAR)])
async def test_r08_lists_leave_it_out_for_everybody_else(city: City, minors: str, role: Role, unit: str) -> None:
    assert minors not in await listed(city, role, unit)
    assert await listed(city, role, unit, line="minors") == []


async def test_r08_a_page_stays_full_when_tickets_are_left_out(city: City) -> None:
    for line in ("minors", "ordinary", "minors", "ordinary", "minors"):
        await city.keep(line=line)
    assert len(await listed(city, Role.SEAT, limit=2)) == 2


async def test_r08_its_own_seats_act_on_it(city: City) -> None:
    ticket_no = await until_taken_up(city, await city.keep(line="minors"))
    seat = await city.act(ticket_no, "supplement", Role.SEAT, MINORS_SEATS, note="孩子改由奶奶照看")
    unit = await city.act(ticket_no, "sign-in", Role.UNIT, STREET)
    assert (seat.status_code, unit.status_code) == (200, 200)


async def test_r08_its_complainant_follows_it_like_any_other(city: City, minors: str) -> None:
    assert (await own(city, minors, PHONE)).status_code == 200


async def told(city: City, role: Role, unit: str = "") -> set[str]:
    """Tickets that notices to that actor name."""
    headers = await city.key(role, unit)
    page: Json = (await city.http.get("/v1/notices?limit=500&since=2026-01-01T00:00:00Z", headers=headers)).json()
    return {notice["ticket_no"] for notice in page["notices"]}


async def test_r08_notices_to_the_centre_name_it_to_its_own_seats_alone(city: City, pool: Pool) -> None:
    fresh = await until_taken_up(city, await city.keep(line="minors"))
    queued = "INSERT INTO outbox (ticket_no, key, audience, kind, created_at) VALUES ($1, 'k', 'centre', 'X', $2)"
    await pool.execute(queued, fresh, datetime(2026, 1, 2, tzinfo=UTC))
    assert fresh not in await told(city, Role.SEAT)
    assert fresh in await told(city, Role.SEAT, MINORS_SEATS)
    assert fresh in await told(city, Role.ADMIN)


async def test_r08_a_repeat_of_it_is_unknown_to_who_may_not_read_it(city: City, pool: Pool, minors: str) -> None:
    body = {"matter": "同一件事", "repeat_of": minors}
    for unit, status in (("", 422), (MINORS_SEATS, 201)):
        answer = await city.http.post("/v1/complaints", json=body, headers=await city.key(Role.SEAT, unit))
        assert answer.status_code == status, answer.text
        assert status == 201 or answer.json()["code"] == "unknown_repeat"


async def test_r07_the_enterprise_line_is_a_list_of_its_own_and_open_to_every_seat(
    city: City, enterprise: str, minors: str
) -> None:
    for unit in ("", "M-ENTERPRISE", MINORS_SEATS):
        assert enterprise in await listed(city, Role.SEAT, unit)
        assert enterprise in await listed(city, Role.SEAT, unit, line="enterprise")
        assert enterprise not in await listed(city, Role.SEAT, unit, line="ordinary")
    assert minors in await listed(city, Role.SEAT, MINORS_SEATS, line="minors")
    assert enterprise not in await listed(city, Role.SEAT, MINORS_SEATS, line="minors")


async def test_r07_a_rare_line_is_found_by_its_index(pool: Pool) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL enable_seqscan = off")
        plan = await connection.fetch(
            "EXPLAIN SELECT ticket_no FROM tickets WHERE line = 'enterprise' ORDER BY ticket_no DESC LIMIT 50"
        )
    assert any("line" in row[0] and "Index" in row[0] for row in plan), [row[0] for row in plan]
