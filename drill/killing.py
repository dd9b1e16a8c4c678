"""`kill -9` of every process, one after another and at random; the engine away for long; connections cut."""

import asyncio
import random

import asyncpg

from drill.ground import EVERY, POSTGRES, TEMPORAL
from drill.scene import Scene

_CUT = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'hotline' AND pid <> pg_backend_pid()
"""


async def kill(scene: Scene) -> None:
    """One after another, each on its own; then as many as asked for at random, before the last is well again."""
    chance = random.Random(scene.form.seed)
    for name in EVERY:
        scene.ground.kill(name)
        scene.fault(f"kill -9 {name}")
        await asyncio.sleep(scene.form.seconds(1.5, 0))
        if not scene.form.short:
            await scene.whole()
    for number in range(scene.form.kills):
        name = chance.choice(EVERY)
        scene.ground.kill(name)
        scene.fault(f"kill -9 {name} ({number + 1} of {scene.form.kills})")
        await asyncio.sleep(chance.uniform(0.1, scene.form.seconds(1.0, 4.0)))


async def temporal_away(scene: Scene) -> None:
    """Gone for as long as asked for, while complaints and actions keep coming in; then back."""
    seconds = scene.form.minutes * 60
    scene.ground.hold(TEMPORAL)
    scene.fault(f"Temporal away for {seconds:.0f} s")
    await asyncio.sleep(seconds)
    scene.ground.release(TEMPORAL)


async def cut(scene: Scene) -> None:
    """Every connection to the database cut, again and again; and PostgreSQL stopped the fast way and started."""
    for number in range(scene.form.times(4, 20)):
        if number % 4 == 3:
            scene.ground.take_away(POSTGRES)
            scene.ground.put(POSTGRES)
            scene.fault("PostgreSQL restarted")
        else:
            connection = await asyncpg.connect(scene.ground.database_url)
            many = await connection.fetchval(_CUT)
            await connection.close()
            scene.fault(f"{many} connections cut")
        await asyncio.sleep(scene.form.seconds(1.0, 4.0))
