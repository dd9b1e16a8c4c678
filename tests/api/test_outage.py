"""Temporal is away: complaints are taken in, actions are kept, and everything is applied once when it is back."""

import asyncio
import time
from collections import Counter
from datetime import timedelta

from domain.actor import Role
from local.stack import Stack
from store import inbox
from store.connection import Pool
from tests.api.door import door
from tests.api.outage import deaf, outage
from tests.city import ORDINARY, STREET, City, fresh_name

PATIENCE = timedelta(seconds=10)
SAID = {"matter": "楼道没人打扫", "item": ORDINARY, "street": STREET}


async def test_complaints_are_taken_in_while_the_engine_is_away(city: City, stack: Stack) -> None:
    async with outage(city.rooms, stack.temporal_address, city.task_queue) as away, door(away.rooms) as http:
        answer = await http.post("/v1/complaints", json=SAID, headers=await city.key(Role.SEAT))
        assert answer.status_code == 201
        ticket_no = answer.json()["ticket_no"]
        assert (await http.get("/health/ready")).json()["engine"] is False
        await away.end()
        command = await inbox.read(city.rooms.pool, ticket_no, "intake")
        assert command is not None
        await asyncio.gather(*(away.rooms.delivery.deliver(command, PATIENCE) for _ in range(3)))
        assert (await city.until(ticket_no, lambda ticket: ticket["stage"] == "handling"))["lead"] == STREET
        assert (await city.kinds(ticket_no)).count("Dispatched") == 1


async def test_an_action_while_the_engine_is_away_is_kept_and_applied_once(
    city: City, stack: Stack, pool: Pool
) -> None:
    ticket_no = await city.take_in()
    headers = await city.key(Role.UNIT, STREET) | {"Idempotency-Key": fresh_name("key")}
    async with outage(city.rooms, stack.temporal_address, city.task_queue) as away, door(away.rooms) as http:
        kept = await http.post(f"/v1/complaints/{ticket_no}/sign-in", json={}, headers=headers)
        assert kept.status_code == 202
        assert kept.json()["state"] == "pending"
        where = kept.headers["location"]
        assert (await http.get(where, headers=headers)).json()["state"] == "pending"
        again = await http.post(f"/v1/complaints/{ticket_no}/sign-in", json={}, headers=headers)
        assert (again.status_code, again.headers["location"]) == (202, where)

        await away.end()
        command = await inbox.read(pool, ticket_no, kept.json()["command_id"])
        assert command is not None
        await asyncio.gather(*(away.rooms.delivery.deliver(command, PATIENCE) for _ in range(3)))
        assert (await http.get(where, headers=headers)).json()["state"] == "applied"
        last = await http.post(f"/v1/complaints/{ticket_no}/sign-in", json={}, headers=headers)
        assert last.status_code == 200
    steps = Counter((row.kind, row.step) for row in await city.rows(ticket_no))
    assert steps["SignedIn", command.command_id] == 1
    assert [kind for kind in await city.kinds(ticket_no) if kind == "SignedIn"] == ["SignedIn"]


async def test_an_action_that_the_rules_refuse_is_refused_once_the_engine_is_back(city: City, stack: Stack) -> None:
    ticket_no = await city.take_in()
    headers = await city.key(Role.UNIT, STREET)
    async with outage(city.rooms, stack.temporal_address, city.task_queue) as away, door(away.rooms) as http:
        kept = await http.post(f"/v1/complaints/{ticket_no}/contact", json={"reached": True}, headers=headers)
        assert kept.status_code == 202
        await away.end()
        command = await inbox.read(city.rooms.pool, ticket_no, kept.json()["command_id"])
        assert command is not None
        await away.rooms.delivery.deliver(command, PATIENCE)
        told = (await http.get(kept.headers["location"], headers=headers)).json()
    assert (told["state"], told["code"]) == ("refused", "not_signed_in")
    assert "ComplainantContacted" not in await city.kinds(ticket_no)


async def test_an_engine_that_never_says_a_word_is_not_waited_for(city: City) -> None:
    ticket_no = await city.take_in()
    async with deaf(city.rooms, city.task_queue) as rooms, door(rooms) as http:
        began = time.monotonic()
        answer = await http.post(
            f"/v1/complaints/{ticket_no}/sign-in", json={}, headers=await city.key(Role.UNIT, STREET)
        )
        assert answer.status_code == 202
        assert (await http.get("/health/ready")).json()["engine"] is False
        assert time.monotonic() - began < 8
