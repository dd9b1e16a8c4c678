"""The count finds what was promised and is not there, and what is there twice: on a real complaint, by records that
promise other things than what happened to it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.promises import Kept, compare
from audit.record import INTAKE, Promise, Record, Sent, read
from domain.actor import Role
from tests.city import STREET, City


class Scene:
    """One complaint that was signed in and reported on once, and a record to be written about it."""

    def __init__(self, city: City, ticket_no: str, signed_in: str, path: Path, since: datetime) -> None:
        self.city = city
        self.ticket_no = ticket_no
        self.signed_in = signed_in
        self.since = since
        self.record = Record(path)

    def taken_in(self, key: str = "a", *ticket_numbers: str) -> None:
        """The intake was sent, and promised as each of these numbers; as the real one when there are none."""
        self.record.sent(Sent(key, INTAKE))
        for ticket_no in ticket_numbers or (self.ticket_no,):
            self.record.promised(Promise(key, 201, ticket_no))

    def acted(self, action: str, command_id: str, key: str = "b") -> None:
        """An action was sent, and kept under a command id."""
        self.record.sent(Sent(key, action, self.ticket_no))
        self.record.promised(Promise(key, 202, self.ticket_no, command_id))

    async def kept(self) -> Kept:
        """What the count makes of the record."""
        async with self.city.rooms.pool.acquire() as connection:
            return await compare(connection, read(self.record.path), self.since)


@pytest.fixture
async def scene(city: City, tmp_path: Path) -> Scene:
    """Nothing is recorded yet."""
    since = datetime.now(UTC)
    ticket_no = await city.take_in()
    answer = await city.act(ticket_no, "sign-in", Role.UNIT, STREET)
    command_id = answer.headers["Content-Location"].rpartition("/")[2]
    return Scene(city, ticket_no, command_id, tmp_path / "record.jsonl", since)


async def test_promises_that_were_kept_are_no_fault(scene: Scene) -> None:
    scene.taken_in()
    scene.acted("sign-in", scene.signed_in)
    assert await scene.kept() == Kept(accepted=2, applied=2)


async def test_a_ticket_that_is_not_there_is_lost(scene: Scene) -> None:
    scene.taken_in("a")
    scene.acted("sign-in", scene.signed_in)
    scene.taken_in("c", "20261122-99999999")
    kept = await scene.kept()
    assert (kept.accepted, kept.applied, kept.lost) == (3, 2, ["20261122-99999999 is not there"])


async def test_an_action_that_is_nowhere_in_the_journal_is_lost(scene: Scene) -> None:
    scene.taken_in()
    scene.acted("sign-in", scene.signed_in)
    scene.acted("progress", "no-such-command", key="c")
    assert (await scene.kept()).lost == [f"{scene.ticket_no} progress c is nowhere in the journal"]


async def test_an_action_that_nobody_sent_is_doubled(scene: Scene) -> None:
    scene.taken_in()
    assert (await scene.kept()).doubled == [f"{scene.ticket_no} has 1 SignedIn, 0 were sent"]


async def test_a_request_that_was_given_two_numbers_is_doubled(scene: Scene) -> None:
    other = await scene.city.take_in(matter="门口路灯坏了")
    scene.taken_in("a", scene.ticket_no, other)
    scene.acted("sign-in", scene.signed_in)
    assert (await scene.kept()).doubled == [f"a was given {scene.ticket_no} and {other}"]


async def test_a_ticket_that_nobody_was_promised_is_doubled(scene: Scene) -> None:
    scene.taken_in()
    scene.acted("sign-in", scene.signed_in)
    await scene.city.keep(matter="门口路灯坏了")
    assert (await scene.kept()).doubled == ["1 tickets that nobody was promised, 0 requests unanswered"]


async def test_a_complaint_that_was_never_taken_up_is_lost(scene: Scene) -> None:
    scene.taken_in()
    scene.acted("sign-in", scene.signed_in)
    waiting = await scene.city.keep(matter="门口路灯坏了")
    scene.taken_in("c", waiting)
    assert (await scene.kept()).lost == [f"{waiting} was never taken up"]
