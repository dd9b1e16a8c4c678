"""R44: one decision on many like tickets is checked and kept as a whole, and is each ticket's own command and row."""

import asyncio
import time
import uuid
from typing import Any, get_args

import httpx
import pytest

from api import batch_bodies
from api.batch_bodies import MOST_TICKETS
from api.lines import MINORS_SEATS
from domain.actor import Role
from domain.lifecycle import OF_THE_HOTLINE, Action
from store import batches, erasures
from store.connection import Pool
from tests.api.kept import kept
from tests.city import STREET, City, Json, fresh_name

FAR = "110108012"
NEVER_GIVEN = "20991231-00000001"
NOTE = {"note": "同一水管爆裂，统一抢修"}
ONE_PERSONS_OWN = {
    Action.CONTACT,
    Action.CALLBACK,
    Action.EVALUATION,
    Action.SUPPLEMENT,
    Action.WITHDRAWAL,
    Action.SETTLEMENT,
    Action.CONSULTATION_STATEMENT,
    Action.DISSUASION,
}
"""What is said by or to one complainant, or by one party in its own case."""


async def give(
    city: City,
    action: str,
    ticket_nos: list[str],
    body: Json,
    by: tuple[Role, str] = (Role.UNIT, STREET),
    key: str | None = None,
) -> httpx.Response:
    """One batch over HTTP."""
    headers = await city.key(*by) | ({"Idempotency-Key": key} if key else {})
    said: Json = {"action": action, "ticket_nos": ticket_nos, "body": body}
    return await city.http.post("/v1/batches", json=said, headers=headers)


async def looked_up(city: City, answer: httpx.Response, by: tuple[Role, str] = (Role.UNIT, STREET)) -> Json:
    """What has become of a batch."""
    assert answer.status_code == 202, answer.text
    found = await city.http.get(answer.headers["location"], headers=await city.key(*by))
    assert found.status_code == 200, found.text
    return found.json()


async def brought(city: City, answer: httpx.Response, by: tuple[Role, str] = (Role.UNIT, STREET)) -> Json:
    """The batch after each of its commands was delivered as the relay does."""
    for share in (await looked_up(city, answer, by))["tickets"]:
        await city.bring(share["ticket_no"], share["command_id"])
    return await looked_up(city, answer, by)


@pytest.fixture(scope="module")
async def three(city: City) -> list[str]:
    """Three like complaints before STREET, none signed in."""
    return [await city.take_in() for _ in range(3)]


async def test_r44_one_decision_becomes_each_tickets_own_command_and_row(city: City) -> None:
    ticket_nos = [await city.take_in() for _ in range(3)]
    answer = await give(city, "sign-in", ticket_nos, {})
    assert answer.json() == {"batch_id": answer.headers["location"].rpartition("/")[2], "tickets": 3}
    before = await looked_up(city, answer)
    assert (before["pending"], before["applied"], before["refused"]) == (3, 0, 0)
    after = await brought(city, answer)
    assert (after["pending"], after["applied"], after["refused"]) == (0, 3, 0)
    assert [share["ticket_no"] for share in after["tickets"]] == ticket_nos
    for share in after["tickets"]:
        row = (await city.rows(share["ticket_no"]))[-1]
        assert (row.kind, row.step, row.actor.unit) == ("SignedIn", share["command_id"], STREET)


async def test_what_the_rules_refuse_is_told_for_its_own_ticket_and_holds_up_no_other(city: City) -> None:
    fresh, signed = await city.take_in(), await city.take_in()
    await city.done(signed, "sign-in", Role.UNIT, STREET)
    after = await brought(city, await give(city, "sign-in", [signed, fresh], {}))
    told = {share["ticket_no"]: (share["state"], share["code"]) for share in after["tickets"]}
    assert told == {signed: ("refused", "already_signed_in"), fresh: ("applied", "")}


async def test_the_words_are_told_in_each_tickets_timeline(city: City) -> None:
    ticket_nos = [await city.take_in() for _ in range(2)]
    await brought(city, await give(city, "sign-in", ticket_nos, NOTE))
    for ticket_no in ticket_nos:
        url = f"/v1/complaints/{ticket_no}/timeline"
        entries = (await city.http.get(url, headers=await city.key(Role.SEAT))).json()["entries"]
        assert entries[-1]["note"] == NOTE["note"]


