"""`hotline erase` and `hotline retain`: what was said is gone, what was done stays."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from audit.chain import verify_chain
from domain.actor import Role
from local.stack import Stack
from rulebook.files import load
from store import journal, policy
from store.connection import Pool, open_pool
from tests.city import STREET, City, Json, a_matter
from tests.cli.terminal import Terminal
from tests.store.own_database import own_database

ROOT = Path(__file__).parents[2]
PHONE = "13971946826"
SAID: Json = {"matter": "楼道没人打扫", "point": "甲47号楼", "complainant": {"name": "欧阳墨竹轩", "phone": PHONE}}

KNOWN = "SELECT phone_hash FROM complainants WHERE phone_hash IS NOT NULL"


def said() -> Json:
    """The same person with words of their own each time: who says the same is joined to the first (R13)."""
    return SAID | {"matter": f"{SAID['matter']}。{a_matter()}"}


@pytest.fixture
def terminal(stack: Stack, tmp_path: Path) -> Terminal:
    """A terminal of the tests' own hotline."""
    return Terminal(stack.database_url, tmp_path)


async def handled(city: City) -> str:
    """A complaint with a note on it."""
    ticket_no = await city.take_in(**said())
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET, note="已与欧阳墨竹轩约好")
    return ticket_no


async def notes(city: City, ticket_no: str) -> list[str]:
    """The words on a timeline."""
    answer = await city.http.get(f"/v1/complaints/{ticket_no}/timeline", headers=await city.key(Role.SEAT))
    assert answer.status_code == 200, answer.text
    return [entry["note"] for entry in answer.json()["entries"] if entry["note"]]


async def test_nothing_that_was_said_is_shown_in_any_of_their_tickets(city: City, terminal: Terminal) -> None:
    tickets = [await handled(city), await handled(city)]
    assert len(await notes(city, tickets[0])) == 1
    assert "2 tickets" in await terminal.done("erase", tickets[0], "--yes")
    for ticket_no in tickets:
        shown = await city.ticket(ticket_no)
        assert (shown["matter"], shown["point"], shown["contact"]) == (None, None, None)
        assert await notes(city, ticket_no) == []


async def test_tickets_and_journal_stay_and_the_chain_holds(city: City, pool: Pool, terminal: Terminal) -> None:
    ticket_no = await handled(city)
    rows = await journal.rows_after(pool, ticket_no)
    await terminal.done("erase", ticket_no, "--yes")
    assert await journal.rows_after(pool, ticket_no) == rows
    assert (await city.ticket(ticket_no))["stage"] == "handling"
    async with pool.acquire() as connection:
        faults = (await verify_chain(connection)).faults
    assert [fault for fault in faults if ticket_no in fault] == []


async def test_the_complaint_goes_on_and_keeps_no_new_words(city: City, pool: Pool, terminal: Terminal) -> None:
    ticket_no = await handled(city)
    await terminal.done("erase", ticket_no, "--yes")
    await city.done(ticket_no, "report-done", Role.UNIT, STREET, done_as="resolved", note="已清扫")
    words = "SELECT words_sealed FROM inbox WHERE ticket_no = $1 AND action = 'report-done'"
    assert await pool.fetchval(words, ticket_no) is None


async def test_the_same_phone_is_somebody_new_afterwards(city: City, pool: Pool, terminal: Terminal) -> None:
    first = await city.keep(**said())
    await terminal.done("erase", first, "--yes")
    second = await city.keep(**said())
    who = "SELECT complainant_id FROM complaints WHERE ticket_no = $1"
    assert await pool.fetchval(who, first) != await pool.fetchval(who, second)
    assert (await city.ticket(second))["contact"]["phone"] == PHONE


async def test_who_does_not_confirm_erases_nobody(city: City, terminal: Terminal) -> None:
    ticket_no = await city.keep(**said())
    status, told = await terminal.hotline("erase", ticket_no, typed="n\n")
    assert status != 0
    assert "for good" in told
    assert PHONE not in told
    assert (await city.ticket(ticket_no))["contact"]["phone"] == PHONE


async def test_a_ticket_that_is_not_there_ends_with_1_and_a_second_time_does_no_harm(
    city: City, terminal: Terminal
) -> None:
    assert (await terminal.hotline("erase", "20261122-99999999", "--yes"))[0] == 1
    ticket_no = await city.keep(**said())
    await terminal.done("erase", ticket_no, "--yes")
    assert "before" in await terminal.done("erase", ticket_no, "--yes")


@pytest.fixture
async def own(stack: Stack) -> AsyncGenerator[str, None]:
    """The address of a database where nobody else's persons are."""
    async with own_database(stack.database_url, "retained") as url:
        yield url


async def test_only_who_has_been_done_with_for_longer_than_the_span_is_erased(own: str, tmp_path: Path) -> None:
    async with await open_pool(own) as pool:
        for phone, days in ((b"1", 400), (b"2", 300)):
            await pool.execute(
                """INSERT INTO complainants (complainant_id, phone_hash, wrapped_key, key_id, created_at)
                   VALUES (gen_random_uuid(), $1, 'key', 'k1', now() - make_interval(days => $2))""",
                *(phone, days),
            )
        told = await Terminal(own, tmp_path).done("retain", "--older-than", "1y", "--yes")
        assert "1 complainants erased" in told
        assert [row["phone_hash"] for row in await pool.fetch(KNOWN)] == [b"2"]
        assert await pool.fetchval("SELECT count(*) FROM erasures WHERE by = 'retention'") == 1


async def test_without_a_span_it_is_the_one_of_the_policy_in_force(own: str, tmp_path: Path) -> None:
    async with await open_pool(own) as pool:
        for phone, days in ((b"1", 1096), (b"2", 1094)):
            await pool.execute(
                """INSERT INTO complainants (complainant_id, phone_hash, wrapped_key, key_id, created_at)
                   VALUES (gen_random_uuid(), $1, 'key', 'k1', now() - make_interval(days => $2))""",
                *(phone, days),
            )
        for book in load(ROOT / "policy"):
            await policy.apply(pool, book.version, book.effective_from, book.to_json(), "test")
        assert "1 complainants erased" in await Terminal(own, tmp_path).done("retain", "--yes")
        assert [row["phone_hash"] for row in await pool.fetch(KNOWN)] == [b"2"]


async def test_without_a_span_and_without_a_policy_nobody_is_erased(own: str, tmp_path: Path) -> None:
    status, told = await Terminal(own, tmp_path).hotline("retain", "--yes")
    assert status != 0
    assert "no policy is in force" in told


@pytest.mark.parametrize("span", ["", "3", "0y", "y", "-1y", "3y 1d", "99999y"])
async def test_a_span_that_cannot_be_meant_is_refused(terminal: Terminal, span: str) -> None:
    assert (await terminal.hotline("retain", f"--older-than={span}", "--yes"))[0] == 2
