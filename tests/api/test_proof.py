"""R4: the proof of a complainant cannot be guessed, and tells nobody which complaints there are."""

import asyncio
import hashlib

import pytest

from api.proof import MOST_A_SOURCE, MOST_A_TICKET, WINDOW
from store import erasures
from store.connection import Pool
from tests.api.own import anywhere, own
from tests.city import City

PHONE = "13822223333"
NEVER_GIVEN = "20991231-00000001"


@pytest.fixture
async def ticket_no(city: City) -> str:
    """A complaint raised from PHONE."""
    return await city.keep(complainant={"phone": PHONE})


def wrong(number: int) -> str:
    """A phone that raised nothing."""
    return f"139{number:08}"


async def test_r04_a_wrong_number_a_wrong_phone_and_none_are_told_the_same(city: City, ticket_no: str) -> None:
    nameless = await city.keep()
    answers = [
        await own(city, ticket_no, wrong(1)),
        await own(city, NEVER_GIVEN, PHONE),
        await own(city, nameless, PHONE),
        await own(city, ticket_no, None),
        await own(city, ticket_no, ""),
        await own(city, ticket_no, "not a phone"),
        await own(city, "no-number", PHONE),
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(403, answers[0].text)}
    assert answers[0].json()["code"] == "unproved"
    assert answers[0].json()["facts"] == {}


async def test_r04_an_erased_complainant_proves_nothing_any_more(city: City, pool: Pool) -> None:
    gone = await city.keep(complainant={"phone": "13822224444"})
    person = await pool.fetchval("SELECT complainant_id FROM complaints WHERE ticket_no = $1", gone)
    assert await erasures.erase(pool, person, "test")
    assert (await own(city, gone, "13822224444")).json()["code"] == "unproved"


@pytest.mark.parametrize("exists", [True, False], ids=["a number that was given", "a number that never was"])
async def test_r04_guesses_for_one_ticket_end_wherever_they_come_from(city: City, ticket_no: str, exists: bool) -> None:
    number = ticket_no if exists else f"20991231-{hash(ticket_no) % 10**8:08}"
    for guess in range(MOST_A_TICKET):
        assert (await own(city, number, wrong(guess))).status_code == 403
    refused = await own(city, number, PHONE)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_tries")
    assert 0 < int(refused.headers["retry-after"]) <= WINDOW.total_seconds() + 1


async def test_r04_guesses_from_one_source_end_whichever_tickets_they_are_for(city: City, ticket_no: str) -> None:
    source = anywhere()
    for guess in range(MOST_A_SOURCE):
        answer = await own(city, f"20991230-{guess:08}", PHONE, source=source)
        assert answer.status_code == 403
    assert (await own(city, ticket_no, PHONE, source=source)).status_code == 429
    assert (await own(city, ticket_no, PHONE)).status_code == 200


async def test_who_is_shut_out_cannot_shut_others_out_of_a_ticket(city: City, ticket_no: str) -> None:
    source = anywhere()
    for guess in range(MOST_A_SOURCE):
        await own(city, f"20991229-{guess:08}", PHONE, source=source)
    for guess in range(MOST_A_TICKET + 1):
        assert (await own(city, ticket_no, wrong(guess), source=source)).status_code == 429
    assert (await own(city, ticket_no, PHONE)).status_code == 200


async def test_one_household_of_ipv6_is_one_source(city: City, ticket_no: str) -> None:
    for guess in range(MOST_A_SOURCE):
        await own(city, f"20991228-{guess:08}", PHONE, source=f"2001:db8:7:7::{guess + 1:x}")
    assert (await own(city, ticket_no, PHONE, source="2001:db8:7:7:ffff::1")).status_code == 429
    assert (await own(city, ticket_no, PHONE, source="2001:db8:7:8::1")).status_code == 200


async def test_r04_many_guesses_at_the_same_moment_do_not_slip_past_each_other(city: City, ticket_no: str) -> None:
    answers = await asyncio.gather(*(own(city, ticket_no, wrong(guess)) for guess in range(3 * MOST_A_TICKET)))
    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(403), statuses.count(429)) == (MOST_A_TICKET, 2 * MOST_A_TICKET)


async def test_r04_who_knows_the_phone_may_ask_as_often_as_they_like(city: City, ticket_no: str) -> None:
    source = anywhere()
    for _ in range(MOST_A_SOURCE + 5):
        assert (await own(city, ticket_no, PHONE, source=source)).status_code == 200


async def test_a_right_proof_does_not_wipe_out_the_guesses_before_it(city: City, ticket_no: str) -> None:
    for guess in range(MOST_A_TICKET - 1):
        await own(city, ticket_no, wrong(guess))
    assert (await own(city, ticket_no, PHONE)).status_code == 200
    assert (await own(city, ticket_no, wrong(99))).status_code == 403
    assert (await own(city, ticket_no, PHONE)).status_code == 429


async def test_guesses_are_forgotten_when_their_window_is_over(city: City, pool: Pool, ticket_no: str) -> None:
    for guess in range(MOST_A_TICKET + 1):
        await own(city, ticket_no, wrong(guess))
    await pool.execute("UPDATE proof_tries SET since = since - $1::interval", WINDOW)
    assert (await own(city, ticket_no, PHONE)).status_code == 200
    for _ in range(20):
        await own(city, ticket_no, PHONE)
    stale = await pool.fetchval("SELECT count(*) FROM proof_tries WHERE since <= now() - $1::interval", WINDOW)
    assert stale == 0


async def test_what_is_counted_names_neither_ticket_nor_phone_nor_source(
    city: City, pool: Pool, ticket_no: str
) -> None:
    source = anywhere()
    await own(city, ticket_no, wrong(5), source=source)
    rows = await pool.fetch("SELECT about, p::text AS row FROM proof_tries p")
    plain = {hashlib.sha256(each.encode()).digest() for each in (ticket_no, PHONE, wrong(5), source)}
    assert not plain & {row["about"] for row in rows}
    assert city.rooms.vault.phone_hash(wrong(5)) not in {row["about"] for row in rows}
    for each in (ticket_no, PHONE, source):
        assert not [row for row in rows if each in row["row"] or each.encode().hex() in row["row"]]
