"""Seats' queues: what waits for a person is in the queue from the moment it waits until somebody has decided."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.lines import MINORS_SEATS
from domain.actor import Role
from domain.queues import Queue
from store.connection import Pool
from tests.city import STREET, City, Json

VAGUE: Json = {"matter": "有件事想反映一下", "item": "", "street": ""}
OTHER = "110108012"


async def page(city: City, queue: str, role: Role = Role.SEAT, unit: str = "", /, **query: Any) -> Json:
    """One page of a queue."""
    answer = await city.http.get(f"/v1/queues/{queue}", params=query, headers=await city.key(role, unit))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def entry(city: City, queue: str, ticket_no: str, role: Role = Role.SEAT, unit: str = "") -> Json | None:
    """A ticket's entry in a queue, looked for on every page; None when it does not wait there."""
    cursor: str | None = None
    while True:
        found = await page(city, queue, role, unit, limit=200, **({"cursor": cursor} if cursor else {}))
        for each in found["entries"]:
            if each["ticket"]["ticket_no"] == ticket_no:
                return each
        cursor = found["next"]
        if cursor is None:
            return None


async def waits(city: City, ticket_no: str) -> set[str]:
    """The queues that a ticket stands in."""
    return {queue.value for queue in Queue if await entry(city, queue, ticket_no) is not None}


async def signed_in(city: City) -> str:
    """A complaint that its lead unit has signed in."""
    ticket_no = await city.take_in()
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    return ticket_no


async def test_r15_what_a_seat_has_to_confirm_waits_until_it_is_confirmed(city: City) -> None:
    ticket_no = await city.take_in(**VAGUE)
    assert await waits(city, ticket_no) == {"confirmation"}
    found = await entry(city, "confirmation", ticket_no)
    ticket = await city.ticket(ticket_no)
    assert found is not None
    assert found["due"] == ticket["next_due"]
    assert found["ticket"]["stage"] == "confirmation"
    await city.done(ticket_no, "classification", Role.SEAT, item="010105", street=STREET, district="110105")
    assert await waits(city, ticket_no) == set()


async def test_r18_a_consultation_waits_until_it_is_decided(city: City) -> None:
    ticket_no = await city.take_in(**VAGUE)
    await city.done(ticket_no, "consultation", Role.SEAT, units=[STREET, OTHER], note="请两家会商")
    assert await waits(city, ticket_no) == {"consultation"}
    await city.done(ticket_no, "consultation-decision", Role.SEAT, unit=STREET, note="会商一致")
    assert await waits(city, ticket_no) == set()


async def test_an_objection_waits_for_the_bureau(city: City) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "objection", Role.UNIT, STREET, ground="not_my_duty", note="不属于我单位职责")
    assert await entry(city, "objection", ticket_no, Role.BUREAU) is not None
    await city.done(ticket_no, "objection-decision", Role.BUREAU, upheld=False, note="仍由原单位办理")
    assert await waits(city, ticket_no) == set()


async def test_an_extension_waits_by_its_own_clock_and_not_by_the_tickets_next_one(city: City) -> None:
    ticket_no = await signed_in(city)
    asked = await city.done(
        ticket_no, "extension-request", Role.UNIT, STREET, ground="complex", days=3, note="需多部门会签"
    )
    found = await entry(city, "extension", ticket_no)
    assert found is not None
    assert datetime.fromisoformat(found["due"]) != datetime.fromisoformat(asked["next_due"])
    await city.done(ticket_no, "extension-decision", Role.SEAT, granted=False)
    assert await waits(city, ticket_no) == set()


async def test_r25_r31_what_the_centre_has_to_approve_waits_until_it_did(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "termination-request", Role.UNIT, STREET, ground="matter_gone", note="设施已拆除")
    assert await waits(city, ticket_no) == {"approval"}
    await city.done(ticket_no, "approval", Role.SEAT, approved=False, note="请继续办理")
    assert await waits(city, ticket_no) == set()


async def test_r32_a_callback_waits_with_its_hour_until_the_complainant_was_reached(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "report-done", Role.UNIT, STREET, done_as="resolved", note="已清扫")
    found = await entry(city, "callback", ticket_no)
    assert found is not None
    assert datetime.fromisoformat(found["opens_at"]) < datetime.fromisoformat(found["due"])
    await city.skip_to(ticket_no, datetime.fromisoformat(found["opens_at"]))
    await city.done(ticket_no, "callback", Role.SEAT, reached=False)
    again = await entry(city, "callback", ticket_no)
    assert again is not None
    assert again["opens_at"] > found["due"], "the next attempt, on another day"
    answers = {"reached": True, "contacted": True, "resolved": "yes", "satisfied": "satisfied"}
    await city.done(ticket_no, "callback", Role.SEAT, **answers)
    assert await waits(city, ticket_no) == set()


async def test_r32_once_the_form_is_sent_the_complainant_is_waited_for_and_no_seat(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "report-done", Role.UNIT, STREET, done_as="resolved", note="已清扫")
    for _ in range(3):
        await city.ring(ticket_no, (await city.ticket(ticket_no))["next_clock"])
    assert "CallbackFormSent" in await city.kinds(ticket_no)
    await city.done(ticket_no, "supplement", Role.SEAT, note="补充情况")
    assert await waits(city, ticket_no) == set()


