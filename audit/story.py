"""Compares each complaint's workflow with its journal: the engine carries the hash of the last row that it knows, and
a hash covers every row before it, so equal hashes mean equal stories, row for row."""

import asyncio
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from domain.lifecycle import Stage
from domain.standing import Standing
from store import journal, tickets
from store.connection import Pool
from workflows.messages import Ending

_AT_ONCE = 16
_PATIENCE = timedelta(seconds=20)


@dataclass
class StoryReport:
    """What was compared. `without`: closed as they were taken up, and not known to the engine, which need not know
    them; `forgotten`: closed by a workflow that the engine does not know any more, as it should some weeks later or
    after a restore; `lost`: unknown to the engine though it should know them, or given up by it; `mismatches`: the
    stories differ; `silent`: the workflow does not answer, since no worker runs or its task fails."""

    compared: int = 0
    without: int = 0
    forgotten: list[str] = field(default_factory=list[str])
    lost: list[str] = field(default_factory=list[str])
    mismatches: list[str] = field(default_factory=list[str])
    silent: list[str] = field(default_factory=list[str])
    most_events: int = 0


def by_lot(ticket_numbers: Sequence[str], most: int) -> list[str]:
    """So many of the complaints at most, the same ones each time: to ask each of a hundred thousand takes an hour."""
    return random.Random(1).sample(ticket_numbers, min(most, len(ticket_numbers)))


async def compare(pool: Pool, engine: Client, ticket_numbers: Iterable[str]) -> StoryReport:
    """Every given complaint, in the engine and in the journal."""
    report, turn = StoryReport(), asyncio.Semaphore(_AT_ONCE)

    async def one(ticket_no: str) -> None:
        async with turn:
            await _compare(pool, engine, ticket_no, report)

    await asyncio.gather(*(one(ticket_no) for ticket_no in ticket_numbers))
    return report


async def _compare(pool: Pool, engine: Client, ticket_no: str, report: StoryReport) -> None:
    handle = engine.get_workflow_handle(ticket_no, result_type=Ending)
    try:
        described = await handle.describe()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        await _unknown(pool, ticket_no, report)
        return
    if described.status not in (WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.COMPLETED):
        report.lost.append(ticket_no)
        return
    report.compared += 1
    report.most_events = max(report.most_events, described.history_length)
    if described.status is WorkflowExecutionStatus.COMPLETED:
        ending = await handle.result()
        known = (ending.seq, ending.head)
    else:
        try:
            standing = await handle.query("standing", result_type=Standing, rpc_timeout=_PATIENCE)
        except (RPCError, WorkflowQueryFailedError):
            report.silent.append(ticket_no)
            return
        known = (standing.seq, standing.head)
    ticket = await tickets.read(pool, ticket_no)
    if ticket is None or known != (ticket.seq, ticket.head):
        report.mismatches.append(ticket_no)


async def _unknown(pool: Pool, ticket_no: str, report: StoryReport) -> None:
    ticket = await tickets.read(pool, ticket_no)
    if await journal.ended_at_intake(pool, [ticket_no]):
        report.without += 1
    elif ticket is not None and ticket.stage == Stage.CLOSED:
        report.forgotten.append(ticket_no)
    else:
        report.lost.append(ticket_no)
