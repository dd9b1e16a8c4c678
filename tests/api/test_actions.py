"""An action answers with the new standing, with where to look later, or with what is wrong."""

import asyncio
import uuid
from datetime import datetime, timedelta

import pytest

from api import desk
from domain.actor import Role
from domain.standing import Standing
from store.connection import Pool
from tests.api.kept import kept
from tests.city import STREET, City, fresh_name

OTHER_STREET = "110108012"


async def test_an_applied_action_answers_with_the_whole_standing(city: City) -> None:
    ticket_no = await city.take_in()
    answer = await city.act(ticket_no, "sign-in", Role.UNIT, STREET)
    standing = answer.json()
    assert answer.status_code == 200
    assert set(standing) == set(Standing.__dataclass_fields__)
    assert (standing["ticket_no"], standing["stage"], standing["signed_in"]) == (ticket_no, "handling", True)
    assert datetime.fromisoformat(standing["due"]).utcoffset() == timedelta(hours=8)


async def test_the_read_model_shows_what_the_action_answered(city: City) -> None:
    ticket_no = await city.take_in()
    standing = await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    assert (await city.ticket(ticket_no))["standing"] == standing


async def test_what_became_of_an_action_can_be_looked_up(city: City) -> None:
    ticket_no = await city.take_in()
    answer = await city.act(ticket_no, "sign-in", Role.UNIT, STREET)
    where = answer.headers["content-location"]
    command = (await city.http.get(where, headers=await city.key(Role.UNIT, STREET))).json()
    assert (command["action"], command["state"], command["told"]) == ("sign-in", "applied", answer.json())


async def test_a_refusal_says_what_why_and_the_way_out(city: City, pool: Pool) -> None:
    ticket_no = await city.take_in()
    answer = await city.act(ticket_no, "contact", Role.UNIT, STREET, reached=True)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["code"]) == (409, 409, "not_signed_in")
    assert problem["type"] == "urn:hotline:not_signed_in"
    assert problem["facts"] == {"lead": STREET}
    assert problem["title"]
    assert problem["detail"]


async def test_a_refused_action_leaves_no_row_in_the_journal(city: City) -> None:
    ticket_no = await city.take_in()
    before = await city.rows(ticket_no)
    await city.act(ticket_no, "contact", Role.UNIT, STREET, reached=True)
    assert await city.rows(ticket_no) == before


async def test_a_repeat_with_the_same_key_counts_once(city: City, pool: Pool) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    headers = await city.key(Role.UNIT, STREET) | {"Idempotency-Key": fresh_name("key")}
    url, body = f"/v1/complaints/{ticket_no}/progress", {"note": "正在处理"}
    first = await city.http.post(url, json=body, headers=headers)
    before = await kept(pool)
    again = await city.http.post(url, json=body, headers=headers)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert await kept(pool) == before


async def test_a_repeat_answers_as_it_did_then_although_the_complaint_went_on(city: City) -> None:
    ticket_no = await city.take_in()
    headers = await city.key(Role.UNIT, STREET) | {"Idempotency-Key": fresh_name("key")}
    first = await city.http.post(f"/v1/complaints/{ticket_no}/sign-in", json={}, headers=headers)
    await city.done(ticket_no, "progress", Role.UNIT, STREET, note="正在处理")
    again = await city.http.post(f"/v1/complaints/{ticket_no}/sign-in", json={}, headers=headers)
    assert (again.status_code, again.json()) == (200, first.json())


