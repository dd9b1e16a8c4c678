"""How a workflow asks the world: a local activity, tried a few times at once, then again after a durable pause."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

_ONE_TRY = timedelta(seconds=10)
_TRIES = RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_attempts=4)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(seconds=60)
_LONG, _SELDOM = timedelta(hours=1), timedelta(minutes=10)
"""What has not worked for so long is asked more seldom: the engine ends a history of 51,200 events; a round has six."""


async def asked(activity: Callable[[Asked], Awaitable[Answer]], question: Asked) -> Answer:
    """The answer of `activity`. A failure is waited out, whatever it is and for ever: it must never end a complaint.
    A local activity that keeps failing would hold its workflow task open, so between rounds a timer waits."""
    pause, waited = _FIRST_PAUSE, timedelta()
    while True:
        try:
            return await workflow.execute_local_activity(
                activity, question, start_to_close_timeout=_ONE_TRY, retry_policy=_TRIES
            )
        except FailureError:  # a local activity raises its own error, not always an ActivityError
            await workflow.sleep(pause, summary="the database is away")
            waited += pause
            pause = min(2 * pause, _LONGEST_PAUSE) if waited < _LONG else _SELDOM
