"""Notices: in every drill each arrives, and counts once; in one of them receivers are down, slow, broken, forgetful."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import asyncpg

from drill.ground import STREETS
from drill.receiver import Mood, Receiver, receiver, taken
from drill.scene import Scene
from store import outbox
from workers.home import open_vault

_WELL, *_ILL = STREETS
"""The unit whose receiver is always well, and those whose receiver is not."""
_SEND_NOW = """
UPDATE outbox SET next_try_at = created_at WHERE sent_at IS NULL AND audience = ANY($1) AND next_try_at > now()
"""
"""What docs/operating.md has one do once a receiver is mended."""
_UNSENT = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND audience = ANY($1) AND created_at <= $2"
_DUE = "SELECT ticket_no || '/' || key AS id FROM outbox WHERE audience = ANY($1) AND created_at BETWEEN $2 AND $3"
_PATIENCE = 600.0
_SOON = 10.0
"""Seconds in which a receiver that is well gets a notice, whatever ails the others."""


@asynccontextmanager
async def listening(scene: Scene) -> AsyncGenerator[Callable[[], Awaitable[None]], None]:
    """One unit's receiver listens, and is well, whatever else breaks. What comes of it is called when all is over: it
    returns when everything has been sent, and notes what never arrived."""
    async with receiver(scene.folder / "heard.jsonl") as heard:
        connection = await asyncpg.connect(scene.ground.database_url)
        since = await connection.fetchval("SELECT now()")
        await _register(scene, connection, {_WELL: heard})
        await connection.close()

        async def settled() -> None:
            connection = await asyncpg.connect(scene.ground.database_url)
            until = await connection.fetchval("SELECT now()")
            await _sent(scene, connection, [_WELL], until)
            await _compare(scene, connection, [_WELL], heard.path, since, until)
            await connection.execute("DELETE FROM receivers")
            await connection.close()

        yield settled


async def ill_receivers(scene: Scene) -> None:
    """One ailment after another, while a second receiver stays well."""
    folder = scene.folder
    connection = await asyncpg.connect(scene.ground.database_url)
    async with receiver(folder / "well.jsonl") as well, receiver(folder / "ill.jsonl") as ill:
        try:
            since = await connection.fetchval("SELECT now()")
            await _register(scene, connection, {_WELL: well, **dict.fromkeys(_ILL, ill)})
            await _ail(scene, ill)
            until = await connection.fetchval("SELECT now()")
            await _sent(scene, connection, STREETS, until)
            waited = await _compare(scene, connection, [_WELL], well.path, since, until)
            await _compare(scene, connection, _ILL, ill.path, since, until)
        finally:
            await connection.execute("DELETE FROM receivers")
            await connection.close()
    scene.figures["well_latest_s"] = round(waited, 1)
    scene.expect(waited < _SOON, f"a receiver that was well waited {waited:.1f} s")


async def _register(
    scene: Scene, connection: "asyncpg.Connection[asyncpg.Record]", receivers: dict[str, Receiver]
) -> None:
    vault = open_vault(scene.ground.settings)
    for unit, each in receivers.items():
        await outbox.receive_at(connection, unit, each.url, vault.seal_secret(each.secret))


async def _ail(scene: Scene, ill: Receiver) -> None:
    seconds = scene.form.seconds(3, 45)
    await asyncio.sleep(seconds)
    await ill.down()
    scene.fault("the receiver is down")
    await asyncio.sleep(seconds)
    await ill.open()
    for mood in (Mood.SLOW, Mood.BROKEN, Mood.FORGETFUL):
        ill.mood = mood
        scene.fault(f"the receiver is {mood.name.lower()}")
        await asyncio.sleep(seconds)
    ill.mood = Mood.WELL


async def _sent(
    scene: Scene, connection: "asyncpg.Connection[asyncpg.Record]", units: list[str], until: datetime
) -> None:
    """What waits for these units' receivers, which are well by now, is sent at once."""
    loop = asyncio.get_running_loop()
    end = loop.time() + _PATIENCE
    await asyncio.sleep(1)
    left = 1
    while left and loop.time() < end:
        await connection.execute(_SEND_NOW, units)
        await asyncio.sleep(1)
        left = await connection.fetchval(_UNSENT, units, until)
    scene.expect(left == 0, f"{left} notices are not sent")


async def _compare(
    scene: Scene,
    connection: "asyncpg.Connection[asyncpg.Record]",
    units: list[str],
    path: Path,
    since: datetime,
    until: datetime,
) -> float:
    """What the database queued against what the receiver has on disk: at least once each, and one body for each key.
    How long it took at most from the queue to the receiver, in seconds."""
    due = [row["id"] for row in await connection.fetch(_DUE, units, since, until)]
    found = taken(path)
    scene.lost += [f"notice {one} never arrived" for one in due if one not in found.bodies]
    scene.doubled += [f"notice {one} says two things" for one, bodies in found.bodies.items() if len(bodies) > 1]
    scene.expect(found.forged == 0, f"{found.forged} notices were not signed as agreed")
    scene.figures[f"{path.stem}_notices"] = len(due)
    scene.figures[f"{path.stem}_arrivals"] = found.times
    return max((found.took_s[one] for one in due if one in found.took_s), default=0.0)
