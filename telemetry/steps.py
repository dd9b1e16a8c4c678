"""What is written into the journal, counted where it is written: rows, late clocks, time to take up."""

from datetime import UTC, datetime
from typing import Any

from temporalio.client import Interceptor as ClientInterceptor
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput
from temporalio.worker import Interceptor as WorkerInterceptor

from activities.contracts import Recorded, TakenUp, TakeUpRequest
from domain.events import Classified, ClockRang
from domain.journal import Row
from telemetry.registry import LATENESS, ROWS, TAKE_UP


class Steps(ClientInterceptor, WorkerInterceptor):
    """Comes with the client into every worker that uses it."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        """Listen to every activity."""
        return _Listening(next)


class _Listening(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        """Run it, and count what it has recorded."""
        answer = await super().execute_activity(input)
        now = datetime.now(UTC)
        match answer, input.args:
            case Recorded(appended=True, rows=rows), _:
                _written(rows, now)
            case TakenUp() as taken, [TakeUpRequest() as request]:
                taken_up(taken, request, now)
            case _:
                pass
        return answer


def taken_up(taken: TakenUp, request: TakeUpRequest, now: datetime) -> None:
    """A complaint was taken up, in a workflow or without one."""
    _written(taken.rows, now)
    event = taken.rows[0].event
    urgent = isinstance(event, Classified) and event.urgent
    TAKE_UP.labels("yes" if urgent else "no").observe(max((now - request.received_at).total_seconds(), 0))


def _written(rows: tuple[Row, ...], now: datetime) -> None:
    for row in rows:
        ROWS.labels(row.kind).inc()
        event = row.event
        if isinstance(event, ClockRang):
            # In a demo a complaint's own time runs ahead of ours.
            late = max(now, row.at) - event.due
            LATENESS.labels(event.clock).observe(max(late.total_seconds(), 0))