async def test_words_about_somebody_erased_are_not_kept(city: City, pool: Pool) -> None:
    gone, there = await city.take_in(), await city.take_in()
    person = await pool.fetchval("SELECT complainant_id FROM complaints WHERE ticket_no = $1", gone)
    assert await erasures.erase(pool, person, "test")
    answer = await give(city, "sign-in", [gone, there], NOTE)
    for share in (await looked_up(city, answer))["tickets"]:
        sealed = await pool.fetchval("SELECT words_sealed FROM inbox WHERE command_id = $1", share["command_id"])
        assert (sealed is None) == (share["ticket_no"] == gone)


@pytest.mark.parametrize("bad", [NEVER_GIVEN, "strange"])
async def test_one_bad_ticket_refuses_the_whole_batch_before_anything_is_kept(
    city: City, pool: Pool, three: list[str], bad: str
) -> None:
    elsewhere = await city.take_in(street=FAR, district="110108")
    named = elsewhere if bad == "strange" else bad
    code, status = ("not_your_ticket", 403) if bad == "strange" else ("unknown_ticket", 404)
    await city.key(Role.UNIT, STREET)
    before = await kept(pool)
    answer = await give(city, "sign-in", [*three, named], {})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["facts"]["ticket_nos"] == [named]
    assert await kept(pool) == before


async def test_r08_a_batch_over_the_minors_line_is_refused_to_other_seats(
    city: City, pool: Pool, three: list[str]
) -> None:
    minors = await city.keep(line="minors")
    for unit, status in (("", 403), (MINORS_SEATS, 202)):
        answer = await give(city, "supervision", [*three, minors], NOTE, (Role.SEAT, unit))
        assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    ("action", "body", "by"),
    [
        ("sign-in", {}, (Role.SEAT, "")),
        ("extension-decision", {"granted": True}, (Role.UNIT, STREET)),
        ("objection-decision", {"upheld": False, **NOTE}, (Role.SEAT, "")),
        ("approval", {"approved": True, **NOTE}, (Role.BUREAU, "")),
    ],
)
async def test_a_batch_needs_the_permission_of_its_action(
    city: City, pool: Pool, three: list[str], action: str, body: Json, by: tuple[Role, str]
) -> None:
    await city.key(*by)
    before = await kept(pool)
    answer = await give(city, action, three, body, by)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert answer.json()["facts"] == {"permission": action, "role": by[0]}
    assert await kept(pool) == before


@pytest.mark.parametrize("role", [Role.FRONTEND, Role.ADMIN])
async def test_who_decides_nothing_gives_no_batches(city: City, three: list[str], role: Role) -> None:
    answer = await give(city, "supervision", three, NOTE, (role, ""))
    assert (answer.status_code, answer.json()["facts"]["permission"]) == (403, "batch")


async def test_a_repeat_with_the_same_key_is_the_same_batch(city: City, pool: Pool) -> None:
    ticket_nos, key = [await city.take_in() for _ in range(2)], fresh_name("key")
    first = await give(city, "sign-in", ticket_nos, {}, key=key)
    before = await kept(pool)
    again = await give(city, "sign-in", ticket_nos, {}, key=key)
    assert (again.status_code, again.json(), again.headers["location"]) == (
        202,
        first.json(),
        first.headers["location"],
    )
    assert await kept(pool) == before


async def test_ten_repeats_at_once_are_one_batch(city: City, pool: Pool) -> None:
    ticket_nos, key = [await city.take_in() for _ in range(2)], fresh_name("key")
    answers = await asyncio.gather(*(give(city, "sign-in", ticket_nos, {}, key=key) for _ in range(10)))
    assert len({answer.headers["location"] for answer in answers}) == 1
    commands = "SELECT count(*) FROM inbox WHERE ticket_no = ANY ($1) AND action = 'sign-in'"
    assert await pool.fetchval(commands, ticket_nos) == 2


@pytest.mark.parametrize("change", ["other tickets", "other words", "other action"])
async def test_the_same_key_for_another_batch_is_refused(city: City, pool: Pool, three: list[str], change: str) -> None:
    key = fresh_name("key")
    await give(city, "supervision", three, NOTE, key=key)
    before = await kept(pool)
    answer = await {
        "other tickets": lambda: give(city, "supervision", three[:2], NOTE, key=key),
        "other words": lambda: give(city, "supervision", three, {"note": "另一句"}, key=key),
        "other action": lambda: give(city, "progress", three, NOTE, key=key),
    }[change]()
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")
    assert await kept(pool) == before


async def test_a_batch_is_looked_up_by_those_who_could_have_given_it(city: City, three: list[str]) -> None:
    answer = await give(city, "supervision", three, NOTE)
    for by in ((Role.UNIT, FAR), (Role.SEAT, ""), (Role.BUREAU, "")):
        looked = await city.http.get(answer.headers["location"], headers=await city.key(*by))
        assert (looked.status_code, looked.json()["code"]) == (404, "unknown_batch")


