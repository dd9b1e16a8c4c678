"""The census: figures that only the database knows, asked by one process for the whole hotline.

Whoever holds the turn asks; when it ends, another one takes the turn. A part that takes long is asked less often, so
that asking never takes more than one fiftieth of one connection's time.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog

from domain.lifecycle import Stage
from store import census
from store.connection import Connection, Pool
from telemetry.registry import (
    ASKED,
    ASKING,
    MISSED,
    MONTHS,
    NOT_TAKEN_UP,
    OPEN,
    OUTBOX_OLDEST,
    OVERDUE,
    WAITING,
    WAITING_OLDEST,
)

_log = structlog.stdlib.get_logger(__name__)
Part = Callable[[Connection], Awaitable[None]]
_SHARE = 50


async def take_census(pool: Pool, stop: asyncio.Event) -> None:
    """Run until `stop` is set. A database that is away is waited for."""
    while not stop.is_set():
        try:
            async with pool.acquire() as connection:
                if await census.is_ours(connection):
                    try:
                        await _ask(connection, stop)
                    finally:
                        await census.give_back(connection)
        except census.FAILED as failure:
            _log.warning("census not taken", error=type(failure).__name__)
        _forget()
        await _pause(stop, 5)


async def _ask(connection: Connection, stop: asyncio.Event) -> None:
    """Each part when it is due, for as long as the turn is ours."""
    due = dict.fromkeys(PARTS, 0.0)
    while not stop.is_set():
        for name, (part, every) in PARTS.items():
            began = time.monotonic()
            if due[name] <= began:
                await part(connection)
                took = time.monotonic() - began
                due[name] = began + max(every, took * _SHARE)
                ASKING.labels(name).set(took)
                ASKED.labels(name).set_to_current_time()
        await _pause(stop, min(due.values()) - time.monotonic())


async def _backlog(connection: Connection) -> None:
    for found in await census.waiting(connection):
        for age, count in found.older_than.items():
            WAITING.labels(str(found.urgency), str(age)).set(count)
        WAITING_OLDEST.labels(str(found.urgency)).set(found.oldest.total_seconds())


async def _not_taken_up(connection: Connection) -> None:
    age = await census.oldest_not_taken_up(connection)
    NOT_TAKEN_UP.labels("oldest").set(age.total_seconds() if age else 0)


async def _open(connection: Connection) -> None:
    found = await census.open_complaints(connection)
    OPEN.clear()
    for (stage, tier), count in found.items():
        OPEN.labels(stage, tier).set(count)


async def _limits(connection: Connection) -> None:
    asked = {OVERDUE: await census.past_limit(connection), MISSED: await census.clocks_missed(connection)}
    for gauge, found in asked.items():
        gauge.clear()
        for stage in sorted({Stage.HANDLING, Stage.OBJECTION} | found.keys()):
            gauge.labels(stage).set(found.get(stage, 0))


async def _outbox(connection: Connection) -> None:
    found = await census.oldest_notices(connection)
    OUTBOX_OLDEST.clear()
    for audience, age in found.items():
        OUTBOX_OLDEST.labels(audience).set(age.total_seconds())


async def _months(connection: Connection) -> None:
    MONTHS.labels("tickets").set(await census.months_ahead(connection))


PARTS: Mapping[str, tuple[Part, float]] = {
    "backlog": (_backlog, 10),
    "taking_up": (_not_taken_up, 30),
    "limits": (_limits, 30),
    "outbox": (_outbox, 30),
    "open": (_open, 60),
    "months": (_months, 3600),
}
"""What is asked, and every how many seconds at most."""


def _forget() -> None:
    """Figures that nobody asks for any more would pass for true ones."""
    for gauge in (WAITING, WAITING_OLDEST, NOT_TAKEN_UP, OPEN, OVERDUE, MISSED, OUTBOX_OLDEST, MONTHS, ASKED, ASKING):
        gauge.clear()


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), max(seconds, 0.1))
    except TimeoutError:
        return
