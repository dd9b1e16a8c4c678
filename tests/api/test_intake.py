"""Intake: one transaction, one ticket number, whatever is repeated and whoever is away."""

import asyncio
import random
from dataclasses import replace
from types import ModuleType
from typing import Any

import asyncpg
import httpx
import pytest

from api.problems import ProblemError
from api.routes import intake
from domain.actor import Role
from local.stack import Stack
from store import complaints, first_calls, terms
from store.connection import Pool, open_pool
from tests.api.door import door
from tests.api.kept import kept
from tests.city import DISTRICT, ORDINARY, STREET, City, fresh_name

SAID = {"matter": "楼道没人打扫", "item": ORDINARY, "street": STREET}


async def send(city: City, key: str | None, body: dict[str, Any], role: Role = Role.SEAT) -> httpx.Response:
    """One intake."""
    headers = await city.key(role) | ({"Idempotency-Key": key} if key else {})
    return await city.http.post("/v1/complaints", json=body, headers=headers)


async def test_a_new_complaint_gets_a_ticket_number_and_an_address(city: City) -> None:
    answer = await send(city, None, SAID)
    assert answer.status_code == 201
    taken = answer.json()
    assert answer.headers["location"] == f"/v1/complaints/{taken['ticket_no']}"
    assert taken["stage"] == "received"
    shown = await city.http.get(answer.headers["location"], headers=await city.key(Role.SEAT))
    assert shown.json()["matter"] == SAID["matter"]


async def test_a_ticket_number_begins_with_its_day_in_beijing(city: City) -> None:
    taken = (await send(city, None, SAID)).json()
    day = await city.rooms.pool.fetchval("SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD')")
    assert taken["ticket_no"].startswith(day)


async def test_the_same_key_and_body_again_is_the_same_ticket(city: City, pool: Pool) -> None:
    key = fresh_name("key")
    first = await send(city, key, SAID)
    before = await kept(pool)
    again = await send(city, key, SAID)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert await kept(pool) == before


