"""The whole piece: complaints come in, the cast acts on them, clocks run out, and the account is drawn."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from rich.console import RenderableType

from demo.account import Account, account_of
from demo.arrivals import offsets
from demo.board import board
from demo.caller import Caller, Json
from demo.life import Life
from demo.messages import Message
from demo.missed import miss, reach
from demo.part import NONE, Part, part_of
from demo.temper import Temper
from domain.actor import Role
from domain.unit import UnitKind
from rulebook.files import load
from store import account
from store.connection import AWAY, Pool, open_pool
from workers.engine import connect
from workers.running import Running

_AT_ONCE = 12
"""Complaints that are played at the same time; the others wait for their people."""
_LOOK = 1.0
_WAITS = 2.0
_FLOOD = ["01", "02", "03"]
"""Classes of matters that a flood makes urgent: housing, water supply, drainage."""
_REPEATS = {"calls again", "calls again with new facts", "is joined wrongly"}
_SAID = {
    "smells of riot": "再不解决我们就拉横幅堵路了。",
    "many are angry": "我们小区上百户联名反映，记者也来过了。",
}
_CHANNELS = ("phone", "wechat", "bjt_app", "network")


@dataclass(frozen=True, slots=True)
class Script:
    """What is played: the messages, in how many seconds they come in, and the seed of all chance."""

    messages: list[Message]
    seconds: float
    seed: int


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown at the end: the account, and some complaints told as timelines."""

    account: Account
    timelines: list[tuple[str, list[str]]]


class Play:
    """One performance on a running hotline."""

    def __init__(self, hotline: Running, script: Script, show: Callable[[RenderableType], None]) -> None:
        self._hotline = hotline
        self._script = script
        self._show = show
        self._accepted: dict[str, Message] = {}
        self._mains: list[str] = []
        self._emergency = ""
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._streets = _streets(hotline.settings.policy)

    async def perform(self) -> Told:
        """From the first call to the last callback."""
        began = time.monotonic()
        engine = await connect(self._hotline.settings, self._hotline.temporal_address)
        async with (
            await open_pool(self._hotline.database_url) as pool,
            httpx.AsyncClient(base_url=self._hotline.api_url, timeout=30) as http,
        ):
            caller = Caller(http, pool, engine)
            async with asyncio.TaskGroup() as everything:
                watching = everything.create_task(self._watch(pool, caller, began))
                left_over = await account.ticket_numbers(pool, only_open=True)
                async with asyncio.TaskGroup() as lives:
                    for number, ticket_no in enumerate(left_over):
                        lives.create_task(self._live(caller, ticket_no, None, -number - 1))
                    for number, (message, at) in enumerate(self._arrivals()):
                        await asyncio.sleep(max(0.0, began + at - time.monotonic()))
                        await self._flood(caller, number)
                        lives.create_task(self._arrive(caller, message, number))
                watching.cancel()
            refused = caller.refused.total()
            drawn = await account_of(pool, engine, set(self._accepted), refused, time.monotonic() - began)
            return Told(drawn, await self._timelines(caller))

    def _arrivals(self) -> list[tuple[Message, float]]:
        script = self._script
        return list(zip(script.messages, offsets(script.messages, script.seconds, script.seed), strict=True))

    async def _flood(self, caller: Caller, number: int) -> None:
        """In the middle of the piece there is a flood, for a tenth of it (R44)."""
        begins = len(self._script.messages) // 2
        if number == begins:
            answer = await caller.post("/v1/emergencies", Role.BUREAU, items=_FLOOD, tier="24h")
            self._emergency = answer.json().get("emergency_id", "")
        if number == begins + max(1, begins // 5) and self._emergency:
            await caller.post(f"/v1/emergencies/{self._emergency}/end", Role.BUREAU)

    async def _arrive(self, caller: Caller, message: Message, number: int) -> None:
        """One call, then its whole life."""
        chance = random.Random(f"{self._script.seed}/{number}")
        temper, part = Temper.drawn(chance), part_of(number)
        body: Json = {"matter": message.text, "channel": chance.choice(_CHANNELS)}
        body |= {name: value for name in ("kind", "district", "street") if (value := getattr(message, name))}
        if message.kind == "consultation" and temper.answered and not part.name:
            body["answered"] = True
        if part.name in _REPEATS and self._mains:
            body |= {"repeat_of": self._mains[-1], "new_facts": part.name == "calls again with new facts"}
        body["matter"] += _SAID.get(part.name, "")
        body["complainant"] = {"phone": (phone := f"139{chance.randrange(10**8):08d}")}
        body |= part.body
        missed = await miss(caller, part.name, phone)
        answer = await caller.post("/v1/complaints", Role.FRONTEND, **body)
        answer.raise_for_status()
        ticket_no = answer.json()["ticket_no"]
        await reach(caller, part.name, missed, ticket_no)
        self._accepted[ticket_no] = message
        if not part.name and not body.get("answered"):
            self._mains.append(ticket_no)
        await self._live(caller, ticket_no, message, number, part, phone)

    async def _live(
        self, caller: Caller, ticket_no: str, message: Message | None, number: int, part: Part = NONE, phone: str = ""
    ) -> None:
        seed = f"{self._script.seed}/{number}/life"
        temper = Temper.drawn(random.Random(f"{self._script.seed}/{number}/temper"))
        life = Life(caller, ticket_no, message, temper, part, seed, self._streets, phone)
        while True:
            async with self._turn:
                if await life.play():
                    return
            await asyncio.sleep(_WAITS)  # for another complaint, which needs a turn

    async def _watch(self, pool: Pool, caller: Caller, began: float) -> None:
        """Keep the board up to date."""
        while True:
            try:
                stages, clocks = await account.stages(pool), await account.clocks_fired(pool)
                said = f"{time.monotonic() - began:.0f} s · {caller.calls} calls · Temporal UI {self._hotline.ui_url}"
                self._show(board(stages, clocks, caller.refused, said))
            except AWAY:
                self._show("the database is away; waiting")
            await asyncio.sleep(_LOOK)

    async def _timelines(self, caller: Caller) -> list[tuple[str, list[str]]]:
        """The three longest stories of this run."""
        told: list[tuple[str, list[str]]] = []
        for ticket_no in self._accepted:
            timeline = await caller.get(f"/v1/complaints/{ticket_no}/timeline", Role.ADMIN)
            lines = [f"{e['at'][:16].replace('T', ' ')}  {e['told']}" for e in timeline["entries"]]
            told.append((ticket_no, lines))
        return sorted(told, key=lambda each: -len(each[1]))[:3]


def _streets(policy: Path) -> list[str]:
    return [unit.code for unit in load(policy)[-1].units.values() if unit.kind is UnitKind.STREET]