async def test_a_command_that_fails_to_be_kept_takes_the_whole_batch_with_it(
    city: City, pool: Pool, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = str(uuid.uuid4())

    def always_the_same(_batch: batches.Batch, _ticket_no: str) -> str:
        return taken

    monkeypatch.setattr(batches.Batch, "command_id", always_the_same)
    assert (await give(city, "supervision", three[2:], NOTE)).status_code == 202
    before = await kept(pool)
    answer = await give(city, "supervision", three, NOTE)
    assert answer.status_code == 500, "the third command's id is taken"
    assert await kept(pool) == before


async def test_urgent_tickets_go_first_and_all_others_behind_single_commands(city: City, pool: Pool) -> None:
    calm, urgent = await city.take_in(), await city.take_in(item="010301")
    assert (await city.ticket(urgent))["tier"] == "2h"
    await pool.execute("UPDATE tickets SET urgent = true WHERE ticket_no = $1", urgent)
    answer = await give(city, "supervision", [calm, urgent], NOTE)
    shares = {share["ticket_no"]: share["command_id"] for share in (await looked_up(city, answer))["tickets"]}
    found = {
        ticket_no: await pool.fetchval("SELECT urgency FROM inbox WHERE command_id = $1", command_id)
        for ticket_no, command_id in shares.items()
    }
    assert found == {calm: 4, urgent: 1}
    waiting = "SELECT count(*) FROM inbox WHERE command_id = ANY ($1) AND next_try_at <= now()"
    assert await pool.fetchval(waiting, list(shares.values())) == 2, "the relay takes them at once"


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"action": "callback", "ticket_nos": ["20261122-00000001"], "body": {"reached": False}}, "body"),
        ({"action": "replanning", "ticket_nos": ["20261122-00000001"], "body": {}}, "body"),
        ({"action": "欧阳墨竹轩", "ticket_nos": ["20261122-00000001"], "body": {}}, "body"),
        ({"action": "sign-in", "ticket_nos": [], "body": {}}, "body.sign-in.ticket_nos"),
        ({"action": "sign-in", "ticket_nos": ["20261122-00000001"] * 2, "body": {}}, "body.sign-in.ticket_nos"),
        ({"action": "sign-in", "ticket_nos": ["13971946825"], "body": {}}, "body.sign-in.ticket_nos.0"),
        ({"action": "supervision", "ticket_nos": ["20261122-00000001"], "body": {}}, "body.supervision.body.note"),
        ({"action": "sign-in", "ticket_nos": ["20261122-00000001"], "body": {"x": 1}}, "body.sign-in.body.x"),
    ],
)
async def test_a_batch_that_does_not_fit_is_refused_without_repeating_it(city: City, said: Json, where: str) -> None:
    answer = await city.http.post("/v1/batches", json=said, headers=await city.key(Role.SEAT))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["errors"][0]["where"] == where
    assert "欧阳" not in answer.text
    assert "139719" not in answer.text


async def test_a_thousand_tickets_are_one_batch_and_one_more_is_none(city: City, pool: Pool) -> None:
    await pool.execute(
        """INSERT INTO tickets (ticket_no, received_at, channel, units) SELECT '20261101-' || lpad(n::text, 8, '0'),
               now(), 'phone', ARRAY[$1] FROM generate_series(0, $2::int) n""",
        *(STREET, MOST_TICKETS),
    )
    ticket_nos = [f"20261101-{place:08}" for place in range(MOST_TICKETS + 1)]
    assert (await give(city, "sign-in", ticket_nos, NOTE)).status_code == 422
    began = time.perf_counter()
    answer = await give(city, "sign-in", ticket_nos[:MOST_TICKETS], NOTE)
    took = time.perf_counter() - began
    shown = await looked_up(city, answer)
    await pool.execute("UPDATE inbox SET acknowledged_at = now() WHERE ticket_no = ANY ($1)", ticket_nos)
    assert (shown["pending"], len(shown["tickets"])) == (MOST_TICKETS, MOST_TICKETS)
    assert took < 5, f"{took:.2f} s"


def test_every_action_is_for_batches_or_is_one_persons_own() -> None:
    union: Any = get_args(batch_bodies.AnyBatch)[0]
    taken = {get_args(each.model_fields["action"].annotation)[0] for each in get_args(union)}
    assert taken == {action.value for action in set(Action) - OF_THE_HOTLINE - ONE_PERSONS_OWN}
