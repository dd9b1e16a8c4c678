"""What things cost with few and with many complaints stored: the same work, before and after the database is filled."""

import asyncio
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench.calls import Calls
from bench.cast import Matters
from bench.life import Hands, hands
from bench.processes import apiece, spent
from bench.rounds import Round, Say, closed_loop
from bench.stock import Stock
from domain.actor import Role
from domain.calendar import beijing_day
from store.connection import Pool
from workers.running import Running

_SEEDS = 40
_ASKED = 4
"""Of those that stay open, so many wait for a seat's word."""
_WARM_UP = 30
_TAKEN_UP = 0.05
"""Seconds after which a complaint has been taken up, so that the next one's intake is timed alone."""
_LIFE = "life_cpu_ms"
_ANSWERED = {"kind": "consultation", "answered": True}
_INTAKES: dict[str, dict[str, Any]] = {
    "intake": _ANSWERED,
    "intake_known": {**_ANSWERED, "complainant": {"phone": "13800000000"}},
    "intake_dispatched": {},
}
"""What is handed in: answered at once; the same from a caller who is known by phone; what is to be dispatched."""


@dataclass(frozen=True, slots=True)
class Scale:
    """`open_ones` are open all the time; `stored` complaints are closed, at each step more. Of each cost the best of
    `rounds` counts, each the median of `times`; CPU is that of `lives` whole lives."""

    stored: Sequence[int]
    open_ones: int
    rounds: int = 5
    times: int = 20
    lives: int = 60


async def measure_scale(hotline: Running, scale: Scale, say: Say) -> dict[str, Any]:
    """Costs at each step, and the last against the first, as one JSON object. Milliseconds to an answer, one at a
    time; whole lives in processor milliseconds of all processes. `cpu_ms` tells by process what each one cost the
    machine, the taking up of what was handed in with it; `shown` how many a page held."""
    async with hands(hotline) as ours, Calls(hotline.api_url) as calls:
        stock = await _stock(hotline, ours, say)
        await stock.add(scale.open_ones, closed=False)
        steps: dict[int, _Costs] = {}
        there = 0
        for stored in scale.stored:
            await stock.add(stored - there, closed=True)
            there = stored
            steps[stored] = costs = _Costs(hotline, ours, calls, scale, stored)
            await costs.measure()
            say(f"with {stored} closed: {costs.told}")
    first, last = steps[scale.stored[0]].told, steps[scale.stored[-1]].told
    ratios = {name: round(last[name] / first[name], 3) for name in first}
    return {
        "open": scale.open_ones,
        "steps": {str(stored): costs.told for stored, costs in steps.items()},
        "ratio": ratios,
        "ratio_worst": max(ratios.values()),
        "cpu_ms": {str(stored): costs.cpu_ms for stored, costs in steps.items()},
        "shown": {str(stored): costs.shown for stored, costs in steps.items()},
    }


async def _stock(hotline: Running, ours: Hands, say: Say) -> Stock:
    """Lead some complaints to their end and leave others open, to be copied."""
    still_open: list[str] = []

    async def opened(number: int) -> None:
        still_open.append((await ours.lives.dispatched(number))[0])

    async def asked(number: int) -> None:
        still_open.append(await ours.lives.unclear(number))

    await closed_loop(ours.lives.lead, 0, _SEEDS, 10, ())
    closed = [row["ticket_no"] for row in await ours.pool.fetch("SELECT ticket_no FROM tickets WHERE stage = 'closed'")]
    await closed_loop(opened, _SEEDS, _SEEDS - _ASKED, 10, ())
    await closed_loop(asked, 2 * _SEEDS, _ASKED, 1, ())
    return Stock(ours.pool, sorted(closed), sorted(still_open), beijing_day(datetime.now(UTC)), say)


