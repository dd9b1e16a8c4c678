"""Whatever a worker does for a complaint belongs to that complaint's trace, also where the workflow was started by a
process that did not trace."""

from typing import Any

from opentelemetry import context
from temporalio import activity
from temporalio.client import Interceptor as ClientInterceptor
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput
from temporalio.worker import Interceptor as WorkerInterceptor

from telemetry.traces import below


class Belonging(ClientInterceptor, WorkerInterceptor):
    """Comes before Temporal's own interceptor, which looks for a parent where nobody has sent one."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        """Open every activity's trace."""
        return _Opening(next)


class _Opening(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        """Run it in the trace of the complaint whose workflow asks for it."""
        token = context.attach(below(activity.info().workflow_id or ""))
        try:
            return await super().execute_activity(input)
        finally:
            context.detach(token)