async def test_ten_repeats_at_once_count_once(city: City) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    headers = await city.key(Role.UNIT, STREET) | {"Idempotency-Key": fresh_name("key")}
    url, body = f"/v1/complaints/{ticket_no}/progress", {"note": "正在处理"}
    answers = await asyncio.gather(*(city.http.post(url, json=body, headers=headers) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert (await city.kinds(ticket_no)).count("ProgressReported") == 1


async def test_a_refusal_repeated_with_the_same_key_is_the_same_refusal(city: City, pool: Pool) -> None:
    ticket_no = await city.take_in()
    headers = await city.key(Role.UNIT, STREET) | {"Idempotency-Key": fresh_name("key")}
    url, body = f"/v1/complaints/{ticket_no}/contact", {"reached": True}
    first = await city.http.post(url, json=body, headers=headers)
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    again = await city.http.post(url, json=body, headers=headers)
    assert (again.status_code, again.json()) == (409, first.json())


@pytest.mark.parametrize(
    ("action", "body"),
    [("progress", {"note": "另一句话"}), ("report-done", {"done_as": "resolved", "note": "正在处理"})],
    ids=["another body", "another action"],
)
async def test_the_same_key_for_something_else_is_refused(
    city: City, pool: Pool, action: str, body: dict[str, str]
) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    headers = await city.key(Role.UNIT, STREET) | {"Idempotency-Key": fresh_name("key")}
    url = f"/v1/complaints/{ticket_no}"
    await city.http.post(f"{url}/progress", json={"note": "正在处理"}, headers=headers)
    before = await kept(pool)
    other = await city.http.post(f"{url}/{action}", json=body, headers=headers)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert await kept(pool) == before


async def test_the_same_key_on_another_ticket_is_another_action(city: City) -> None:
    one, two = await city.take_in(), await city.take_in()
    headers = await city.key(Role.UNIT, STREET) | {"Idempotency-Key": fresh_name("key")}
    for ticket_no in (one, two):
        answer = await city.http.post(f"/v1/complaints/{ticket_no}/sign-in", json={}, headers=headers)
        assert (answer.status_code, answer.json()["ticket_no"]) == (200, ticket_no)


async def test_signing_in_twice_is_refused_the_second_time(city: City) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    assert await city.refused(ticket_no, "sign-in", Role.UNIT, STREET) == "already_signed_in"


async def test_an_action_before_the_complaint_is_taken_up_waits_behind_the_intake(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket_no = await city.keep()
    monkeypatch.setattr(desk, "PATIENCE", timedelta(milliseconds=500))
    early = await city.act(ticket_no, "supplement", Role.SEAT, note="补充：昨晚又停了")
    assert early.status_code == 202
    await city.bring(ticket_no, "intake")
    await city.bring(ticket_no, early.json()["command_id"])
    assert "Supplemented" in await city.kinds(ticket_no)


async def test_a_closed_complaint_takes_no_action(city: City) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "withdrawal", Role.SEAT)
    await city.handle(ticket_no).result()
    assert await city.refused(ticket_no, "supplement", Role.SEAT, note="还有一事") == "closed"


async def test_an_action_that_names_an_unknown_unit_is_refused_before_it_is_kept(city: City, pool: Pool) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    before = await kept(pool)
    assert await city.refused(ticket_no, "co-handling", Role.UNIT, STREET, units=["D-NIX"]) == "unknown_unit"
    assert await city.refused(ticket_no, "co-handling", Role.UNIT, STREET, units=["M-GOV"]) == "unit_cannot_lead"
    assert await kept(pool) == before


async def test_an_unknown_command_is_not_found(city: City) -> None:
    ticket_no = await city.take_in()
    answer = await city.http.get(
        f"/v1/complaints/{ticket_no}/commands/{uuid.uuid4()}", headers=await city.key(Role.SEAT)
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_command")


async def test_a_unit_cannot_look_up_what_others_did(city: City) -> None:
    ticket_no = await city.take_in()
    answer = await city.act(ticket_no, "supplement", Role.SEAT, note="补充情况")
    looked = await city.http.get(answer.headers["content-location"], headers=await city.key(Role.UNIT, STREET))
    assert (looked.status_code, looked.json()["code"]) == (404, "unknown_command")


async def test_what_was_called_urgent_is_so_from_the_call_on_and_so_are_the_actions_on_it(
    city: City, pool: Pool
) -> None:
    ticket_no = await city.keep(urgent=True)
    assert (await city.ticket(ticket_no))["urgent"]
    await city.bring(ticket_no, "intake")
    taken_up = await city.until(ticket_no, lambda ticket: ticket["stage"] != "received")
    assert taken_up["urgent"]
    await city.done(ticket_no, "supplement", Role.SEAT, note="补充：火更大了")
    assert {
        row["urgency"] for row in await pool.fetch("SELECT urgency FROM inbox WHERE ticket_no = $1", ticket_no)
    } == {1}