class _Costs:
    """Measures one step: `told` every cost by name, `cpu_ms` by process what each cost the machine, `shown` how many a
    page held."""

    def __init__(self, hotline: Running, ours: Hands, calls: Calls, scale: Scale, step: int) -> None:
        self._hotline = hotline
        self._ours = ours
        self._calls = calls
        self._scale = scale
        self._next = 1000 + step
        self._cast = ours.cast
        self._matters = Matters(hotline.settings.policy)
        self.told: dict[str, float] = {}
        self.cpu_ms: dict[str, dict[str, float]] = {}
        self.shown: dict[str, int] = {}

    async def measure(self) -> None:
        """Everything, one after another."""
        self._next += _WARM_UP
        await closed_loop(self._ours.lives.lead, self._next, _WARM_UP, 10, ())
        costs = {f"{name}_ms": await self._intake(name, said) for name, said in _INTAKES.items()}
        costs["action_ms"] = await self._action()
        for name, path, role, unit in await _pages(self._ours.pool):
            key = await self._cast.key(role, unit)
            costs[f"{name}_ms"] = await self._best(name, lambda path=path, key=key: self._page(path, key))
            page = (await self._calls.get(path, key)).body
            lists: list[Any] = [each for each in page.values() if isinstance(each, list)]
            self.shown[name] = len(lists[0])
        costs[_LIFE] = await self._life()
        self.told = {name: round(value, 2) for name, value in costs.items()}

    async def _best(self, name: str, one: Callable[[], Awaitable[None]], rest: float = 0.0) -> float:
        """Milliseconds of `one`: the best round's median, with `rest` seconds between."""
        medians: list[float] = []
        before = spent(self._hotline.stack.children)
        for _ in range(self._scale.rounds):
            taken: list[float] = []
            for _ in range(self._scale.times):
                began = time.perf_counter()
                await one()
                taken.append(time.perf_counter() - began)
                await asyncio.sleep(rest)
            medians.append(statistics.median(taken))
        cpu = spent(self._hotline.stack.children).since(before)
        self.cpu_ms[name] = apiece(cpu, self._scale.rounds * self._scale.times)
        return min(medians) * 1000

    async def _intake(self, name: str, said: dict[str, Any]) -> float:
        async def take_in() -> None:
            self._next += 1
            key = await self._cast.key(Role.SEAT)
            body = {**self._matters.body(self._next), **said}
            answer = await self._calls.post("/v1/complaints", key, body, str(uuid.uuid4()))
            assert answer.status == 201, answer

        await take_in()  # from then on the caller is known
        return await self._best(name, take_in, rest=_TAKEN_UP)

    async def _action(self) -> float:
        """Sign-ins, each on a complaint of its own."""
        waiting: list[tuple[str, str]] = []

        async def opened(number: int) -> None:
            waiting.append(await self._ours.lives.dispatched(number))

        async def sign_in() -> None:
            ticket_no, lead = waiting.pop()
            key = await self._cast.key(Role.UNIT, lead)
            path = f"/v1/complaints/{ticket_no}/sign-in"
            answer = await self._calls.post(path, key, {}, str(uuid.uuid4()))
            assert answer.status == 200, answer

        count = self._scale.rounds * self._scale.times
        await closed_loop(opened, self._next + 10_000, count, 10, ())
        return await self._best("action", sign_in)

    async def _page(self, path: str, key: str) -> None:
        answer = await self._calls.get(path, key)
        assert answer.status == 200, answer

    async def _life(self) -> float:
        """All processes' milliseconds of a whole life, in the cheapest of some rounds."""
        rounds: list[Round] = []
        for _ in range(2):
            self._next += 20_000
            children = self._hotline.stack.children
            rounds.append(await closed_loop(self._ours.lives.lead, self._next, self._scale.lives, 10, children))
        cheapest = min(rounds, key=lambda each: each.cpu_ms_all)
        self.cpu_ms["life"] = cheapest.cpu_ms
        return cheapest.cpu_ms_all


async def _pages(pool: Pool) -> list[tuple[str, str, Role, str]]:
    """Lists that people look at, and by what they narrow them: a name, a path, whose key. At each step of the same unit
    and item, which are those of an open copy: of a complaint that came since, a page might hold more at each step."""
    one = await pool.fetchrow(
        "SELECT lead, district, item FROM tickets WHERE stage = 'handling' ORDER BY ticket_no LIMIT 1"
    )
    assert one is not None
    lead, district, item = one
    lists = "/v1/complaints?limit=50&"
    return [
        ("newest", lists, Role.SEAT, ""),
        ("handling", f"{lists}stage=handling", Role.SEAT, ""),
        ("closed", f"{lists}stage=closed", Role.SEAT, ""),
        ("unit_own", lists, Role.UNIT, lead),
        ("lead", f"{lists}lead={lead}&stage=handling", Role.SEAT, ""),
        ("district", f"{lists}district={district}", Role.SEAT, ""),
        ("item", f"{lists}item={item}", Role.SEAT, ""),
        ("item_never_seen", f"{lists}item=220101", Role.SEAT, ""),
        ("overdue", f"{lists}overdue=true", Role.SEAT, ""),
        ("search", "/v1/complaints?limit=10&text=%E7%89%A9%E4%B8%9A%E8%B4%B9", Role.SEAT, ""),
        ("search_nothing", "/v1/complaints?limit=10&text=%E9%B8%B5%E9%B8%9F%E8%9B%8B", Role.SEAT, ""),
        ("queue", "/v1/queues/confirmation?limit=50", Role.SEAT, ""),
    ]
