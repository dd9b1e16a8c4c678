"""How a duty's time passes, and its end is seen."""

import asyncio
from datetime import timedelta

from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from tests.city import City


async def skip(city: City, code: str, span: timedelta) -> None:
    """Let time pass for one duty."""
    skipper = TimeSkipper(city.client, config=TimeSkippingConfig(enabled=False))
    async with asyncio.timeout(60):
        await skipper.fast_forward(city.handle(code), span)


async def ended(city: City, code: str) -> bool:
    """Whether a duty is over, within a few seconds."""
    for _ in range(100):
        if (await city.handle(code).describe()).status is WorkflowExecutionStatus.COMPLETED:
            return True
        await asyncio.sleep(0.05)
    return False
