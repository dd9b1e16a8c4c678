"""One ordinary complaint over HTTP: intake, sign-in, contact, report done, callback, which closes it."""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bench.calls import Answer, Calls, Cut
from bench.cast import Cast, Matters
from bench.watch import Watch, watching
from domain.actor import Role
from store.connection import Pool, open_pool
from workers.running import Running

_PAUSE = 0.2
_TRIES = 300
_LATER = (202, 503)


class Failed(Exception):
    """An answer that an ordinary life never gets; the text tells it."""


class Lives:
    """Leads complaints from the call to the callback. `seconds` are the times until it was done, by action; `later`
    counts answers that said "recorded, not applied yet", after which the same request is made again under its key;
    `joined` counts complaints that were joined to others."""

    def __init__(self, calls: Calls, cast: Cast, watch: Watch, matters: Matters) -> None:
        self._calls = calls
        self._cast = cast
        self._watch = watch
        self._matters = matters
        self.seconds: dict[str, list[float]] = {}
        self.later: Counter[str] = Counter()
        self.joined = 0

    async def lead(self, number: int) -> None:
        """The whole life of complaint `number`."""
        await self.handled(*await self.dispatched(number))

    async def handled(self, ticket_no: str, lead: str) -> None:
        """A dispatched complaint handled by its lead unit, called back and closed."""
        await self._act(ticket_no, "sign-in", Role.UNIT, lead)
        await self._act(ticket_no, "contact", Role.UNIT, lead, reached=True)
        await self._act(ticket_no, "report-done", Role.UNIT, lead, done_as="resolved", note="已处理完毕并告知诉求人。")
        answers = {"reached": True, "contacted": True, "resolved": "yes", "satisfied": "satisfied"}
        closed = await self._act(ticket_no, "callback", Role.SEAT, **answers)
        if closed["stage"] != "closed":
            raise Failed(f"{ticket_no} is at {closed['stage']} after its callback")

    async def dispatched(self, number: int) -> tuple[str, str]:
        """Complaint `number` taken in and before its lead unit: its ticket number, and the unit. When its words happen
        to be near another's, it is joined to that one and has no life of its own: another is taken in."""
        for attempt in range(_TRIES):
            body = self._matters.body(number, attempt)
            ticket_no: str = (await self._ask("intake", "/v1/complaints", Role.SEAT, "", body))["ticket_no"]
            stage, lead = await self._watch.taken_up(ticket_no)
            if stage == "handling":
                return ticket_no, lead
            if stage != "joined":
                raise Failed(f"{ticket_no} is at {stage} after it was taken up")
            self.joined += 1
        raise Failed(f"complaint {number} is always joined")

    async def unclear(self, number: int) -> str:
        """A complaint whose words alone say what it is about, and not clearly: its ticket number, once it waits for a
        seat's word."""
        for attempt in range(_TRIES):
            words = {"matter": self._matters.body(number, attempt)["matter"]}
            ticket_no: str = (await self._ask("intake", "/v1/complaints", Role.SEAT, "", words))["ticket_no"]
            stage, _ = await self._watch.taken_up(ticket_no)
            if stage == "confirmation":
                return ticket_no
        raise Failed(f"complaint {number} is always clear")

    async def _act(self, ticket_no: str, action: str, role: Role, unit: str = "", /, **body: Any) -> dict[str, Any]:
        return await self._ask(action, f"/v1/complaints/{ticket_no}/{action}", role, unit, body)

    async def _ask(self, action: str, path: str, role: Role, unit: str, body: dict[str, Any]) -> dict[str, Any]:
        key, idempotency_key = await self._cast.key(role, unit), str(uuid.uuid4())
        began = time.perf_counter()
        for _ in range(_TRIES):
            answer = await self._tried(path, key, body, idempotency_key)
            if answer.status in (200, 201):
                self.seconds.setdefault(action, []).append(time.perf_counter() - began)
                return answer.body
            if answer.status not in _LATER:
                raise Failed(f"{action}: {answer.status} {answer.body.get('code')}")
            self.later[action] += 1
            await asyncio.sleep(_PAUSE)
        raise Failed(f"{action}: no answer after {_TRIES} tries")

    async def _tried(self, path: str, key: str, body: dict[str, Any], idempotency_key: str) -> Answer:
        try:
            return await self._calls.post(path, key, body, idempotency_key)
        except (OSError, Cut):
            return Answer(503, {})


@dataclass(frozen=True, slots=True)
class Hands:
    """What a bench acts with: lives to lead, whose keys it uses, and the database to look into."""

    lives: Lives
    cast: Cast
    pool: Pool


@asynccontextmanager
async def hands(hotline: Running) -> AsyncGenerator[Hands, None]:
    """Connections to a running hotline, open for a while."""
    async with AsyncExitStack() as opened:
        pool = await opened.enter_async_context(await open_pool(hotline.database_url))
        calls = await opened.enter_async_context(Calls(hotline.api_url))
        watch = await opened.enter_async_context(watching(pool))
        cast = Cast(pool)
        yield Hands(Lives(calls, cast, watch, Matters(hotline.settings.policy)), cast, pool)
