"""The relay: brings what the inbox holds to the engine, urgent first, again and again until it is acknowledged."""

import asyncio
from datetime import timedelta

import structlog
from temporalio.client import WorkflowUpdateFailedError
from temporalio.service import RPCError

from api.delivery import Delivery
from store import inbox
from store.connection import AWAY, Pool
from store.inbox import Command
from telemetry.deliveries import delivering

_log = structlog.stdlib.get_logger(__name__)

BATCH = 64
IDLE = 0.1
"""Seconds between looks at an empty inbox."""
PAUSE = timedelta(seconds=2)
PATIENCE = timedelta(seconds=10)


async def relay(pool: Pool, delivery: Delivery, stop: asyncio.Event) -> None:
    """Run until `stop` is set. A database or an engine that is away is waited for."""
    while not stop.is_set():
        try:
            claimed = await inbox.claim(pool, BATCH, PAUSE)
            await asyncio.gather(*(_deliver(delivery, command) for command in claimed))
        except AWAY as away:
            _log.warning("database away", error=type(away).__name__)
            claimed = []
            await asyncio.sleep(1)
        if len(claimed) < BATCH:
            await asyncio.sleep(IDLE)


async def _deliver(delivery: Delivery, command: Command) -> None:
    """One command; its failure is logged, and its next try is already planned."""
    try:
        with delivering(command) as told:
            told(await delivery.deliver(command, PATIENCE))
    except (RPCError, WorkflowUpdateFailedError) as failure:
        _log.warning("not delivered", ticket_no=command.ticket_no, action=command.action, error=type(failure).__name__)
