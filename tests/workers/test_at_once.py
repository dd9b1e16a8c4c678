"""What ends as it is taken up ends without a workflow; whatever does not, goes on in one."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import cast

import pytest
from temporalio.client import Client
from temporalio.service import RPCError

from activities.contracts import TakenUp, TakeUpRequest
from activities.planner import Planner
from activities.triage import Triager
from api.delivery import Delivery
from audit.story import compare
from classifier.model import Model
from domain.actor import Role
from domain.events import Dispatched
from store import inbox, journal
from store.connection import Pool
from tests.city import DISTRICT, STREET, City, a_matter
from vault.seal import Vault
from workers.at_once import AtOnce

PATIENCE = timedelta(seconds=10)


@pytest.fixture
async def relay(city: City, pool: Pool, vault: Vault, model: Model) -> AsyncGenerator[Delivery, None]:
    """A relay's delivery, with the short way."""
    triager = Triager(pool, vault, Planner(city.rooms.shelf), model)
    delivery = Delivery(pool, city.rooms.gateway, AtOnce(triager).ended)
    yield delivery
    await delivery.settled()


async def bring(delivery: Delivery, pool: Pool, ticket_no: str) -> None:
    """The intake of a complaint, as the relay brings it."""
    command = await inbox.read(pool, ticket_no, inbox.INTAKE)
    assert command is not None
    await delivery.deliver(command, PATIENCE)
    await delivery.settled()


async def is_known(city: City, ticket_no: str) -> bool:
    """Whether the engine has ever heard of it."""
    try:
        await city.client.get_workflow_handle(ticket_no).describe()
    except RPCError:
        return False
    return True


async def is_acknowledged(pool: Pool, ticket_no: str) -> bool:
    """Whether the relay leaves its intake alone from now on."""
    return await pool.fetchval(
        "SELECT acknowledged_at IS NOT NULL FROM inbox WHERE ticket_no = $1 AND command_id = 'intake'", ticket_no
    )


@pytest.mark.parametrize("said", [{"kind": "consultation", "answered": True}, {"disposition": "statutory_channel"}])
async def test_r10_what_a_seat_has_settled_is_closed_without_a_workflow(
    city: City, pool: Pool, relay: Delivery, said: dict[str, object]
) -> None:
    ticket_no = await city.keep(**said)
    await bring(relay, pool, ticket_no)
    assert (await city.ticket(ticket_no))["stage"] == "closed"
    assert await is_acknowledged(pool, ticket_no)
    assert not await is_known(city, ticket_no)


async def test_r10_a_written_question_that_knowledge_answers_is_closed_without_a_workflow(
    city: City, pool: Pool, relay: Delivery
) -> None:
    asked = {"matter": "房子空着没人住还用交物业费吗", "kind": "consultation", "channel": "wechat"}
    ticket_no = await city.keep(**asked, item="", street="")
    await bring(relay, pool, ticket_no)
    assert (await city.ticket(ticket_no))["outcome"] == "answered"
    assert not await is_known(city, ticket_no)


async def test_a_relay_that_died_before_it_could_note_it_finds_it_closed(
    city: City, pool: Pool, relay: Delivery
) -> None:
    ticket_no = await city.keep(kind="consultation", answered=True)
    await bring(relay, pool, ticket_no)
    rows = await journal.rows_after(pool, ticket_no)
    await pool.execute("UPDATE inbox SET acknowledged_at = NULL WHERE ticket_no = $1", ticket_no)
    await bring(relay, pool, ticket_no)
    assert await journal.rows_after(pool, ticket_no) == rows
    assert await is_acknowledged(pool, ticket_no)


async def test_a_written_question_without_an_answer_goes_on_in_a_workflow(
    city: City, pool: Pool, relay: Delivery
) -> None:
    ticket_no = await city.keep(kind="consultation", channel="wechat")
    await bring(relay, pool, ticket_no)
    await city.until(ticket_no, lambda ticket: ticket["stage"] == "handling")
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    story = await compare(pool, city.client, [ticket_no])
    assert (story.compared, story.mismatches, story.lost) == (1, [], [])


