"""Workers that hang, workers whose clock is wrong, more of them than one, and relays too."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg

from drill.ground import RELAY, WORKER, process
from drill.scene import Scene
from drill.wrong_clock import WrongClock
from workers.release import make_current
from workers.worker import DEPLOYMENT

_JUMPS = (3600, -3600, 400 * 24 * 3600, 0)
"""An hour ahead, an hour behind, more than a year ahead, and right again; in seconds."""
_UNVERSIONED = ""
_TO_BECOME_MANY = 240.0
_TO_BE_LISTED = 30.0


async def hangs(scene: Scene) -> None:
    """One of two workers gets SIGSTOP: it keeps its connections and its tasks. The other goes on; then the first comes
    to itself and finds that the world has moved."""
    scene.ground.put("worker-2", *process(WORKER))
    await scene.at_work("worker-2")
    scene.ground.stop_short(WORKER)
    scene.fault("one worker of two hangs")
    began = asyncio.get_running_loop().time()
    await asyncio.wait_for(scene.whole(), 120)
    scene.figures["others_went_on_after_s"] = round(asyncio.get_running_loop().time() - began, 1)
    await asyncio.sleep(scene.form.seconds(6, 90))
    scene.ground.go_on(WORKER)
    await asyncio.sleep(scene.form.seconds(1, 10))
    await asyncio.to_thread(scene.ground.take_away, "worker-2")


async def clock_jumps(scene: Scene) -> None:
    """The machine of worker and relay takes it to be another time, several times over, while clocks fall due."""
    clock = WrongClock(scene.ground.settings.home)
    for kind in (WORKER, RELAY):
        scene.ground.put(f"{kind}-jumping", *process(kind), **clock.env)
    await scene.at_work(f"{WORKER}-jumping")
    for kind in (WORKER, RELAY):
        await asyncio.to_thread(scene.ground.take_away, kind)
    await scene.whole()
    for seconds in _JUMPS:
        clock.set(seconds)
        scene.fault(f"the worker's clock is {timedelta(seconds=seconds)} ahead")
        await asyncio.sleep(scene.form.seconds(2.5, 30))
    for kind in (WORKER, RELAY):
        scene.ground.put(kind, *process(kind))
    await scene.at_work(WORKER)
    for kind in (WORKER, RELAY):
        await asyncio.to_thread(scene.ground.take_away, f"{kind}-jumping")


async def crowd(scene: Scene) -> None:
    """Two relays and three workers at once, the first of each killed in between: nothing is done twice."""
    more = {"worker-2": WORKER, "worker-3": WORKER, "relay-2": RELAY}
    for name, kind in more.items():
        scene.ground.put(name, *process(kind))
    await scene.at_work(WORKER, "worker-2", "worker-3")
    scene.fault("two relays, three workers")
    for name in (WORKER, RELAY):
        await asyncio.sleep(scene.form.seconds(3, 40))
        scene.ground.kill(name)
        scene.fault(f"kill -9 {name}")
    await asyncio.sleep(scene.form.seconds(2, 40))
    await scene.at_work(WORKER)
    for name in more:
        await asyncio.to_thread(scene.ground.take_away, name)


async def deploy(scene: Scene) -> None:
    """A new release beside the old one, made current with complaints under way; back to the old one; and forward
    again. At the end everybody is back on workers without a release."""
    scene.ground.put("worker-drill-a", *process(WORKER), HOTLINE_RELEASE="drill-a")
    scene.ground.put("worker-drill-b", "drill.next_worker", HOTLINE_RELEASE="drill-b")
    scene.figures["under_way"] = await _under_way(scene)
    for release in ("drill-a", "drill-b", "drill-a", "drill-b", _UNVERSIONED):
        since = datetime.now(UTC)
        await make_current(scene.engine, release, timedelta(seconds=60))
        scene.fault(f"current: {release or 'workers without a release'}")
        await scene.whole()
        await asyncio.sleep(scene.form.seconds(1, 30))
        if release:
            await _works(scene, release, since)
    for release in ("drill-a", "drill-b"):
        await asyncio.to_thread(scene.ground.take_away, f"worker-{release}")


async def _works(scene: Scene, release: str, since: datetime) -> None:
    """Whether the engine has had complaints worked on by a release since then: its list says so a little later."""
    asked = f"TemporalWorkerDeploymentVersion = '{DEPLOYMENT}:{release}' AND StartTime >= '{since.isoformat()}'"
    end = asyncio.get_running_loop().time() + _TO_BE_LISTED
    found = 0
    while not found and asyncio.get_running_loop().time() < end:
        found = (await scene.engine.count_workflows(asked)).count
        await asyncio.sleep(0.2)
    scene.figures[f"under_{release}"] = found
    scene.expect(found > 0, f"no complaint went on under {release}")


async def _under_way(scene: Scene) -> int:
    """How many complaints are under way, once they are as many as the form asks for, or after a while."""
    enough, end = scene.form.times(1, 2000), asyncio.get_running_loop().time() + _TO_BECOME_MANY
    connection = await asyncpg.connect(scene.ground.database_url)
    many = 0
    while many < enough and asyncio.get_running_loop().time() < end:
        await asyncio.sleep(0.5)
        many = await connection.fetchval("SELECT count(*) FROM tickets WHERE seq > 0 AND stage <> 'closed'")
    await connection.close()
    scene.expect(many >= enough, f"{many} complaints under way after {_TO_BECOME_MANY:.0f} s, {enough} were wanted")
    return many
