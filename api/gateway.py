"""The only place of the API that speaks to Temporal: starts complaints and brings commands to them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import structlog
from temporalio.client import (
    Client,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import Priority, SearchAttributePair, TypedSearchAttributes, WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from api.turns import Turns
from domain.actor import Actor
from domain.lifecycle import Stage
from domain.refusal import Fact
from domain.standing import Standing
from workflows.attributes import STAGE
from workflows.complaint import ComplaintWorkflow
from workflows.duty import LOOK_AGAIN, DutyWorkflow
from workflows.messages import DutyStart, Order, Start

_log = structlog.stdlib.get_logger(__name__)
_LOST_UPDATE = "AcceptedUpdateCompletedWorkflow"
"""The engine's word for an update whose workflow ended under it."""
_REFUSAL_TELLS = 2
"""What workflows/refusals.py sends along: facts, and the journal row."""
_AT_ONCE = 4
"""Commands that one process brings to one complaint at a time. The engine takes ten from all of them; at the eleventh
it drops the ten as well, and everybody begins anew."""
_NEVER_CONNECTED = "Failed client connect"
"""What the client says, as a RuntimeError, when it has not reached the engine even once."""
_TO_START = timedelta(seconds=10)
_TO_LOOK = timedelta(seconds=1)
_OVERTIME = timedelta(seconds=1)
"""Beyond an RPC's own timeout, which does not cover the first connection: an address may accept and never answer."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The command has changed the complaint."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule said no."""

    code: str
    facts: dict[str, Fact]
    seq: int
    """The journal row that the complaint was at."""


@dataclass(frozen=True, slots=True)
class NotRunning:
    """The engine has no running workflow of that ticket number: not started yet, or closed."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """No answer in time. Nothing is lost: the command is kept and will be sent again."""


Answer = Applied | Refused | NotRunning | Unsettled


class Gateway:
    """Speaks to one namespace through one task queue."""

    def __init__(self, client: Client, task_queue: str, *, eager: bool = False) -> None:
        """`eager`: a worker runs on this client, which is given the first task of what is started here at once."""
        self._eager = eager
        self._client = client
        self._task_queue = task_queue
        self._turns = Turns(_AT_ONCE)

    async def start(self, ticket_no: str, received_at: datetime, urgency: int, fairness: str) -> bool:
        """Start the complaint's workflow; a second start of the same number changes nothing. False when the worker on
        this client, if there is one, had no room for it, so that it waits at the engine. RPCError when away."""
        try:
            async with _reaching(_TO_START):
                handle = await self._client.start_workflow(
                    ComplaintWorkflow.run,
                    Start(ticket_no, received_at),
                    id=ticket_no,
                    request_eager_start=self._eager,
                    task_queue=self._task_queue,
                    id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                    priority=Priority(priority_key=urgency, fairness_key=fairness or None),
                    search_attributes=TypedSearchAttributes([SearchAttributePair(STAGE, Stage.RECEIVED.value)]),
                    static_summary=f"complaint {ticket_no}",
                    rpc_timeout=_TO_START,
                )
        except WorkflowAlreadyStartedError:
            return True
        return not self._eager or bool(getattr(handle, "__temporal_eagerly_started"))

    async def attend(self, code: str, urgency: int) -> None:
        """Have the duty of `code` look at what has changed, and start it when it does not run. RPCError when away."""
        async with _reaching(_TO_START):
            await self._client.start_workflow(
                DutyWorkflow.run,
                DutyStart(code),
                id=code,
                task_queue=self._task_queue,
                start_signal=LOOK_AGAIN,
                priority=Priority(priority_key=urgency),
                static_summary=f"duty {code}",
                rpc_timeout=_TO_START,
            )

    async def act(
        self,
        ticket_no: str,
        command_id: str,
        action: str,
        actor: Actor,
        facts: dict[str, Fact],
        patience: timedelta,
        *,
        in_turn: bool = False,
    ) -> Answer:
        """Bring a command to its complaint and wait up to `patience`. The command's id makes a second bringing the
        same as the first. `in_turn`: it may not be refused at the door."""
        handle = self._client.get_workflow_handle(ticket_no)
        try:
            async with _reaching(patience), self._turns.turn(ticket_no):
                standing = await handle.execute_update(  # pyright: ignore[reportUnknownMemberType]
                    action,
                    Order(command_id, actor, facts, in_turn),
                    id=command_id,
                    result_type=Standing,
                    rpc_timeout=patience,
                )
        except WorkflowUpdateFailedError as failure:
            refused = _refused(failure)
            if refused is None:
                _log.error("a bug at the door", ticket_no=ticket_no, action=action, error=_kind(failure.cause))
            return refused or Unsettled()
        except WorkflowUpdateRPCTimeoutOrCancelledError:
            return Unsettled()
        except RPCError as error:
            return NotRunning() if error.status is RPCStatusCode.NOT_FOUND else Unsettled()
        return Applied(cast(Standing, standing))

    async def is_up(self) -> bool:
        """Whether Temporal answers."""
        try:
            async with _reaching(_TO_LOOK):
                return await self._client.service_client.check_health(timeout=_TO_LOOK)
        except RPCError:
            return False


@asynccontextmanager
async def _reaching(patience: timedelta) -> AsyncGenerator[None, None]:
    """Whatever keeps the engine from being reached, as the one error it is: RPCError, unavailable."""
    try:
        async with asyncio.timeout((patience + _OVERTIME).total_seconds()):
            yield
    except TimeoutError as error:
        raise RPCError("no connection in time", RPCStatusCode.UNAVAILABLE, b"") from error
    except RuntimeError as error:
        if not str(error).startswith(_NEVER_CONNECTED):
            raise
        raise RPCError("never connected", RPCStatusCode.UNAVAILABLE, b"") from error


def _refused(failure: WorkflowUpdateFailedError) -> Refused | Unsettled | None:
    """The refusal that a failed update tells; None when it tells of a bug: then nobody has said no, and the command is
    sent again until the bug is mended."""
    cause = failure.cause
    if not isinstance(cause, ApplicationError) or cause.type is None:
        return None
    if cause.type == _LOST_UPDATE:
        return Unsettled()
    if len(cause.details) != _REFUSAL_TELLS:
        return None
    facts, seq = cast("tuple[dict[str, Fact], int]", cause.details)
    return Refused(cause.type, facts, seq)


def _kind(cause: BaseException) -> str:
    """The class of what was raised in the workflow; never its text."""
    return (cause.type if isinstance(cause, ApplicationError) else None) or type(cause).__name__
