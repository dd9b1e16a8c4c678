"""A release decides otherwise than the one before. What was recorded stays as it was recorded: the rules of a release
make what comes next, and nothing that has been."""

import pytest

from classifier.model import Model
from domain.actor import Role
from drill.next_worker import press
from tests.city import City, fresh_name
from tests.workflows.lives import agree, signed_in
from tests.workflows.own_queue import on_queue
from vault.seal import Vault
from workers.worker import worker
from workflows import complaint as story

BEFORE = ["Classified", "Dispatched", "SignedIn", "Supplemented"]
SINCE = ["Supplemented", "Supervised"]


@pytest.fixture
def own(city: City) -> City:
    """The city on a queue of its own."""
    return on_queue(city, fresh_name("rule"))


async def supplemented(own: City, vault: Vault, model: Model, ticket_no: str = "") -> str:
    """By a worker that was just started, and has to read the whole story first."""
    async with worker(own.client, own.task_queue, own.rooms.pool, vault, model, release="dev"):
        ticket_no = ticket_no or await signed_in(own)
        await own.done(ticket_no, "supplement", Role.FRONTEND, note="补充")
    return ticket_no


async def test_a_complaint_goes_on_under_another_rule_and_back(
    own: City, vault: Vault, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket_no = await supplemented(own, vault, model)
    monkeypatch.setattr(story, "decide", press)
    await supplemented(own, vault, model, ticket_no)
    assert await own.kinds(ticket_no) == BEFORE + SINCE
    monkeypatch.undo()
    await supplemented(own, vault, model, ticket_no)
    async with worker(own.client, own.task_queue, own.rooms.pool, vault, model, release="dev"):
        assert await own.kinds(ticket_no) == [*BEFORE, *SINCE, "Supplemented"]
        await agree(own, ticket_no)