async def test_r13_nothing_waits_for_a_question_that_ends_as_it_is_taken_up(
    city: City, pool: Pool, relay: Delivery
) -> None:
    same = {"matter": a_matter(), "complainant": {"phone": "13901230099"}}
    asked = await city.keep(**same, kind="consultation", answered=True)
    complaint = await city.take_in(**same, kind="complaint")  # overtakes it, as what is urgent does after an outage
    await bring(relay, pool, asked)
    await city.hear(asked)
    assert (await city.hear(complaint))["stage"] == "handling"


async def test_r44_what_is_asked_in_an_emergency_keeps_its_tier_when_no_seat_decides_on_it(
    city: City, pool: Pool, relay: Delivery
) -> None:
    body, bureau = {"district": DISTRICT, "tier": "2h"}, await city.key(Role.BUREAU)
    flood = (await city.http.post("/v1/emergencies", json=body, headers=bureau)).json()["emergency_id"]
    asked = {"matter": "请问这个事情应该怎么办呢", "kind": "consultation", "channel": "wechat", "street": ""}
    ticket_no = await city.keep(**asked, item="", district=DISTRICT)
    await bring(relay, pool, ticket_no)
    await city.http.post(f"/v1/emergencies/{flood}/end", headers=bureau)
    await city.until(ticket_no, lambda ticket: ticket["stage"] == "confirmation")
    await city.ring(ticket_no, "confirmation:confidence")
    assert (await city.last(ticket_no, Dispatched)).tier == "2h"


async def test_a_failure_on_the_short_way_is_left_to_the_workflow(city: City, pool: Pool) -> None:
    class Broken:
        """A triager with a mistake in it."""

        async def take_up(self, request: TakeUpRequest) -> TakenUp:
            raise LookupError(request.ticket_no)

    ticket_no = await city.keep(kind="consultation", answered=True)
    await bring(Delivery(pool, city.rooms.gateway, AtOnce(cast(Triager, Broken())).ended), pool, ticket_no)
    await city.until(ticket_no, lambda ticket: ticket["stage"] == "closed")
    assert await is_known(city, ticket_no)


async def test_what_is_said_to_a_closed_consultation_is_refused(city: City, pool: Pool, relay: Delivery) -> None:
    ticket_no = await city.keep(kind="consultation", answered=True)
    await bring(relay, pool, ticket_no)
    assert await city.refused(ticket_no, "supplement", Role.SEAT, note="再问一下。") == "closed"


async def test_an_audit_does_not_miss_the_workflow_that_was_not_needed(city: City, pool: Pool, relay: Delivery) -> None:
    ended, kept = await city.keep(kind="consultation", answered=True), await city.keep()
    await bring(relay, pool, ended)
    story = await compare(pool, city.client, [ended, kept])
    assert (story.without, story.lost) == (1, [kept])


async def test_a_closed_complaint_that_the_engine_has_dropped_is_no_fault(city: City, pool: Pool) -> None:
    closed = await city.take_in()
    await city.done(closed, "withdrawal", Role.SEAT)
    await city.handle(closed).result()
    elsewhere = Client(city.client.service_client, namespace="temporal-system")  # where nobody knows it
    story = await compare(pool, elsewhere, [closed])
    assert (story.forgotten, story.lost) == ([closed], [])


async def test_what_was_taken_up_without_the_engine_and_goes_on_is_among_the_first_when_it_is_back(
    city: City, pool: Pool, relay: Delivery
) -> None:
    ticket_no = await city.keep(kind="consultation", channel="wechat", matter=a_matter())
    await pool.execute("UPDATE inbox SET tries = 5, next_try_at = now() + '1 hour' WHERE ticket_no = $1", ticket_no)
    command = await inbox.read(pool, ticket_no, inbox.INTAKE)
    assert command is not None
    assert not await relay.end(command)
    tried = "SELECT tries, next_try_at = received_at AS first FROM inbox WHERE ticket_no = $1"
    assert tuple(await pool.fetchrow(tried, ticket_no) or ()) == (0, True)
    await bring(relay, pool, ticket_no)
    await city.until(ticket_no, lambda ticket: ticket["stage"] != "received")
    assert await is_known(city, ticket_no)
