"""A small open-loop load: complaints come in at a rate whether or not the last one was answered, units act on them."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace

from drill.calls import Json
from drill.client import FRONTEND, Client

CONSULTATIONS = 0.585
"""Share of complaints that a seat answers on the spot (2019–2021)."""
_SHORT_LIVED_ITEM, _ORDINARY_ITEM = "010301", "010105"
_BODIES: dict[str, Json] = {
    "sign-in": {},
    "contact": {"reached": True},
    "progress": {"note": "已到现场查看，正在协调处理。"},
    "supplement": {"note": "补充一点：问题昨天又出现了。"},
    "report-done": {"done_as": "resolved", "note": "已处理完毕并告知诉求人。"},
}
_FIRST_CHARACTER, _LAST_CHARACTER, _CHARACTERS = 0x4E00, 0x9F00, 40
_FIRST_LOOK, _LONGEST_LOOK = 0.3, 60.0
"""Seconds between looks at what is not settled yet, growing: in a long outage thousands of commands are waited for."""
_GLANCE = 0.2
"""Seconds in which a change of pace is noticed."""
_MOST_CASES = 200
"""Complaints that units have on their desks at a time; more are taken in and left to their clocks."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How much load. `short_lived`: the share of dispatched complaints whose clocks run out within minutes."""

    intakes_per_s: float
    actions_per_s: float
    short_lived: float
    urgent: float = 0.0
    """The share of dispatched complaints that the front end calls urgent."""
    consultations: float = CONSULTATIONS
    """The share of complaints that are closed as soon as they are taken up."""
    stormed: float = 0.0
    """The share of complaints that come from the first street, the others from any."""


@dataclass
class _Case:
    """A complaint on a unit's desk; `open` actions were sent and are not settled yet."""

    ticket_no: str
    unit: str
    open: int = 0


