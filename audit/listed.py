"""Which complaints the engine lists: cheap for a million, where asking each workflow is not."""

import asyncio

from temporalio.client import Client

_LISTED = 'WorkflowType = "Complaint" AND ExecutionStatus IN ("Running", "Completed", "ContinuedAsNew")'
_PATIENCE = 60
"""Seconds that the engine's list may lag behind the engine."""


async def listed(engine: Client, wanted: set[str]) -> set[str]:
    """Every complaint that the engine lists and has not given up, once these are all that are wanted; or what it lists
    in the end."""
    found = set[str]()
    for _ in range(_PATIENCE):
        found = {each.id async for each in engine.list_workflows(_LISTED, page_size=1000)}
        if wanted <= found:
            break
        await asyncio.sleep(1)
    return found
