"""One drill from the first call to the count."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from temporalio.service import RPCError

from audit.record import Record
from drill.calls import Calls
from drill.client import Client
from drill.clocks import HELD, IN_TIME, Window
from drill.count import Count, count
from drill.ground import STREETS, Ground
from drill.load import Load, Pace
from drill.notices import listening
from drill.scene import Form, Scene
from store import inbox
from store.connection import Pool, open_pool
from workers.engine import connect

_PATIENCE = 15.0
"""Seconds that the load waits for an answer."""
_COUNTING = 600.0
"""Seconds that a question about all that was promised may take."""
_TICKET_NO = re.compile(r"\d{8}-\d{8}")
_RUN_OUT = "SELECT EXISTS (SELECT FROM tickets WHERE next_due < now() AND stage <> 'closed')"
Say = Callable[[str], None]
Fault = Callable[[Scene], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Drill:
    """A name, one line about it, and what breaks. `pace` is the load it is done under, by form."""

    name: str
    about: str
    fault: Fault
    pace: Callable[[Form], Pace] = lambda form: Pace(2, 2, 0.4) if form.short else Pace(4, 4, 0.2)
    small_disk: bool = False
    """Whether the database needs a disk that can be filled."""
    relay_works: bool = True
    """Whether the relay works too, as it does beside one worker: not where a drill tells workers apart."""
    stands_still: bool = True
    """Whether clocks cannot ring while it lasts. Where they can, they have to."""
    listens: bool = True
    """Whether a receiver listens all the time: not where a drill has receivers of its own."""


@dataclass
class Outcome:
    """What came of a drill. `not_run` says why it could not be done here; then there are no figures."""

    name: str
    about: str
    count: Count = field(default_factory=Count)
    faults_injected: int = 0
    recovery_s: float = 0.0
    drained_s: float = 0.0
    answers: dict[str, int] = field(default_factory=dict[str, int])
    unexpected: list[str] = field(default_factory=list[str])
    figures: dict[str, float] = field(default_factory=dict[str, float])
    seconds: float = 0.0
    not_run: str = ""

    @property
    def held(self) -> bool:
        """Whether it was played, and every promise held."""
        return not self.not_run and self.count.held and not self.unexpected

    def told(self) -> dict[str, object]:
        """For JSON: the count's figures first, on the same level as the rest."""
        facts = asdict(self)
        counted = facts.pop("count")
        faults = counted.pop("faults")
        return {"name": facts.pop("name"), **counted, **facts, "faults": faults}


async def played(drill: Drill, ground: Ground, form: Form, folder: Path, say: Say) -> Outcome:
    """Load, fault, recovery, the end of the load, and the count. What the load was told stands in `folder`."""
    began = time.monotonic()
    outcome = Outcome(drill.name, drill.about)
    async with (
        _scene(drill, ground, form, folder / f"{drill.name}.jsonl", say) as (scene, record),
        listening(scene) if drill.listens else nullcontext(_nothing) as settled,
    ):
        since = datetime.now(UTC)
        scene.load.begin()
        await scene.whole()
        await asyncio.sleep(form.seconds(1.5, 20))
        hurt = datetime.now(UTC)
        await drill.fault(scene)
        mended = time.monotonic()
        recovered = await scene.whole()
        outcome.recovery_s = round(time.monotonic() - mended, 1)
        say(f"  whole again after {outcome.recovery_s} s")
        await asyncio.sleep(form.seconds(0.5, 10))
        await scene.load.end()
        record.close()
        async with await open_pool(ground.database_url, most=4, patience=_COUNTING) as pool:
            outcome.drained_s = await _drained(scene, pool, mended)
            await _all_rung(pool, recovered + HELD + IN_TIME)
            await settled()
            say("  counting")
            window = Window(since, hurt, recovered, datetime.now(UTC), drill.stands_still)
            found = await count(pool, scene.engine, record.path, window)
            scene.expect(found.accepted > 0 and found.clocks_rung > 0, "nothing was accepted, or no clock fell due")
            outcome.count = found.and_also(scene.lost, scene.doubled)
            await _kept_for_reading(scene, outcome.count.faults)
        outcome.faults_injected = scene.injected
        outcome.answers = dict(sorted(scene.client.answers.items()))
        outcome.unexpected = [*scene.unexpected, *(f"{what}: {n}" for what, n in scene.client.unexpected.items())]
        outcome.figures = scene.figures
    outcome.seconds = round(time.monotonic() - began, 1)
    return outcome


async def _nothing() -> None:
    """Nobody has listened."""


@asynccontextmanager
async def _scene(
    drill: Drill, ground: Ground, form: Form, path: Path, say: Say
) -> AsyncGenerator[tuple[Scene, Record], None]:
    record = Record(path)
    engine = await connect(ground.settings, ground.stack.temporal_address)
    client = Client(Calls(ground.api_url, _PATIENCE), record, ground.keys)
    load = Load(client, drill.pace(form), STREETS, form.seed)
    yield Scene(ground, form, client, load, engine, path.parent, say), record


async def _kept_for_reading(scene: Scene, faults: list[str]) -> None:
    """The engine's history of each complaint that a fault names: the ground is gone when somebody asks why."""
    for ticket_no in {found[0] for fault in faults if (found := _TICKET_NO.search(fault))}:
        try:
            history = await scene.engine.get_workflow_handle(ticket_no).fetch_history()
        except RPCError:
            continue  # the engine does not know it, which the fault says
        (scene.folder / f"{ticket_no}.json").write_text(history.to_json(), encoding="utf-8")


async def _drained(scene: Scene, pool: Pool, mended: float) -> float:
    """Seconds from the mending until the engine had every command that was kept. Commands of an outage may wait for
    their next try, and a long one leaves many."""
    patience = timedelta(minutes=5) if scene.form.short else timedelta(hours=6)
    end = time.monotonic() + patience.total_seconds()
    while await _left(pool) and time.monotonic() < end:  # noqa: ASYNC110 - other processes have no event
        await asyncio.sleep(scene.form.seconds(0.2, 1))
    left = await _left(pool)
    scene.expect(left == 0, f"{left} commands were not brought to the engine in {patience}")
    return round(time.monotonic() - mended, 1)


async def _all_rung(pool: Pool, latest: datetime) -> None:
    """Return when no clock has run out unheard; or at `latest`, and then the count says which."""
    while datetime.now(UTC) < latest and await pool.fetchval(_RUN_OUT):  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.2)


async def _left(pool: Pool) -> int:
    waiting, _ = await inbox.waiting(pool)
    untouched = await pool.fetchval("SELECT count(*) FROM tickets WHERE seq = 0")
    return waiting + int(untouched)