class Load:
    """Two streams that run until `end`, at a `pace` that may change. Nothing that it does is refused by the rules, so
    every promise has to show."""

    def __init__(self, client: Client, pace: Pace, streets: list[str], seed: int) -> None:
        self._client = client
        self._paces = [(0.0, pace)]
        self.behind = 0.0
        """Seconds by which the last complaint left too late, because the machine was busy."""
        self._streets = streets
        self._chance = random.Random(seed)
        self._cases: list[_Case] = []
        self._coming = 0
        self._ending = asyncio.Event()
        self._streams: list[asyncio.Task[None]] = []
        self._under_way: set[asyncio.Task[None]] = set()

    def begin(self) -> None:
        """Start both streams."""
        self._streams = [
            asyncio.create_task(self._stream(lambda pace: pace.intakes_per_s, self._arrive)),
            asyncio.create_task(self._stream(lambda pace: pace.actions_per_s, self._work)),
        ]

    @property
    def pace(self) -> Pace:
        """How much load there is from the last change on."""
        return self._paces[-1][1]

    def change(self, **pace: float) -> None:
        """From now on, at another pace."""
        self._paces.append((asyncio.get_running_loop().time(), replace(self.pace, **pace)))

    def _pace_at(self, due: float) -> Pace:
        """What is late because the machine was busy is due all the same, at the pace of its own time."""
        return next(pace for since, pace in reversed(self._paces) if since <= due)

    async def end(self) -> None:
        """Stop both streams and wait until every request under way is answered for good."""
        self._ending.set()
        await asyncio.gather(*self._streams)
        while self._under_way:
            await asyncio.gather(*self._under_way)

    async def take_in(self, *, short_lived: bool = False) -> tuple[str, str] | None:
        """One more complaint, followed until it is on its unit's desk: ticket number and unit. For drills that need
        one of their own."""
        street = self._chance.choice(self._streets)
        ticket_no = await self._client.hand_in(_body(street, short_lived=short_lived))
        if ticket_no is None or not await self._handled(ticket_no):
            return None
        return ticket_no, street

    async def probe(self) -> str | None:
        """The ticket number of one more complaint, which is handled as soon as its workflow has taken it up. Urgent, or
        it would wait its turn behind what a long outage has left. No consultation: what ends as it is taken up goes
        without the engine."""
        return await self._client.hand_in(_body(self._streets[0], short_lived=False) | {"urgent": True})

    async def _stream(self, per_s: Callable[[Pace], float], one: Callable[[], Coroutine[None, None, None]]) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while not self._ending.is_set():
            gap = self._chance.expovariate(per_s(self._pace_at(due)))
            due += min(gap, _GLANCE)
            await self._sleep(due - loop.time())
            if one == self._arrive:
                self.behind = loop.time() - due
            if gap > _GLANCE:
                continue  # such gaps have no memory: what is left of it is drawn anew, at the pace by then
            task = asyncio.create_task(one())
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _arrive(self) -> None:
        """One complaint, and whatever people do about it."""
        stormed = self._chance.random() < self.pace.stormed
        street = self._streets[0] if stormed else self._chance.choice(self._streets)
        if self._chance.random() < self.pace.consultations:
            await self._client.hand_in(_consultation(street))
            return
        short_lived = self._chance.random() < self.pace.short_lived
        urgent = self._chance.random() < self.pace.urgent
        ticket_no = await self._client.hand_in(_body(street, short_lived=short_lived) | {"urgent": urgent})
        if ticket_no is None:
            return
        if self._chance.random() < 0.2:  # before the engine has heard of it
            await self._client.act(ticket_no, "supplement", **_BODIES["supplement"])
        if len(self._cases) + self._coming < _MOST_CASES and self._chance.random() < 0.7:
            self._coming += 1
            await self._receive(ticket_no, street)
            self._coming -= 1

    async def _receive(self, ticket_no: str, unit: str) -> None:
        """Sign in and contact, each once the one before is settled, as people do."""
        if not await self._handled(ticket_no):
            return
        for action in ("sign-in", "contact"):
            if self._ending.is_set() or not await self._settled(ticket_no, action, unit, _BODIES[action]):
                return
        self._cases.append(_Case(ticket_no, unit))

    async def _work(self) -> None:
        """An action on any case. Reporting done takes the case from the desk, after all others on it are settled."""
        if not self._cases:
            return
        case = self._chance.choice(self._cases)
        draw = self._chance.random()
        action = "progress" if draw < 0.7 else "supplement" if draw < 0.9 or case.open else "report-done"
        if action == "report-done":
            self._cases.remove(case)
        case.open += 1
        unit = FRONTEND if action == "supplement" else case.unit
        await self._settled(case.ticket_no, action, unit, _BODIES[action])
        case.open -= 1

    async def _settled(self, ticket_no: str, action: str, unit: str, body: Json) -> bool:
        """Act, and where it was only kept look until it is applied. False when it is not, or not before the end."""
        promise = await self._client.act(ticket_no, action, unit, **body)
        if promise is None or promise.status == 200:
            return promise is not None
        path = f"/v1/complaints/{ticket_no}/commands/{promise.command_id}"
        return await self._looked(path, lambda command: command["state"] == "applied")

    async def _handled(self, ticket_no: str) -> bool:
        return await self._looked(f"/v1/complaints/{ticket_no}", lambda ticket: ticket["stage"] == "handling")

    async def _looked(self, path: str, true: Callable[[Json], bool]) -> bool:
        """Look until something is true, ever more rarely. False when the load ends before."""
        pause = _FIRST_LOOK
        while not self._ending.is_set():
            found = await self._client.look(path)
            if found is not None and true(found):
                return True
            await self._sleep(pause)
            pause = min(1.5 * pause, _LONGEST_LOOK)
        return False

    async def _sleep(self, seconds: float) -> None:
        """Until then or until the end, whichever is first."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ending.wait(), max(seconds, 0.0))


def _body(street: str, *, short_lived: bool) -> Json:
    """A complaint in words that no other has: what tells the same as another is joined to it (R13)."""
    matter = "".join(chr(random.randrange(_FIRST_CHARACTER, _LAST_CHARACTER)) for _ in range(_CHARACTERS))
    item = _SHORT_LIVED_ITEM if short_lived else _ORDINARY_ITEM
    return {"matter": matter, "kind": "help", "item": item, "street": street}


def _consultation(street: str) -> Json:
    return {**_body(street, short_lived=False), "kind": "consultation", "answered": True}
