"""The journal: appended to only, in order, each step once, and everything that goes with it or nothing."""

import asyncio
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from domain.actor import Actor, Role
from domain.calendar import BEIJING
from domain.complaint import Complaint
from domain.events import Event, SignedIn, Supplemented
from domain.journal import FIRST_HASH, Row, chained, check
from domain.lifecycle import Stage
from domain.notices import Notice
from domain.standing import standing
from domain.step import Step
from store import complainants, complaints, inbox, journal, tickets
from store.complainants import Complainant
from store.complaints import Intake
from store.connection import Pool
from store.inbox import Command

SEAT = Actor(Role.SEAT, "journal-seat")
UNIT = Actor(Role.UNIT, "journal-unit", "110105012")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC).astimezone(BEIJING)


@pytest.fixture
async def ticket_no(pool: Pool) -> str:
    """A complaint that nobody has taken up."""
    person = Complainant(uuid.uuid4(), None, b"wrapped", "k1", None, None)
    await complainants.add(pool, person)
    said = Intake(person.complainant_id, None, "phone", b"sealed", "", "", None, None, "", False, "", False, None, 3)
    return (await complaints.take(pool, SEAT, str(uuid.uuid4()), b"digest", said)).ticket_no


async def append(pool: Pool, ticket_no: str, after: tuple[Row, ...], step: str, *events: Event) -> bool:
    """Append events after the rows that the caller knows of."""
    seq, head = (after[-1].seq, after[-1].hash) if after else (0, FIRST_HASH)
    rows = chained(ticket_no, seq, head, step, UNIT, NOW, events)
    state = replace(Complaint(ticket_no, NOW), stage=Stage.HANDLING, lead="110105012")
    told = standing(state, rows[-1].seq, rows[-1].hash, NOW)
    async with pool.acquire() as connection:
        made = Step(seq, head, step, rows, told, (Notice("Supplemented", "110105012"),))
        return await journal.append(connection, made) is not None


async def give(pool: Pool, ticket_no: str) -> str:
    """A pending command; its id."""
    command = Command(ticket_no, str(uuid.uuid4()), "supplement", UNIT, {}, b"", 3, NOW, "pending", "", None)
    assert await inbox.put(pool, command, None, timedelta(days=1)) is None
    return command.command_id


async def queued(pool: Pool, ticket_no: str) -> int:
    """Notices of one ticket."""
    return await pool.fetchval("SELECT count(*) FROM outbox WHERE ticket_no = $1", ticket_no)


async def test_rows_ticket_command_unit_and_notice_change_together(pool: Pool, ticket_no: str) -> None:
    step = await give(pool, ticket_no)
    assert await append(pool, ticket_no, (), step, Supplemented())
    rows = await journal.rows_after(pool, ticket_no)
    ticket, command = await tickets.read(pool, ticket_no), await inbox.read(pool, ticket_no, step)
    assert ticket is not None
    assert command is not None
    assert (ticket.seq, ticket.head, ticket.stage) == (1, rows[-1].hash, "handling")
    assert command.state == "applied"
    assert command.told == ticket.standing
    assert await queued(pool, ticket_no) == 1
    assert await pool.fetchval("SELECT unit FROM ticket_units WHERE ticket_no = $1", ticket_no) == "110105012"


async def test_rows_come_back_as_they_were_appended(pool: Pool, ticket_no: str) -> None:
    await append(pool, ticket_no, (), "one", Supplemented(), SignedIn("110105012"))
    rows = await journal.rows_after(pool, ticket_no)
    assert rows == chained(ticket_no, 0, FIRST_HASH, "one", UNIT, NOW, (Supplemented(), SignedIn("110105012")))
    check(rows[0], 0, FIRST_HASH)
    check(rows[1], 1, rows[0].hash)
    assert await journal.rows_after(pool, ticket_no, 1) == rows[1:]


async def test_a_step_that_comes_too_late_is_told_so_and_changes_nothing(pool: Pool, ticket_no: str) -> None:
    await append(pool, ticket_no, (), "first", Supplemented())
    rows, ticket = await journal.rows_after(pool, ticket_no), await tickets.read(pool, ticket_no)
    late = await give(pool, ticket_no)
    assert await append(pool, ticket_no, (), late, SignedIn("110105012")) is False
    assert await journal.rows_after(pool, ticket_no) == rows
    assert await tickets.read(pool, ticket_no) == ticket
    assert await queued(pool, ticket_no) == 1
    command = await inbox.read(pool, ticket_no, late)
    assert command is not None
    assert command.state == "pending"


