"""A missed call on the real engine: the hotline centre is pressed until it is returned (R9)."""

import json
import random
from datetime import UTC, datetime, timedelta

from domain.actor import Role
from store import inbox
from store.connection import Pool
from tests.city import City
from tests.workflows.duties import ended, skip


async def missed(city: City, pool: Pool, **more: object) -> str:
    """A call that is missed just now, brought to the engine as the relay would."""
    number = f"136{random.randrange(10**8):08}"
    said = {"phone": number, "called_at": datetime.now(UTC).isoformat()} | more
    answer = await city.http.post("/v1/missed-calls", json=said, headers=await city.key(Role.FRONTEND))
    code = answer.json()["code"]
    await bring(city, pool, code, "taken")
    return code


async def bring(city: City, pool: Pool, code: str, cause: str) -> None:
    """Deliver one kept change."""
    command = await inbox.read(pool, code, cause)
    assert command is not None
    await city.rooms.delivery.deliver(command, timedelta(seconds=10))


async def tell(city: City, pool: Pool, code: str, outcome: str, ticket_no: str = "") -> dict[str, str]:
    """What an attempt came to, brought to the engine."""
    headers = await city.key(Role.SEAT)
    said = {"outcome": outcome, "ticket_no": ticket_no}
    answer = await city.http.post(f"/v1/missed-calls/{code}/outcome", json=said, headers=headers)
    assert answer.status_code == 200, answer.text
    await bring(city, pool, code, f"attempt {len(answer.json()['attempts'])}")
    return answer.json()


async def notices(pool: Pool, code: str) -> list[str]:
    """What the hotline centre has heard about one call."""
    found = await pool.fetch(
        "SELECT kind FROM outbox WHERE ticket_no = $1 AND audience = 'centre' ORDER BY created_at", code
    )
    return [record["kind"] for record in found]


async def test_r09_a_late_call_presses_the_centre_every_two_hours(city: City, pool: Pool) -> None:
    code = await missed(city, pool)
    await skip(city, code, timedelta(minutes=20))
    assert await notices(pool, code) == []
    await skip(city, code, timedelta(minutes=20))
    assert await notices(pool, code) == ["MissedCallOverdue"]
    await skip(city, code, timedelta(hours=4))
    assert await notices(pool, code) == ["MissedCallOverdue"] * 3


async def test_r08_a_minors_call_presses_after_ten_minutes_and_is_told_to_their_seats_alone(
    city: City, pool: Pool
) -> None:
    code = await missed(city, pool, line="minors")
    await skip(city, code, timedelta(minutes=11))
    assert await notices(pool, code) == ["MissedCallOverdue"]
    heard = {}
    for unit in ("", "M-MINORS"):
        page = await city.http.get("/v1/notices", params={"limit": 500}, headers=await city.key(Role.SEAT, unit))
        heard[unit] = code in {each["ticket_no"] for each in page.json()["notices"]}
    assert heard == {"": False, "M-MINORS": True}


async def test_r09_who_is_reached_ends_it(city: City, pool: Pool) -> None:
    code = await missed(city, pool)
    await tell(city, pool, code, "reached", await city.keep())
    assert await ended(city, code)
    assert await notices(pool, code) == []


async def test_r09_who_calls_again_and_is_heard_ends_it(city: City, pool: Pool) -> None:
    number = f"133{random.randrange(10**8):08}"
    code = await missed(city, pool, phone=number)
    ticket_no = await city.keep(complainant={"phone": number})
    await bring(city, pool, code, f"heard in {ticket_no}")
    assert await ended(city, code)
    assert await notices(pool, code) == []


async def test_r09_another_attempt_is_told_at_its_hour_and_pressed_when_it_is_late(city: City, pool: Pool) -> None:
    code = await missed(city, pool)
    told = await tell(city, pool, code, "not_reached")
    ahead = datetime.fromisoformat(told["not_before"]) - datetime.now(UTC)
    await skip(city, code, ahead - timedelta(minutes=1))
    assert await notices(pool, code) == []
    await skip(city, code, timedelta(minutes=2))
    assert await notices(pool, code) == ["MissedCallDue"]
    await skip(city, code, timedelta(hours=2))
    assert await notices(pool, code) == ["MissedCallDue", "MissedCallOverdue"]


async def test_r09_a_second_call_of_the_same_person_wakes_the_first(city: City, pool: Pool) -> None:
    number = f"135{random.randrange(10**8):08}"
    code = await missed(city, pool, phone=number)
    said = {"phone": number, "called_at": datetime.now(UTC).isoformat(), "urgent": True}
    joined = (await city.http.post("/v1/missed-calls", json=said, headers=await city.key(Role.FRONTEND))).json()
    await bring(city, pool, code, f"joined by {joined['code']}")
    await skip(city, code, timedelta(minutes=11))
    assert await notices(pool, code) == ["MissedCallOverdue"]


async def test_r09_a_call_that_the_engine_lost_is_begun_again(city: City, pool: Pool) -> None:
    code = await missed(city, pool)
    await city.handle(code).terminate("lost with the engine")
    await bring(city, pool, code, "taken")
    await skip(city, code, timedelta(hours=2))
    assert await notices(pool, code) == ["MissedCallOverdue"]


async def test_r05_the_engine_never_sees_the_phone(city: City, pool: Pool) -> None:
    number = f"134{random.randrange(10**8):08}"
    code = await missed(city, pool, phone=number)
    await skip(city, code, timedelta(hours=3))
    history = await city.handle(code).fetch_history()
    assert number.encode() not in b"".join(event.SerializeToString() for event in history.events)
    started = json.loads(history.events[0].workflow_execution_started_event_attributes.input.payloads[0].data)
    assert started == {"code": code, "rung": None}
