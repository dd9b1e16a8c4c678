"""What people do to a complaint before a worker has taken it up waits its turn and is then decided, once."""

import asyncio

from temporalio.client import Client

from classifier.model import Model
from domain.actor import Role
from domain.lifecycle import Action
from tests.city import STREET, City, fresh_name
from tests.workflows import ghost
from tests.workflows.lives import agree
from tests.workflows.own_queue import on_queue
from vault.seal import Vault
from workers.worker import worker


async def command_of(city: City, ticket_no: str, action: str, **body: object) -> str:
    """The id of a command that nobody could answer yet."""
    answer = await city.act(ticket_no, action, Role.FRONTEND, **body)
    assert answer.status_code == 202, answer.text
    return answer.json()["command_id"]


async def test_actions_given_before_the_complaint_is_taken_up_are_applied_after_it_in_their_order(
    city: City, client: Client, vault: Vault, model: Model
) -> None:
    idle = on_queue(city, fresh_name("idle"))
    ticket_no = await idle.keep()
    supplement = await command_of(idle, ticket_no, "supplement", note="还没派单就补充")
    await idle.bring(ticket_no, "intake")
    await idle.bring(ticket_no, supplement, patience=0.3)
    withdrawal = await command_of(idle, ticket_no, "withdrawal")
    async with worker(client, idle.task_queue, city.rooms.pool, vault, model, release="dev", strict=True):
        await idle.until(ticket_no, lambda ticket: ticket["stage"] == "closed")
    assert await city.kinds(ticket_no) == ["Classified", "Dispatched", "Supplemented", "Closed"]
    for command_id in (supplement, withdrawal):
        assert (await standing_of(city, ticket_no, command_id))["state"] == "applied"
    await agree(city, ticket_no)


async def test_an_action_on_a_complaint_that_has_not_been_started_waits_behind_its_intake(city: City) -> None:
    ticket_no = await city.keep()
    withdrawal = await command_of(city, ticket_no, "withdrawal")
    await city.bring(ticket_no, withdrawal)
    assert (await standing_of(city, ticket_no, withdrawal))["state"] == "pending"
    await city.bring(ticket_no, "intake")
    await city.bring(ticket_no, withdrawal)
    assert (await city.ticket(ticket_no))["outcome"] == "withdrawn"
    await agree(city, ticket_no)


async def test_an_action_that_does_not_fit_what_the_complaint_turns_out_to_be_is_refused_then(
    city: City, client: Client, vault: Vault, model: Model
) -> None:
    idle = on_queue(city, fresh_name("idle"))
    ticket_no = await idle.keep()
    await idle.bring(ticket_no, "intake")
    evaluated = await command_of(idle, ticket_no, "evaluation", contacted=True, resolved="yes", satisfied="satisfied")
    async with worker(client, idle.task_queue, city.rooms.pool, vault, model, release="dev", strict=True):
        await idle.until(ticket_no, lambda ticket: ticket["stage"] != "received")
        await city.bring(ticket_no, evaluated)
    assert (await standing_of(city, ticket_no, evaluated))["code"] == "callback_not_due"
    assert await city.kinds(ticket_no) == ["Classified", "Dispatched"]


async def test_of_two_actions_brought_at_once_the_second_is_decided_on_top_of_the_first(
    city: City, client: Client, vault: Vault, model: Model
) -> None:
    idle = on_queue(city, fresh_name("idle"))
    async with worker(client, idle.task_queue, city.rooms.pool, vault, model, release="dev", strict=True):
        ticket_no = await idle.take_in()
    unit = ghost.by(Role.UNIT, STREET)
    signed_in = await ghost.keep(idle, ticket_no, Action.SIGN_IN, unit)
    contacted = await ghost.keep(idle, ticket_no, Action.CONTACT, unit, reached=True)
    bringing = [asyncio.create_task(idle.bring(ticket_no, signed_in, 30))]
    await asyncio.sleep(0.5)  # so that the engine has them in this order
    bringing.append(asyncio.create_task(idle.bring(ticket_no, contacted, 30)))
    await asyncio.sleep(0.5)
    async with worker(client, idle.task_queue, city.rooms.pool, vault, model, release="dev", strict=True):
        await asyncio.gather(*bringing)
        await agree(city, ticket_no)
    for command_id in (signed_in, contacted):
        assert (await standing_of(city, ticket_no, command_id))["state"] == "applied"


async def standing_of(city: City, ticket_no: str, command_id: str) -> dict[str, object]:
    """What has become of a command, over HTTP."""
    where = f"/v1/complaints/{ticket_no}/commands/{command_id}"
    return (await city.http.get(where, headers=await city.key(Role.SEAT))).json()
