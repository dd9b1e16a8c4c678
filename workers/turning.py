"""Turning the ring in the background: while processes run, whatever an older key wraps is wrapped again, a little at a
time. It can end at any moment and goes on at the next start; two of it at once do each other's work, and no harm."""

import asyncio
from contextlib import suppress

import structlog

from store import wrapped
from store.connection import AWAY, Pool
from vault.keyring import KeyRing
from vault.seal import Vault
from workers.rotation import BATCH, batches

LOOK = 60.0
"""Seconds between looks whether the ring was turned."""
BREATH = 0.2
"""Seconds between batches: the work is never urgent, and intake shares the database."""

_log = structlog.stdlib.get_logger(__name__)


async def keep_wrapped(
    pool: Pool, vault: Vault, stop: asyncio.Event, *, look: float = LOOK, breath: float = BREATH, batch: int = BATCH
) -> None:
    """Run until `stop` is set. What no key of the ring opens is told, and not tried again before the ring changes."""
    hopeless: KeyRing | None = None
    while not stop.is_set():
        ring = vault.ring
        try:
            if ring != hopeless and await wrapped.any_other(pool, ring.current):
                hopeless = ring if await _turn(pool, vault, stop, breath, batch) else None
        except AWAY as away:
            _log.warning("database away", error=type(away).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), look)


async def _turn(pool: Pool, vault: Vault, stop: asyncio.Event, breath: float, batch: int) -> int:
    """One pass, or what of it fits in before `stop` or another turn of the ring. Returns how many do not open."""
    current = vault.ring.current
    rewrapped = unopened = 0
    async for done in batches(pool, vault, batch):
        rewrapped += done.rewrapped
        unopened += done.unopened
        await asyncio.sleep(breath)
        if stop.is_set() or vault.ring.current != current:
            break
    _log.info("key ring turned", key_id=current, rewrapped=rewrapped)
    if unopened:
        _log.error("not opened by any key", count=unopened)
    return unopened
