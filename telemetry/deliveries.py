"""Kept commands on their way to the engine and notices on their way out: counted, timed and traced."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime

from store.inbox import INTAKE, Command
from store.outbox import Queued
from telemetry import traces
from telemetry.registry import DELIVERIES, DELIVERY, NOTICE, NOTICES, REFUSALS


@contextmanager
def delivering(command: Command) -> Generator[Callable[[Command], None], None, None]:
    """One try of the relay. The block tells how the command stands afterwards; when it raises, the try has failed."""
    result = "failed"

    def told(after: Command) -> None:
        nonlocal result
        result = "started" if after.action == INTAKE and after.state == "pending" else after.state
        if after.state == "refused":
            REFUSALS.labels("relay", after.code).inc()

    try:
        with traces.about(command.ticket_no, f"relay {command.action}", urgency=str(command.urgency)):
            yield told
    finally:
        DELIVERIES.labels(command.action, result).inc()
        if result not in ("failed", "pending"):
            DELIVERY.labels(str(command.urgency)).observe(_since(command.received_at))


@contextmanager
def posting(notice: Queued) -> Generator[None, None, None]:
    """One try to post a notice; when the block raises, it was not taken."""
    result = "not_taken"
    try:
        with traces.about(notice.ticket_no, f"notice {notice.kind}", audience=notice.audience):
            yield
        result = "taken"
        NOTICE.observe(_since(notice.created_at))
    finally:
        NOTICES.labels(result).inc()


def _since(instant: datetime) -> float:
    return max((datetime.now(UTC) - instant).total_seconds(), 0)
