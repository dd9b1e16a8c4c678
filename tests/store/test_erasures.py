"""Erasing: what opens and finds a person goes, the rest stays; and nobody new is erased with them."""

import asyncio
import uuid
from dataclasses import replace
from datetime import UTC, datetime

import asyncpg
import pytest

from domain.actor import Actor, Role
from store import complainants, complaints, erasures
from store.complainants import Complainant
from store.complaints import Intake
from store.connection import Executor, Pool

SEAT = Actor(Role.SEAT, "erasing-seat")
SAID = Intake(uuid.UUID(int=1), None, "phone", b"sealed", "", "", None, None, "", False, "", False, None, 3)
BEFORE = datetime(2003, 1, 1, tzinfo=UTC)
"""No other test's tickets are as old."""


async def person(pool: Executor, phone: bytes | None = None) -> uuid.UUID:
    """Somebody new, known since 2001."""
    who = uuid.uuid4()
    kept = await complainants.add(pool, Complainant(who, phone or who.bytes, b"wrapped", "k1", b"name", b"phone"))
    await pool.execute("UPDATE complainants SET created_at = '2001-01-01' WHERE complainant_id = $1", who)
    return kept.complainant_id


async def ticket(pool: Pool, who: uuid.UUID, stage: str = "closed", year: int = 2002) -> str:
    """A ticket of theirs that moved last in `year`."""
    taken = await complaints.take(pool, SEAT, str(uuid.uuid4()), b"", replace(SAID, complainant_id=who))
    await pool.execute(
        "UPDATE tickets SET stage = $2, changed_at = make_timestamptz($3, 6, 1, 0, 0, 0) WHERE ticket_no = $1",
        *(taken.ticket_no, stage, year),
    )
    return taken.ticket_no


async def is_erased(pool: Pool, who: uuid.UUID) -> bool:
    """Whether nothing opens or finds this person, and that is noted."""
    row = await pool.fetchrow(
        """SELECT num_nonnulls(wrapped_key, phone_hash, name_sealed, phone_sealed) AS left, e.by
           FROM complainants LEFT JOIN erasures e USING (complainant_id) WHERE complainant_id = $1""",
        who,
    )
    assert row is not None
    assert (row["left"], row["by"] is not None) in ((0, True), (4, False)), "all of it, or nothing"
    return row["left"] == 0


async def test_key_hash_name_and_phone_go_together_with_a_note(pool: Pool) -> None:
    who = await person(pool)
    assert await erasures.erase(pool, who, "request 7")
    assert await is_erased(pool, who)


async def test_the_second_time_there_is_nothing_to_erase(pool: Pool) -> None:
    who = await person(pool)
    await erasures.erase(pool, who, "first")
    assert await erasures.erase(pool, who, "second") is False
    assert await pool.fetchval("SELECT by FROM erasures WHERE complainant_id = $1", who) == "first"


async def test_a_note_of_an_erasure_is_never_changed(pool: Pool) -> None:
    who = await person(pool)
    await erasures.erase(pool, who, "test")
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await pool.execute("DELETE FROM erasures WHERE complainant_id = $1", who)


async def test_the_same_phone_is_somebody_new_afterwards(pool: Pool) -> None:
    phone = uuid.uuid4().bytes
    who = await person(pool, phone)
    await erasures.erase(pool, who, "test")
    assert await complainants.with_phone(pool, phone) is None
    assert await person(pool, phone) != who


async def test_an_intake_that_is_under_way_ends_before_its_person_is_erased(pool: Pool) -> None:
    phone = uuid.uuid4().bytes
    who = await person(pool, phone)
    async with pool.acquire() as connection, connection.transaction():
        assert await complainants.with_phone(connection, phone) is not None
        erasing = asyncio.create_task(erasures.erase(pool, who, "test"))
        await asyncio.sleep(0.2)
        assert not erasing.done()
    assert await erasing


async def test_a_person_is_found_by_any_of_their_tickets(pool: Pool) -> None:
    who = await person(pool)
    for number in [await ticket(pool, who), await ticket(pool, who)]:
        assert await erasures.person(pool, number) == erasures.Person(who, 2, erased=False)
    assert await erasures.person(pool, "20261122-99999999") is None


@pytest.mark.parametrize(
    ("tickets", "over"),
    [
        ([("closed", 2002)], True),
        ([("closed", 2001), ("closed", 2002)], True),
        ([("closed", 2004)], False),
        ([("closed", 2002), ("closed", 2004)], False),
        ([("closed", 2002), ("handling", 2002)], False),
    ],
    ids=["one", "all", "late", "one late", "one open"],
)
async def test_a_persons_time_is_over_when_all_their_tickets_have_been_closed_for_long(
    pool: Pool, tickets: list[tuple[str, int]], over: bool
) -> None:
    who = await person(pool)
    for stage, year in tickets:
        await ticket(pool, who, stage, year)
    assert (who in await erasures.done_before(pool, BEFORE, erasures.FIRST, 500)) is over
    async with pool.acquire() as connection:
        assert await erasures.erase_done(connection, who, BEFORE, "retention") is over
    assert await is_erased(pool, who) is over


async def test_who_comes_again_at_that_moment_is_not_erased(pool: Pool) -> None:
    phone = uuid.uuid4().bytes
    who = await person(pool, phone)
    await ticket(pool, who)
    async with pool.acquire() as mine, pool.acquire() as theirs:
        async with mine.transaction():
            assert await complainants.with_phone(mine, phone) is not None
            erasing = asyncio.create_task(erasures.erase_done(theirs, who, BEFORE, "retention"))
            await asyncio.sleep(0.2)
            await complaints.take(mine, SEAT, str(uuid.uuid4()), b"", replace(SAID, complainant_id=who))
        assert await erasing is False
    assert not await is_erased(pool, who)
