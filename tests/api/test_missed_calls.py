"""Missed calls over HTTP (R9): none is lost, nobody is called twice, and each is returned by who may see it."""

import asyncio
import random
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from domain.actor import Role
from store import erasures, inbox
from store.connection import Pool
from tests.api.kept import kept
from tests.city import City, Json, fresh_name

MINORS = "M-MINORS"


def phone() -> str:
    """A number that nobody else has."""
    return f"137{random.randrange(10**8):08}"


def body(**more: object) -> Json:
    """A call that was missed ten minutes ago."""
    return {"phone": phone(), "called_at": (datetime.now(UTC) - timedelta(minutes=10)).isoformat()} | more


async def take(city: City, said: Json, key: str | None = None, role: Role = Role.FRONTEND) -> httpx.Response:
    """One missed call."""
    headers = await city.key(role) | ({"Idempotency-Key": key} if key else {})
    return await city.http.post("/v1/missed-calls", json=said, headers=headers)


async def missed(city: City, **more: object) -> str:
    """The number of a missed call that was taken in."""
    answer = await take(city, body(**more))
    assert answer.status_code == 201, answer.text
    return answer.json()["code"]


async def read(city: City, code: str, unit: str = "") -> httpx.Response:
    """A missed call as a seat reads it."""
    return await city.http.get(f"/v1/missed-calls/{code}", headers=await city.key(Role.SEAT, unit))


