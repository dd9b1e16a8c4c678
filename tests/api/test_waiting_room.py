"""A process has so many requests at a time and keeps each for so long; who is sent away hears when to come back."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from api.waiting_room import WaitingRoom
from telemetry.door import Door
from telemetry.registry import REGISTRY

INTAKE, OTHER, HEALTH = ("POST", "/v1/complaints"), ("GET", "/v1/complaints"), ("GET", "/health/live")


class Slow:
    """An application that answers when it is told to."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.there = 0
        self.given_up = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """200, once."""
        self.there += 1
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(0.05)
        await send({"type": "http.response.body", "body": b"all of it"})


@asynccontextmanager
async def room(
    slow: Slow, longest: timedelta = timedelta(seconds=30)
) -> AsyncGenerator[tuple[httpx.AsyncClient, list[asyncio.Task[httpx.Response]]], None]:
    """Four places, one of them for intake alone; and a list for what waits in them."""
    waiting: list[asyncio.Task[httpx.Response]] = []
    transport = httpx.ASGITransport(WaitingRoom(slow, most=4, for_intake=1, longest=longest))
    async with httpx.AsyncClient(transport=transport, base_url="http://hotline") as http:
        yield http, waiting
        slow.go_on.set()
        assert {answer.status_code for answer in await asyncio.gather(*waiting)} <= {200}


async def filled(http: httpx.AsyncClient, waiting: list[asyncio.Task[httpx.Response]], slow: Slow, times: int) -> None:
    """So many more requests that are no intake have found a place."""
    before = slow.there
    waiting += [asyncio.create_task(http.request(*OTHER)) for _ in range(times)]
    while slow.there < before + times:
        await asyncio.sleep(0)


@pytest.mark.parametrize(("places", "asked"), [(3, OTHER), (4, INTAKE)])
async def test_who_finds_no_place_is_told_at_once_to_come_back(places: int, asked: tuple[str, str]) -> None:
    slow = Slow()
    async with room(slow) as (http, waiting):
        await filled(http, waiting, slow, 3)
        waiting += [asyncio.create_task(http.request(*INTAKE)) for _ in range(places - 3)]
        while slow.there < places:
            await asyncio.sleep(0)
        answer = await http.request(*asked)
        assert (answer.status_code, answer.json()["code"]) == (503, "crowded")
        assert int(answer.headers["Retry-After"]) > 0
        assert slow.there == places


@pytest.mark.parametrize("asked", [INTAKE, HEALTH])
async def test_a_new_complaint_and_a_look_at_the_health_find_a_place_when_all_else_does_not(
    asked: tuple[str, str],
) -> None:
    slow = Slow()
    async with room(slow) as (http, waiting):
        await filled(http, waiting, slow, 3)
        waiting.append(asyncio.create_task(http.request(*asked)))
        async with asyncio.timeout(5):
            while slow.there < 4:
                await asyncio.sleep(0)
        assert slow.there == 4


async def test_a_new_complaint_is_worked_on_while_others_wait_for_their_turn() -> None:
    slow = Slow()
    transport = httpx.ASGITransport(WaitingRoom(slow, others_at_once=2))
    async with httpx.AsyncClient(transport=transport, base_url="http://hotline") as http:
        waiting = [asyncio.create_task(http.request(*OTHER)) for _ in range(5)]
        while slow.there < 2:
            await asyncio.sleep(0)
        waiting.append(asyncio.create_task(http.request(*INTAKE)))
        while slow.there < 3:
            await asyncio.sleep(0)
        await asyncio.sleep(0.05)
        assert slow.there == 3
        slow.go_on.set()
        assert {answer.status_code for answer in await asyncio.gather(*waiting)} == {200}


async def test_a_place_is_free_again_once_its_request_is_answered() -> None:
    slow = Slow()
    async with room(slow) as (http, waiting):
        await filled(http, waiting, slow, 3)
        slow.go_on.set()
        await asyncio.gather(*waiting)
        assert (await http.request(*OTHER)).status_code == 200


async def test_a_request_that_gets_no_answer_is_given_up_and_told_to_be_repeated() -> None:
    slow = Slow()
    async with room(slow, timedelta(seconds=0.05)) as (http, _):
        answer = await http.request(*INTAKE)
        assert (answer.status_code, answer.json()["code"], slow.given_up) == (503, "busy", 1)
        assert int(answer.headers["Retry-After"]) > 0


async def test_who_is_told_to_give_up_and_answers_all_the_same_is_heard() -> None:
    """As an action does, which then answers 202: its call of the engine ends by itself when it is called off."""

    async def late(scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await send({"type": "http.response.start", "status": 202, "headers": []})
        await send({"type": "http.response.body", "body": b"kept"})

    transport = httpx.ASGITransport(WaitingRoom(late, longest=timedelta(seconds=0.02)))
    async with httpx.AsyncClient(transport=transport, base_url="http://hotline") as http:
        answer = await http.request(*OTHER)
    assert (answer.status_code, answer.text) == (202, "kept")


async def test_an_answer_that_has_begun_is_brought_to_its_end() -> None:
    slow = Slow()
    slow.go_on.set()
    async with room(slow, timedelta(seconds=0.02)) as (http, _):
        assert (await http.request(*OTHER)).text == "all of it"


async def test_a_complaint_that_is_turned_away_is_counted_as_one() -> None:
    def counted() -> float:
        return REGISTRY.get_sample_value("hotline_intake_total", {"code": "crowded"}) or 0.0

    before = counted()
    full = httpx.ASGITransport(Door(WaitingRoom(Slow(), most=0)))
    async with httpx.AsyncClient(transport=full, base_url="http://hotline") as http:
        assert (await http.request(*INTAKE)).status_code == 503
    assert counted() == before + 1
