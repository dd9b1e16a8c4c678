"""The database's disk full, and the database slow."""

import asyncio
import time

from drill.ground import POSTGRES
from drill.scene import Scene

_BUSY = "503"


async def disk_full(scene: Scene) -> None:
    """No room left at all: the API says 503 with Retry-After, nothing is half kept; then room is made."""
    disk = scene.ground.disk
    assert disk is not None, "this drill asks for a small disk"
    before = scene.client.answers[_BUSY]
    scene.fault("the database's disk is full")
    until = time.monotonic() + scene.form.seconds(6, 120)
    while time.monotonic() < until:
        await asyncio.to_thread(disk.fill)
        await asyncio.sleep(0.2)
    refused = scene.client.answers[_BUSY] - before
    scene.figures["answered_503"] = refused
    scene.expect(refused > 0, "a full disk was not answered with 503")
    scene.expect("No space left on device" in scene.ground.log_of(POSTGRES), "PostgreSQL did not meet the full disk")
    disk.free()


async def slow(scene: Scene) -> None:
    """Every packet late, each way; then none at all for a while, with connections open; then well again."""
    proxy = scene.ground.proxy
    delay = scene.form.seconds(0.1, 0.25)
    proxy.slow(delay)
    scene.fault(f"the database answers {2 * delay:.1f} s late")
    await asyncio.sleep(scene.form.seconds(5, 120))
    proxy.still()
    scene.fault("the database does not answer at all")
    await asyncio.sleep(scene.form.seconds(4, 60))
    proxy.flow()