async def test_a_clock_that_ran_out_undecided_stays_with_its_new_instant(city: City) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "objection", Role.UNIT, STREET, ground="not_my_duty", note="不属于我单位职责")
    first = await entry(city, "objection", ticket_no)
    await city.ring(ticket_no, "objection_decision")
    second = await entry(city, "objection", ticket_no)
    assert first is not None
    assert second is not None
    assert second["due"] > first["due"]


async def test_a_withdrawn_complaint_waits_for_nobody(city: City) -> None:
    ticket_no = await city.take_in(**VAGUE)
    await city.done(ticket_no, "withdrawal", Role.SEAT)
    assert await waits(city, ticket_no) == set()


@pytest.fixture
async def filled(pool: Pool) -> list[str]:
    """Twelve tickets put straight into a queue's order, three urgent, some due at the same instant."""
    await pool.execute("DELETE FROM waiting WHERE queue = 'approval'")
    numbers = [f"20261201-{place:08}" for place in range(12)]
    await pool.executemany(
        "INSERT INTO tickets (ticket_no, received_at, channel, line) VALUES ($1, now(), 'phone', $2)"
        " ON CONFLICT DO NOTHING",
        [(number, "minors" if place == 4 else "ordinary") for place, number in enumerate(numbers)],
    )
    start = datetime(2026, 12, 1, 9, tzinfo=UTC)
    await pool.executemany(
        "INSERT INTO waiting VALUES ($1, 'approval', $2, $3, $4, NULL)",
        [
            (
                number,
                "minors" if place == 4 else "ordinary",
                1 if place in (3, 7, 8) else 3,
                start - timedelta(minutes=place // 3, microseconds=place // 6),
            )
            for place, number in enumerate(numbers)
        ],
    )
    return numbers


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 200])
async def test_pages_of_any_size_tell_every_entry_once_urgent_first_then_by_its_clock(
    city: City, pool: Pool, filled: list[str], limit: int
) -> None:
    told: list[str] = []
    cursor: str | None = None
    while True:
        found = await page(
            city, "approval", Role.SEAT, MINORS_SEATS, limit=limit, **({"cursor": cursor} if cursor else {})
        )
        told += [each["ticket"]["ticket_no"] for each in found["entries"]]
        cursor = found["next"]
        if cursor is None:
            break
    order = "SELECT ticket_no FROM waiting WHERE queue = 'approval' ORDER BY urgency, due, ticket_no"
    assert told == [row["ticket_no"] for row in await pool.fetch(order)]
    assert told[:3] == [filled[7], filled[8], filled[3]]


async def test_what_leaves_between_pages_disturbs_nothing(city: City, pool: Pool, filled: list[str]) -> None:
    first = await page(city, "approval", limit=4)
    numbers = [each["ticket"]["ticket_no"] for each in first["entries"]]
    await pool.execute("DELETE FROM waiting WHERE ticket_no = ANY ($1)", numbers)
    second = await page(city, "approval", limit=200, cursor=first["next"])
    rest = [each["ticket"]["ticket_no"] for each in second["entries"]]
    assert set(numbers) | set(rest) == set(filled) - {filled[4]}
    assert not set(numbers) & set(rest)


async def test_r08_the_minors_line_waits_before_its_own_seats_alone(city: City, filled: list[str]) -> None:
    hidden = filled[4]
    assert await entry(city, "approval", hidden) is None
    assert await entry(city, "approval", hidden, Role.SEAT, MINORS_SEATS) is not None
    assert await entry(city, "approval", hidden, Role.BUREAU) is not None
    own = await page(city, "approval", Role.SEAT, MINORS_SEATS, line="minors")
    assert [each["ticket"]["ticket_no"] for each in own["entries"]] == [hidden]
    assert (await page(city, "approval", line="minors"))["entries"] == []


async def test_new_facts_that_make_it_urgent_move_it_to_the_front(city: City, pool: Pool) -> None:
    ticket_no = await city.take_in(**VAGUE)
    before = await pool.fetchval("SELECT urgency FROM waiting WHERE ticket_no = $1", ticket_no)
    repeat = await city.keep(**VAGUE, repeat_of=ticket_no, new_facts=True)
    await city.bring(repeat, "intake")
    await city.until(repeat, lambda ticket: ticket["stage"] == "joined")
    command = await pool.fetchval("SELECT command_id FROM inbox WHERE ticket_no = $1 AND action = 'repeat'", ticket_no)
    await city.bring(ticket_no, command)
    after = await pool.fetchval("SELECT urgency FROM waiting WHERE ticket_no = $1", ticket_no)
    assert (before, after) == (3, 1)


@pytest.mark.parametrize("cursor", ["x", "3.12", "3.99999999999999999.20261201-00000001", "20261201-00000001"])
async def test_a_cursor_that_no_queue_gave_out_is_refused(city: City, cursor: str) -> None:
    answer = await city.http.get(f"/v1/queues/callback?cursor={cursor}", headers=await city.key(Role.SEAT))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


async def test_an_unknown_queue_is_refused(city: City) -> None:
    answer = await city.http.get("/v1/queues/lunch", headers=await city.key(Role.SEAT))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
