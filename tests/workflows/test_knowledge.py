"""The duty to review an answer, on the real engine: its owner hears of it, until it is done."""

import json
from datetime import UTC, datetime, timedelta

from domain.actor import HOTLINE, Role
from domain.calendar import beijing_day, midnight_after
from domain.knowledge import Knowledge, KnowledgeState
from store import inbox, knowledge
from store.connection import Pool
from tests.city import City
from tests.workflows.duties import ended, skip

POLICE = "D-GAJ"
TODAY = beijing_day(datetime.now(UTC))


def answer(code: str, review_in: int, version: int = 1, state: KnowledgeState = KnowledgeState.IN_FORCE) -> Knowledge:
    """An answer of the police to be reviewed in so many days."""
    return Knowledge(
        *(code, version, "210106", POLICE, (f"{code}怎么办",), "带身份证到窗口办理即可。"),
        *(TODAY + timedelta(days=review_in), state, datetime.now(UTC), HOTLINE),
    )


async def keep(city: City, pool: Pool, one: Knowledge) -> None:
    """Keep a version and bring it to the engine, as the relay would."""
    async with pool.acquire() as connection:
        assert await knowledge.keep(connection, one)
    command = await inbox.read(pool, one.code, f"version {one.version}")
    assert command is not None
    await city.rooms.delivery.deliver(command, timedelta(seconds=10))


async def notices(city: City, code: str) -> list[str]:
    """What the owner has heard about one answer."""
    found = await city.http.get("/v1/notices", params={"limit": 500}, headers=await city.key(Role.UNIT, POLICE))
    return [each["kind"] for each in found.json()["notices"] if each["ticket_no"] == code]


async def test_r45_the_owner_hears_before_the_review_date_after_it_and_every_week(city: City, pool: Pool) -> None:
    one = answer("K-W01", 30)
    await keep(city, pool, one)
    to_overdue = midnight_after(one.review_on) - datetime.now(UTC)
    await skip(city, one.code, to_overdue - timedelta(days=14) - timedelta(hours=1))
    assert await notices(city, one.code) == []
    await skip(city, one.code, timedelta(hours=2))
    assert await notices(city, one.code) == ["KnowledgeReviewDue"]
    await skip(city, one.code, timedelta(days=14))
    assert await notices(city, one.code) == ["KnowledgeReviewDue", "KnowledgeReviewOverdue"]
    await skip(city, one.code, timedelta(days=14))
    assert (await notices(city, one.code)).count("KnowledgeReviewOverdue") == 3


async def test_r45_a_review_puts_the_bell_off(city: City, pool: Pool) -> None:
    await keep(city, pool, answer("K-W02", 1))
    await keep(city, pool, answer("K-W02", 300, version=2))
    await skip(city, "K-W02", timedelta(days=200))
    assert await notices(city, "K-W02") == []


async def test_r45_a_date_that_is_drawn_nearer_rings_sooner(city: City, pool: Pool) -> None:
    await keep(city, pool, answer("K-W03", 300))
    await keep(city, pool, answer("K-W03", 2, version=2))
    await skip(city, "K-W03", timedelta(days=4))
    assert await notices(city, "K-W03") == ["KnowledgeReviewOverdue"]


async def test_r45_a_withdrawn_answer_is_nobodys_duty_until_it_is_in_force_again(city: City, pool: Pool) -> None:
    await keep(city, pool, answer("K-W04", 30))
    await keep(city, pool, answer("K-W04", 30, version=2, state=KnowledgeState.WITHDRAWN))
    assert await ended(city, "K-W04")
    await keep(city, pool, answer("K-W04", 30, version=3))
    await skip(city, "K-W04", timedelta(days=20))
    assert await notices(city, "K-W04") == ["KnowledgeReviewDue"]


async def test_r45_a_duty_that_the_engine_lost_begins_again_and_tells_nothing_twice(city: City, pool: Pool) -> None:
    async with pool.acquire() as connection:
        await knowledge.keep(connection, answer("K-W05", -1))
    command = await inbox.read(pool, "K-W05", "version 1")
    assert command is not None
    for _ in range(2):
        await city.rooms.delivery.deliver(command, timedelta(seconds=10))
        await skip(city, "K-W05", timedelta(minutes=1))
        assert await notices(city, "K-W05") == ["KnowledgeReviewOverdue"]
        await city.handle("K-W05").terminate("lost with the engine")


async def test_r45_the_ui_shows_which_bell_is_next_and_no_text_of_the_answer(city: City, pool: Pool) -> None:
    one = answer("K-W06", 30)
    await keep(city, pool, one)
    await skip(city, one.code, timedelta(seconds=1))
    history, timers = await city.handle(one.code).fetch_history(), []
    while not timers:  # the run's own time limit ends this
        history = await city.handle(one.code).fetch_history()
        timers = [event for event in history.events if event.HasField("timer_started_event_attributes")]
    bell = midnight_after(one.review_on) - timedelta(days=14)
    assert json.loads(timers[0].user_metadata.summary.data) == f"KnowledgeReviewDue, {bell:%Y-%m-%d %H:%M}"
    said = b"".join(event.SerializeToString() for event in history.events)
    assert b"KnowledgeReviewDue" in said
    assert "窗口".encode() not in said
