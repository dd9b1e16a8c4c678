"""Deadlines of workflows that do nothing but wait for them: how many Temporal can fire on this machine, and when."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import Client

from bench.bare import TASK_QUEUE, BareTimerWorkflow, bare_worker
from bench.processes import spent, together
from bench.rounds import Say, closed_loop, spread
from workers.running import Running

_MINUTE = timedelta(minutes=1)
_STARTS_PER_S = 80.0
"""Fewer than are started on two processors, so that none is due before all have been started."""
_AHEAD = timedelta(seconds=20)
_MOST_LATE = timedelta(minutes=15)
_FIRED = 'WorkflowType = "BareTimer" AND ExecutionStatus = "Completed"'


async def measure_bare_timers(
    hotline: Running, count: int, in_flight: int, say: Say, *, ahead: timedelta = _AHEAD, within: timedelta = _MINUTE
) -> dict[str, Any]:
    """`count` deadlines `within` a span that begins `ahead` of the first start, and as much later as the starts take.
    Seconds late are from the deadline to the end of its workflow, as Temporal tells it."""
    await bare_worker(hotline)
    client = await Client.connect(hotline.temporal_address, namespace=hotline.settings.namespace)
    begins = datetime.now(UTC) + ahead + timedelta(seconds=count / _STARTS_PER_S)
    due = [begins + within * number / count for number in range(count)]

    async def start(number: int) -> None:
        await client.start_workflow(BareTimerWorkflow.run, due[number], id=_id(number), task_queue=TASK_QUEUE)

    await closed_loop(start, 0, count, in_flight, ())
    say(f"{count} workflows that do nothing else will be due from {begins:%H:%M:%S} UTC on")
    await asyncio.sleep(max(0.0, (begins - datetime.now(UTC)).total_seconds() - 1))
    before = spent(hotline.stack.children)
    await _all_fired(client, count, due[-1] + _MOST_LATE)
    cpu = spent(hotline.stack.children).since(before)
    ended = {each.id: each.close_time async for each in client.list_workflows(_FIRED, page_size=1000)}
    late = [(at - due[number]).total_seconds() for number in range(count) if (at := ended.get(_id(number)))]
    took = max((at for at in ended.values() if at), default=begins) - begins
    return {
        "fired": len(late),
        "late_s": spread(late),
        "fired_per_s": round(len(late) / took.total_seconds(), 1) if took else 0.0,
        "cpu_ms_all": together(cpu, len(late)),
    }


async def _all_fired(client: Client, count: int, until: datetime) -> None:
    while datetime.now(UTC) < until:
        await asyncio.sleep(3)
        if (await client.count_workflows(_FIRED)).count >= count:
            break


def _id(number: int) -> str:
    return f"bare-timer-{number}"
