"""Makes a release current, so that complaints go on under it (docs/decisions/0004)."""

import asyncio
from datetime import timedelta

from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from workers.worker import DEPLOYMENT

_PAUSE = 0.5
_NOT_YET = (
    RPCStatusCode.NOT_FOUND,
    RPCStatusCode.FAILED_PRECONDITION,
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.CANCELLED,  # the engine was just opening the release's queue
)


class NoSuchRelease(Exception):
    """No worker of that release has reported to the engine in time; the text says so."""


async def make_current(client: Client, release: str, patience: timedelta) -> None:
    """From now on complaints, new and running, are worked on by workers of `release`. Waits for the first of them."""
    request = SetWorkerDeploymentCurrentVersionRequest(
        namespace=client.namespace,
        deployment_name=DEPLOYMENT,
        build_id=release,
        identity="hotline",
        ignore_missing_task_queues=True,
    )
    last = ""
    for _ in range(max(1, int(patience.total_seconds() / _PAUSE))):
        try:
            await client.workflow_service.set_worker_deployment_current_version(request)
        except RPCError as error:
            if error.status not in _NOT_YET:
                raise
            last = error.message
            await asyncio.sleep(_PAUSE)
        else:
            return
    raise NoSuchRelease(f"release {release} was not made current: {last}")