async def listed(city: City, unit: str = "", **query: str) -> list[Json]:
    """What a seat is to call back."""
    answer = await city.http.get(
        "/v1/missed-calls", params={"limit": 200, **query}, headers=await city.key(Role.SEAT, unit)
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def tell(
    city: City, code: str, outcome: str, ticket_no: str = "", unit: str = "", key: str | None = None
) -> httpx.Response:
    """What an attempt came to."""
    headers = await city.key(Role.SEAT, unit) | ({"Idempotency-Key": key} if key else {})
    said = {"outcome": outcome, "ticket_no": ticket_no}
    return await city.http.post(f"/v1/missed-calls/{code}/outcome", json=said, headers=headers)


def refused(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["code"]


async def test_r09_a_missed_call_gets_a_number_and_a_limit(city: City, pool: Pool) -> None:
    said = body()
    answer = await take(city, said)
    assert answer.status_code == 201
    taken = answer.json()
    assert answer.headers["location"] == f"/v1/missed-calls/{taken['code']}"
    assert datetime.fromisoformat(taken["due"]) == datetime.fromisoformat(said["called_at"]) + timedelta(minutes=30)
    command = await inbox.read(pool, taken["code"], "taken")
    assert command is not None, "what was answered is on its way to the engine"
    assert (command.action, command.urgency) == ("duty", 3)


async def test_r09_the_phone_is_sealed_and_shown_to_a_seat_which_is_noted(city: City, pool: Pool) -> None:
    number = phone()
    code = await missed(city, phone=number)
    row = await pool.fetchrow(
        "SELECT * FROM missed_calls JOIN complainants USING (complainant_id) WHERE code = $1", code
    )
    assert number not in str(dict(row or {}))
    assert number not in str(await listed(city))
    assert (await read(city, code)).json()["phone"] == number
    assert await pool.fetchval("SELECT what FROM views WHERE ticket_no = $1", code) == ["contact"]


async def test_r09_the_same_key_and_body_again_is_the_same_call(city: City, pool: Pool) -> None:
    key, said = fresh_name("key"), body()
    first = await take(city, said, key)
    before = await kept(pool)
    again = await take(city, said, key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert refused(await take(city, body(), key)) == (409, "idempotency_key_reused")
    assert await kept(pool) == before


async def test_r09_ten_at_once_with_one_key_are_one_call(city: City, pool: Pool) -> None:
    key, said = fresh_name("key"), body()
    await city.key(Role.FRONTEND)
    before = await kept(pool)
    answers = await asyncio.gather(*(take(city, said, key) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [201]
    after = await kept(pool)
    moved = {table: after[table] - before[table] for table in ("missed_calls", "complainants", "inbox")}
    assert moved == {"missed_calls": 1, "complainants": 1, "inbox": 1}


async def test_r09_who_calls_again_is_called_back_once_and_as_soon_as_either_asks(city: City) -> None:
    number = phone()
    first = await missed(city, phone=number)
    due = next(each["due"] for each in await listed(city) if each["code"] == first)
    second = (await take(city, body(phone=number, urgent=True))).json()
    assert second["main"] == first
    [waiting] = [each for each in await listed(city) if each["code"] in (first, second["code"])]
    assert (waiting["calls"], waiting["urgent"]) == (2, True)
    assert waiting["due"] < due
    assert refused(await tell(city, second["code"], "wrong_number")) == (409, "call_finished")


async def test_r09_eight_calls_of_one_person_at_once_are_returned_once(city: City) -> None:
    number = phone()
    answers = await asyncio.gather(*(take(city, body(phone=number)) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    codes = {answer.json()["code"] for answer in answers}
    [waiting] = [each for each in await listed(city) if each["code"] in codes]
    assert waiting["calls"] == 8


async def test_r09_who_calls_after_being_reached_is_called_back_again(city: City) -> None:
    number = phone()
    first = await missed(city, phone=number)
    assert (await tell(city, first, "reached", await city.keep())).status_code == 200
    assert (await take(city, body(phone=number))).json()["main"] == ""


async def test_r09_who_calls_again_and_is_heard_is_not_called_back(city: City, pool: Pool) -> None:
    number = phone()
    code = await missed(city, phone=number)
    ticket_no = await city.keep(complainant={"phone": number})
    settled = (await read(city, code)).json()
    assert (settled["state"], settled["ticket_no"]) == ("called_again", ticket_no)
    assert code not in {each["code"] for each in await listed(city)}
    assert await inbox.read(pool, code, f"heard in {ticket_no}") is not None, "its duty looks again"
    assert refused(await tell(city, code, "not_reached")) == (409, "call_finished")


async def test_r09_who_is_called_back_and_taken_in_counts_as_reached(city: City) -> None:
    number = phone()
    code = await missed(city, phone=number)
    ticket_no = await city.keep(complainant={"phone": number})
    done = (await tell(city, code, "reached", ticket_no)).json()
    assert (done["state"], [each["outcome"] for each in done["attempts"]]) == ("reached", ["reached"])


@pytest.mark.parametrize(
    "said",
    [
        {"channel": "wechat"},  # nobody has spoken with them
        {"channel": "merged_hotline", "origin": "H-12315"},
        {"line": "minors"},
        {"complainant": {"phone": "13600000000"}},
    ],
)
async def test_r09_only_who_is_heard_on_the_same_line_is_settled(city: City, said: Json) -> None:
    number = phone()
    code = await missed(city, phone=number)
    await city.keep(**{"complainant": {"phone": number}} | said)
    assert (await read(city, code)).json()["state"] == "open"


async def test_r09_minors_and_danger_stand_before_those_that_are_due_earlier(city: City) -> None:
    early = await missed(city, called_at=(datetime.now(UTC) - timedelta(days=2)).isoformat())
    urgent = await missed(city, urgent=True)
    minor = await missed(city, line="minors")
    codes = [each["code"] for each in await listed(city, MINORS)]
    assert max(codes.index(urgent), codes.index(minor)) < codes.index(early)
    assert next(each["late"] for each in await listed(city) if each["code"] == early) is True


async def test_r08_a_missed_call_of_a_minor_is_for_the_seats_of_that_line_alone(city: City, pool: Pool) -> None:
    code = await missed(city, line="minors")
    ordinary = await missed(city)
    assert code not in {each["code"] for each in await listed(city)}
    assert refused(await read(city, code)) == (404, "unknown_call")
    assert refused(await tell(city, code, "wrong_number")) == (404, "unknown_call")
    assert {code, ordinary} <= {each["code"] for each in await listed(city, MINORS)}
    assert {each["line"] for each in await listed(city, MINORS, line="minors")} == {"minors"}
    assert (await tell(city, code, "wrong_number", unit=MINORS)).json()["state"] == "wrong_number"


async def test_r09_who_is_reached_is_finished_with_the_complaint_it_became(city: City) -> None:
    code, ticket_no = await missed(city), await city.keep()
    done = await tell(city, code, "reached", ticket_no)
    assert (done.json()["state"], done.json()["ticket_no"]) == ("reached", ticket_no)
    assert code not in {each["code"] for each in await listed(city)}
    assert refused(await tell(city, code, "not_reached")) == (409, "call_finished")


async def test_r09_who_is_not_reached_is_tried_again_at_another_hour(city: City) -> None:
    code = await missed(city)
    told = (await tell(city, code, "not_reached")).json()
    assert told["state"] == "open"
    assert datetime.fromisoformat(told["not_before"]) > datetime.now(UTC)
    assert [each["outcome"] for each in told["attempts"]] == ["not_reached"]
    early = await tell(city, code, "not_reached")
    assert refused(early) == (409, "attempt_too_early")
    assert datetime.fromisoformat(early.json()["facts"]["not_before"]) == datetime.fromisoformat(told["not_before"])


async def test_r09_an_attempt_that_is_told_twice_counts_once(city: City, pool: Pool) -> None:
    code, key = await missed(city), fresh_name("key")
    first = await tell(city, code, "not_reached", key=key)
    before = await kept(pool)
    again = await tell(city, code, "not_reached", key=key)
    assert (again.status_code, again.json()) == (200, first.json())
    assert refused(await tell(city, code, "wrong_number", key=key)) == (409, "idempotency_key_reused")
    assert await kept(pool) == before


async def test_r09_of_two_seats_at_once_one_tells(city: City) -> None:
    code = await missed(city)
    answers = await asyncio.gather(*(tell(city, code, "wrong_number") for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 4


@pytest.mark.parametrize(
    ("outcome", "ticket_no", "code"),
    [
        ("reached", "", "call_ticket_unfit"),
        ("reached", "20200101-00000001", "call_ticket_unfit"),
        ("not_reached", "20200101-00000001", "call_ticket_unfit"),
        ("asleep", "", "invalid_request"),
        ("reached", "20200101", "invalid_request"),
    ],
)
async def test_r09_an_outcome_that_cannot_be_is_refused(
    city: City, pool: Pool, outcome: str, ticket_no: str, code: str
) -> None:
    call = await missed(city)
    before = await kept(pool)
    assert refused(await tell(city, call, outcome, ticket_no)) == (422, code)
    assert await kept(pool) == before


async def test_r08_a_call_does_not_become_a_complaint_that_its_seat_may_not_read(city: City) -> None:
    hidden = await city.keep(line="minors")
    assert refused(await tell(city, await missed(city), "reached", hidden)) == (422, "call_ticket_unfit")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"phone": None}, "invalid_request"),
        ({"phone": "nobody"}, "invalid_request"),
        ({"called_at": "yesterday"}, "invalid_request"),
        ({"called_at": "2026-11-22T09:00:00"}, "invalid_request"),
        ({"called_at": (datetime.now(UTC) + timedelta(hours=1)).isoformat()}, "called_at_unfit"),
        ({"called_at": (datetime.now(UTC) - timedelta(days=8)).isoformat()}, "called_at_unfit"),
        ({"line": "moon"}, "invalid_request"),
        ({"urgent": 1}, "invalid_request"),
        ({"name": "王女士"}, "invalid_request"),
    ],
)
async def test_r09_what_cannot_be_a_missed_call_is_refused(city: City, pool: Pool, more: Json, code: str) -> None:
    await city.key(Role.FRONTEND)
    before = await kept(pool)
    assert refused(await take(city, body(**more))) == (422, code)
    assert await kept(pool) == before


async def test_r09_a_number_that_is_none_is_unknown(city: City) -> None:
    assert refused(await read(city, "MC-20200101-000001")) == (404, "unknown_call")
    assert refused(await read(city, "20200101-000001")) == (422, "invalid_request")


async def test_r05_who_was_erased_is_not_shown_any_more_and_can_be_erased_by_their_call(city: City, pool: Pool) -> None:
    code = await missed(city)
    person = await erasures.person(pool, code)
    assert person is not None
    assert (person.tickets, person.erased) == (0, False)
    assert await erasures.erase(pool, person.complainant_id, "test")
    assert (await read(city, code)).json()["phone"] is None


async def test_r05_nobody_is_pressed_to_call_back_who_was_erased(city: City, pool: Pool) -> None:
    code = await missed(city)
    person = await erasures.person(pool, code)
    assert person is not None
    await erasures.erase(pool, person.complainant_id, "test")
    assert (await read(city, code)).json()["state"] == "erased"
    assert refused(await tell(city, code, "not_reached")) == (409, "call_finished")
