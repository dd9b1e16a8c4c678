"""An open loop: calls come when they come, whether or not the last one was answered. A caller who waits is not a reason
for the next to call later, so every time counts from the instant at which the call was due."""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from audit.record import INTAKE, Promise, Record, Sent
from bench.calls import Answer, Calls, Cut
from bench.mix import Call, Sort

_TAKEN = (200, 201)
_LATER = 503
_PAUSE = 1.0
_MOST_TRIES = 300


@dataclass(frozen=True, slots=True)
class Taken:
    """A call that got its number: when it was due, and how long after that it was told."""

    ticket_no: str
    sort: Sort
    due: datetime
    seconds: float


@dataclass
class Heard:
    """What callers were told. `again` counts tries that met 503 or no answer; `refused` what nobody should be told."""

    taken: list[Taken] = field(default_factory=list[Taken])
    again: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[str] = field(default_factory=Counter[str])


class OpenLoop:
    """Makes calls with one key, and writes down what each was told before anything else is done with it."""

    def __init__(self, calls: Calls, key: str, record: Record) -> None:
        self._calls = calls
        self._key = key
        self._record = record
        self.heard = Heard()
        self.under_way = 0

    async def run(self, offsets: Sequence[float], call: Callable[[int], Call]) -> None:
        """Call number n, from 0 on, comes at `offsets[n]` seconds. Returns when every caller was told."""
        began, at = time.monotonic() + 1, datetime.now(UTC) + timedelta(seconds=1)
        async with asyncio.TaskGroup() as callers:
            for number, offset in enumerate(offsets):
                prepared = call(number)
                await asyncio.sleep(began + offset - time.monotonic())
                callers.create_task(self._make(prepared, began + offset, at + timedelta(seconds=offset)))

    async def _make(self, call: Call, due: float, at: datetime) -> None:
        sent = Sent(str(uuid.uuid4()), INTAKE)
        self._record.sent(sent)
        self.under_way += 1
        for _ in range(_MOST_TRIES):
            answer = await self._tried(call, sent.key)
            if answer.status in _TAKEN:
                seconds = time.monotonic() - due
                ticket_no: str = answer.body["ticket_no"]
                self._record.promised(Promise(sent.key, answer.status, ticket_no))
                self.heard.taken.append(Taken(ticket_no, call.sort, at, seconds))
                break
            if answer.status != _LATER:
                self.heard.refused[f"{answer.status} {answer.body.get('code', '')}"] += 1
                break
            self.heard.again[str(answer.body.get("code", "cut"))] += 1
            await asyncio.sleep(_PAUSE)
        else:
            self.heard.refused["given up"] += 1
        self.under_way -= 1

    async def _tried(self, call: Call, key: str) -> Answer:
        try:
            return await self._calls.post("/v1/complaints", self._key, call.body, key)
        except (OSError, Cut):
            return Answer(_LATER, {})