async def test_a_step_from_the_future_changes_nothing(pool: Pool, ticket_no: str) -> None:
    ahead = chained(ticket_no, 4, "unseen", "step", UNIT, NOW, (Supplemented(),))
    assert await append(pool, ticket_no, ahead, "ahead", Supplemented()) is False
    assert await journal.rows_after(pool, ticket_no) == ()


async def test_an_applied_step_is_never_appended_again(pool: Pool, ticket_no: str) -> None:
    step = await give(pool, ticket_no)
    await append(pool, ticket_no, (), step, Supplemented())
    rows = await journal.rows_after(pool, ticket_no)
    assert await append(pool, ticket_no, rows, step, Supplemented()) is False
    assert await journal.rows_after(pool, ticket_no) == rows


async def test_of_many_writers_at_once_one_wins(pool: Pool, ticket_no: str) -> None:
    won = await asyncio.gather(*(append(pool, ticket_no, (), f"writer {n}", Supplemented()) for n in range(8)))
    assert sorted(won) == [False] * 7 + [True]
    assert len(await journal.rows_after(pool, ticket_no)) == 1


async def test_a_ticket_that_does_not_exist_gets_no_journal(pool: Pool) -> None:
    assert await append(pool, "20261122-99999999", (), "step", Supplemented()) is False
    assert await journal.rows_after(pool, "20261122-99999999") == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET facts = '{}' WHERE ticket_no = $1",
        "UPDATE journal SET seq = seq + 1 WHERE ticket_no = $1",
        "DELETE FROM journal WHERE ticket_no = $1",
    ],
)
async def test_no_row_is_ever_changed_or_deleted(pool: Pool, ticket_no: str, statement: str) -> None:
    await append(pool, ticket_no, (), "step", Supplemented())
    rows = await journal.rows_after(pool, ticket_no)
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await pool.execute(statement, ticket_no)
    assert await journal.rows_after(pool, ticket_no) == rows


async def test_not_even_in_the_months_own_table(pool: Pool, ticket_no: str) -> None:
    await append(pool, ticket_no, (), "step", Supplemented())
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await pool.execute(f"DELETE FROM journal_{ticket_no[:6]} WHERE ticket_no = $1", ticket_no)


async def test_the_same_place_is_never_taken_twice(pool: Pool, ticket_no: str) -> None:
    await append(pool, ticket_no, (), "step", Supplemented())
    with pytest.raises(asyncpg.UniqueViolationError):
        await pool.execute(
            """INSERT INTO journal (ticket_no, seq, step, kind, actor_role, actor_name, actor_unit, at, facts, hash)
               SELECT ticket_no, seq, 'forged', kind, actor_role, actor_name, actor_unit, at, facts, hash
               FROM journal WHERE ticket_no = $1""",
            ticket_no,
        )


async def test_every_row_is_read_in_order_ticket_by_ticket(pool: Pool, ticket_no: str) -> None:
    await append(pool, ticket_no, (), "one", Supplemented())
    await append(pool, ticket_no, await journal.rows_after(pool, ticket_no), "two", SignedIn("110105012"))
    async with pool.acquire() as connection, connection.transaction():
        places = [(row.ticket_no, row.seq) async for row in journal.every_row(connection)]
    assert places == sorted(places)
    assert [(ticket_no, 1), (ticket_no, 2)] == [place for place in places if place[0] == ticket_no]


async def test_a_refusal_does_not_undo_what_was_applied(pool: Pool, ticket_no: str) -> None:
    step = await give(pool, ticket_no)
    await append(pool, ticket_no, (), step, Supplemented())
    command = await inbox.refuse(pool, ticket_no, step, "closed", {})
    assert (command.state, command.code) == ("applied", "")


async def test_a_refused_command_may_still_be_told_from_a_pending_one(pool: Pool, ticket_no: str) -> None:
    step = await give(pool, ticket_no)
    command = await inbox.refuse(pool, ticket_no, step, "wrong_stage", {"stage": "closed"})
    assert (command.state, command.code, command.told) == ("refused", "wrong_stage", {"stage": "closed"})