async def test_the_same_key_with_another_body_is_refused(city: City, pool: Pool) -> None:
    key = fresh_name("key")
    await send(city, key, SAID)
    before = await kept(pool)
    other = await send(city, key, SAID | {"matter": "路灯不亮"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert await kept(pool) == before


async def test_a_key_belongs_to_who_sent_it(city: City) -> None:
    key = fresh_name("key")
    first = await send(city, key, SAID, Role.SEAT)
    second = await send(city, key, SAID, Role.FRONTEND)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["ticket_no"] != second.json()["ticket_no"]


async def test_twenty_at_once_with_one_key_are_one_complaint(city: City, pool: Pool) -> None:
    key, before = fresh_name("key"), await kept(pool)
    answers = await asyncio.gather(*(send(city, key, SAID) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.json()["ticket_no"] for answer in answers}) == 1
    after = await kept(pool)
    assert {table: after[table] - before[table] for table in ("complaints", "complainants", "inbox", "tickets")} == {
        "complaints": 1,
        "complainants": 1,
        "inbox": 1,
        "tickets": 1,
    }


async def test_two_bodies_at_once_with_one_key_are_one_complaint_and_one_refusal(city: City) -> None:
    key = fresh_name("key")
    answers = await asyncio.gather(*(send(city, key, SAID | {"matter": f"第{n}件"}) for n in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7


async def test_two_complaints_from_one_phone_are_one_complainant(city: City, pool: Pool) -> None:
    phone = {"complainant": {"phone": f"139{random.randrange(10**8):08}"}}
    before = await kept(pool)
    answers = await asyncio.gather(*(send(city, None, SAID | phone) for _ in range(6)))
    after = await kept(pool)
    assert {answer.status_code for answer in answers} == {201}
    assert (after["complaints"] - before["complaints"], after["complainants"] - before["complainants"]) == (6, 1)


async def test_r03_as_what_somebody_speaks_belongs_to_the_complaint_and_not_to_the_phone(city: City) -> None:
    phone, shown = "13900001234", list[str]()
    for kind in ("natural_person", "legal_person"):
        ticket_no = await city.keep(complainant={"phone": phone, "kind": kind})
        shown.append((await city.ticket(ticket_no))["complainant_kind"])
    assert shown == ["natural_person", "legal_person"]


@pytest.mark.parametrize(
    ("codes", "refused"),
    [
        ({"item": "999999"}, "unknown_item"),
        ({"street": "999999999"}, "unknown_place"),
        ({"street": DISTRICT}, "unknown_place"),
        ({"district": "999999"}, "unknown_place"),
        ({"district": STREET}, "unknown_place"),
        ({"district": "110108", "street": STREET}, "unknown_place"),
        ({"repeat_of": "20200101-00000001"}, "unknown_repeat"),
    ],
)
async def test_codes_that_the_policy_does_not_know_are_refused(
    city: City, pool: Pool, codes: dict[str, str], refused: str
) -> None:
    await city.key(Role.SEAT)
    before = await kept(pool)
    answer = await send(city, None, SAID | codes)
    assert (answer.status_code, answer.json()["code"]) == (422, refused)
    assert await kept(pool) == before


@pytest.mark.parametrize("fault", [ConnectionResetError, asyncpg.DiskFullError])
@pytest.mark.parametrize(("module", "step"), [(complaints, "take"), (terms, "keep")])
async def test_person_and_complaint_are_kept_together_or_not_at_all(
    city: City, pool: Pool, monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str, fault: type[Exception]
) -> None:
    async def known_after_all(*_: object, **__: object) -> None:
        return None

    async def lost(*_: object, **__: object) -> None:
        raise fault

    await city.key(Role.SEAT)
    before = await kept(pool)
    monkeypatch.setattr(first_calls, "take", known_after_all)
    monkeypatch.setattr(module, step, lost)
    answer = await send(city, None, SAID)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer.headers["retry-after"] == "3"
    assert await kept(pool) == before


async def test_a_repeat_is_answered_though_the_policy_would_refuse_it_by_now(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def changed(*_: object) -> None:
        raise ProblemError("unknown_item", item=SAID["item"])

    key = fresh_name("key")
    first = await send(city, key, SAID)
    monkeypatch.setattr(intake, "_checked", changed)
    again, other = await send(city, key, SAID), await send(city, fresh_name("key"), SAID)
    assert (again.status_code, again.json()["ticket_no"]) == (200, first.json()["ticket_no"])
    assert (other.status_code, other.json()["code"]) == (422, "unknown_item")


async def test_health_tells_what_is_up_without_a_key(city: City) -> None:
    assert (await city.http.get("/health/live")).json() == {"alive": True}
    ready = (await city.http.get("/health/ready")).json()
    assert (ready["database"], ready["engine"]) == (True, True)


async def test_without_a_database_everything_is_busy_and_nothing_breaks(city: City, stack: Stack) -> None:
    closed = await open_pool(stack.database_url)
    await closed.close()
    async with door(replace(city.rooms, pool=closed)) as http:
        answer = await http.post("/v1/complaints", json=SAID, headers=await city.key(Role.SEAT))
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert (await http.get("/health/live")).status_code == 200
        ready = await http.get("/health/ready")
        assert (ready.status_code, ready.json()["database"]) == (503, False)


async def test_a_storm_over_one_district_goes_behind_a_calm_one_that_called_later(city: City, pool: Pool) -> None:
    stormed = [await city.keep(street="110116002") for _ in range(4)]
    urgent = await city.keep(street="110116002", urgent=True)
    calm = await city.keep(street="110119001")
    in_turn = await pool.fetch(
        "SELECT ticket_no FROM inbox WHERE ticket_no = ANY ($1) ORDER BY urgency, turn_at", [*stormed, urgent, calm]
    )
    first, *others = [row["ticket_no"] for row in in_turn]
    assert first == urgent
    assert [each for each in others if each != calm] == stormed
    assert others.index(calm) < others.index(stormed[-1])
