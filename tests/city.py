"""A small city for tests: an API on a real socket, a worker with the strict sandbox, real PostgreSQL and Temporal."""

import asyncio
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from api.desk import presented
from api.house import House
from domain.actor import Actor, Role
from domain.events import Event
from store import api_keys, inbox, journal
from store.inbox import Command
from store.journal import Row

Json = dict[str, Any]
Kind = TypeVar("Kind", bound=Event)
STREET = "110105012"
DISTRICT = "110105"
MUNICIPALITY = "M-GOV"
ORDINARY = "010105"
"""A street's duty, 7 days, elapsed."""
A_LITTLE = timedelta(seconds=5)
MOST_CLOCKS = 12
PATIENCE = 60
"""Seconds that skipping any span may take: a workflow that hangs fails its test and not the whole run."""


@dataclass
class City:
    """Who acts in a test, and how time passes."""

    http: httpx.AsyncClient
    rooms: House
    client: Client
    task_queue: str
    _keys: dict[str, str] = field(default_factory=dict[str, str])
    _issuing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _ahead: dict[str, timedelta] = field(default_factory=dict[str, timedelta])

    async def key(self, role: Role, unit: str = "") -> dict[str, str]:
        """Headers of an actor with that role and unit."""
        name = f"{role}-{unit}"
        async with self._issuing:
            if name not in self._keys:
                self._keys[name] = await api_keys.issue(self.rooms.pool, Actor(role, name, unit))
        return {"Authorization": f"Bearer {self._keys[name]}"}

    async def keep(self, **body: Any) -> str:
        """The ticket number of a new complaint that the engine has not heard of yet."""
        said: Json = {"matter": a_matter(), "item": ORDINARY, "street": STREET} | body
        answer = await self.http.post("/v1/complaints", json=said, headers=await self.key(Role.SEAT))
        assert answer.status_code == 201, answer.text
        return answer.json()["ticket_no"]

    async def take_in(self, **body: Any) -> str:
        """The ticket number of a new complaint, which is then brought to the engine as the relay would."""
        ticket_no = await self.keep(**body)
        await self.bring(ticket_no, "intake")
        await self.until(ticket_no, lambda ticket: ticket["stage"] != "received")
        return ticket_no

    async def bring(self, ticket_no: str, command_id: str, patience: float = 10) -> None:
        """Deliver one kept command as the relay would, and wait up to `patience` seconds for its answer."""
        command = await inbox.read(self.rooms.pool, ticket_no, command_id)
        assert command is not None
        await self.rooms.delivery.deliver(command, timedelta(seconds=patience))

    async def hear(self, ticket_no: str, seconds: float = 10) -> Json:
        """Bring what other complaints had to tell this one, as the relay would; the ticket afterwards."""
        for command in await self.waiting(ticket_no):
            await self.rooms.delivery.deliver(command, timedelta(seconds=seconds))
        return await self.ticket(ticket_no)

    async def waiting(self, ticket_no: str) -> list[Command]:
        """Commands that the complaint has not heard of yet."""
        found = await self.rooms.pool.fetch(
            "SELECT command_id FROM inbox WHERE ticket_no = $1 AND acknowledged_at IS NULL ORDER BY received_at",
            ticket_no,
        )
        read = [await inbox.read(self.rooms.pool, ticket_no, record["command_id"]) for record in found]
        return [command for command in read if command is not None]

    async def act(self, ticket_no: str, action: str, role: Role, unit: str = "", /, **body: Any) -> httpx.Response:
        """One action over HTTP."""
        return await self.http.post(
            f"/v1/complaints/{ticket_no}/{action}", json=body, headers=await self.key(role, unit)
        )

    async def done(self, ticket_no: str, action: str, role: Role, unit: str = "", /, **body: Any) -> Json:
        """One action that has to be applied; its standing."""
        answer = await self._settled(await self.act(ticket_no, action, role, unit, **body))
        assert answer.status_code == 200, f"{action}: {answer.status_code} {answer.text}"
        return answer.json()

    async def refused(self, ticket_no: str, action: str, role: Role, unit: str = "", /, **body: Any) -> str:
        """The code of an action that has to be refused."""
        answer = await self._settled(await self.act(ticket_no, action, role, unit, **body))
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        return answer.json()["code"]

    async def _settled(self, answer: httpx.Response) -> httpx.Response:
        """What becomes of an action that a busy machine answered with 202: it is brought again and again, as the relay
        would. The engine says no at once while a complaint's task has just failed three times."""
        if answer.status_code != 202:
            return answer
        kept = answer.json()
        command = await inbox.read(self.rooms.pool, kept["ticket_no"], kept["command_id"])
        assert command is not None, "what is answered with 202 is kept"
        async with asyncio.timeout(PATIENCE):
            while (command := await self._delivered(command)).state == "pending":
                await asyncio.sleep(0.2)
        told = presented(command)
        return httpx.Response(told.status_code, content=bytes(told.body), headers=told.headers.items())

    async def _delivered(self, command: Command) -> Command:
        return await self.rooms.delivery.deliver(command, timedelta(seconds=PATIENCE))

    async def ticket(self, ticket_no: str) -> Json:
        """The ticket as a seat sees it."""
        answer = await self.http.get(f"/v1/complaints/{ticket_no}", headers=await self.key(Role.SEAT))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def until(self, ticket_no: str, true: Callable[[Json], bool], seconds: float = 20) -> Json:
        """The ticket once something is true of it."""
        ticket = await self.ticket(ticket_no)
        for _ in range(int(seconds / 0.05)):
            if true(ticket):
                return ticket
            await asyncio.sleep(0.05)
            ticket = await self.ticket(ticket_no)
        raise AssertionError(f"{ticket_no} never got there: {ticket}")

    async def told(self, ticket_no: str, seconds: float = 20) -> Json:
        """Where the workflow says that it stands, once it has taken the complaint up: it answers before that, too."""
        standing: Json = await self.handle(ticket_no).query("standing")
        for _ in range(int(seconds / 0.05)):
            if standing["seq"]:
                return standing
            await asyncio.sleep(0.05)
            standing = await self.handle(ticket_no).query("standing")
        raise AssertionError(f"{ticket_no} was never taken up")

    async def skip(self, ticket_no: str, span: timedelta) -> Json:
        """Let `span` pass for one complaint, and every clock within it ring."""
        until = self.now(ticket_no) + span
        skipper = TimeSkipper(self.client, config=TimeSkippingConfig(enabled=False))
        async with asyncio.timeout(PATIENCE):
            await skipper.fast_forward(self.handle(ticket_no), span)
        self._ahead[ticket_no] = until - datetime.now(UTC)
        return await self.ticket(ticket_no)

    def now(self, ticket_no: str) -> datetime:
        """What time it is for one complaint: its own clock runs ahead of ours by all that was skipped."""
        return datetime.now(UTC) + self._ahead.get(ticket_no, timedelta())

    async def skip_to(self, ticket_no: str, instant: datetime) -> Json:
        """Let time pass for one complaint until a little after `instant`."""
        return await self.skip(ticket_no, max(instant - self.now(ticket_no), timedelta()) + A_LITTLE)

    async def ring(self, ticket_no: str, clock: str) -> Json:
        """Let time pass until the next clock of that name has rung, and every clock before it."""
        for _ in range(MOST_CLOCKS):
            ticket = await self.ticket(ticket_no)
            await self.skip_to(ticket_no, datetime.fromisoformat(ticket["next_due"]))
            if ticket["next_clock"] == clock:
                return await self.ticket(ticket_no)
        raise AssertionError(f"{clock} never rang for {ticket_no}")

    async def kinds(self, ticket_no: str) -> list[str]:
        """What happened, as event names in order."""
        return [row.kind for row in await self.rows(ticket_no)]

    async def rows(self, ticket_no: str) -> tuple[Row, ...]:
        """The journal of one complaint."""
        return await journal.rows_after(self.rooms.pool, ticket_no)

    async def last(self, ticket_no: str, kind: type[Kind]) -> Kind:
        """The newest event of that kind."""
        found = [row.event for row in await self.rows(ticket_no)]
        return next(event for event in reversed(found) if isinstance(event, kind))

    def handle(self, ticket_no: str) -> WorkflowHandle[Any, Any]:
        """The complaint's workflow."""
        return self.client.get_workflow_handle(ticket_no)


def a_matter() -> str:
    """Words that nobody has said before: complaints that say the same would be joined (R13)."""
    return "楼道没人打扫：" + "".join(chr(0x4E00 + random.randrange(20_000)) for _ in range(60))


def fresh_name(kind: str) -> str:
    """A name that no other test uses."""
    return f"{kind}-{uuid.uuid4().hex[:8]}"
