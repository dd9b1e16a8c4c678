"""A bug in a rule meets a command at the door of its complaint. Nobody has said no: the command is kept, others go on,
and a mended worker applies it."""

import pytest

from classifier.model import Model
from domain.actor import Role
from domain.case import Case, Events
from domain.commands import Command, Supplement
from tests.city import City, Json, fresh_name
from tests.workflows.own_queue import on_queue
from vault.seal import Vault
from workers.worker import worker
from workflows import complaint as story


def _bad(case: Case, command: Command) -> Events:
    if isinstance(command, Supplement):
        raise LookupError("a mistake in a rule")
    return _GOOD(case, command)


_GOOD = story.decide


async def test_a_command_that_meets_a_bug_is_kept_and_applied_by_a_mended_worker(
    city: City, vault: Vault, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = on_queue(city, fresh_name("bug"))
    async with worker(city.client, city.task_queue, city.rooms.pool, vault, model, release="dev"):
        ticket_no = await city.take_in()
        monkeypatch.setattr(story, "decide", _bad)
        kept = await city.act(ticket_no, "supplement", Role.SEAT, note="还有一处")
        assert kept.status_code == 202, kept.text
        await city.bring(ticket_no, kept.json()["command_id"])
        assert (await _command(city, ticket_no, kept.json()["command_id"]))["state"] == "pending"
        await city.done(ticket_no, "supervision", Role.SEAT, note="催办")
        monkeypatch.undo()
        await city.bring(ticket_no, kept.json()["command_id"])
        assert (await _command(city, ticket_no, kept.json()["command_id"]))["state"] == "applied"


async def _command(city: City, ticket_no: str, command_id: str) -> Json:
    where = f"/v1/complaints/{ticket_no}/commands/{command_id}"
    return (await city.http.get(where, headers=await city.key(Role.SEAT))).json()
