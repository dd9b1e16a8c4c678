"""A bug in our own code that one complaint meets: the others go on, the operator sees it, a mended worker heals it."""

import asyncio
import time
from datetime import timedelta

from drill.calls import Json
from drill.faulty_worker import HANGS, IN_RULE, IN_TASK
from drill.ground import RELAY, WORKER, process
from drill.scene import Scene

_FAULTY = "worker-faulty"
_FAILING = "TemporalReportedProblems IN ('category=WorkflowTaskFailed', 'category=WorkflowTaskTimedOut')"
"""What docs/operating.md tells the operator to look for."""


async def poison(scene: Scene) -> None:
    """Two complaints meet a bug: one raised in a workflow's task, one raised by a rule at the door."""
    await _met(scene, (IN_TASK, IN_RULE))


async def deadlock(scene: Scene) -> None:
    """One complaint makes its worker compute for ever: the deadlock detector takes the task from it."""
    await _met(scene, (HANGS,))


async def _met(scene: Scene, bugs: tuple[str, ...]) -> None:
    marks = scene.ground.settings.home / "marks"
    marked = {await _taken_in(scene): bug for bug in bugs}
    marks.write_text("".join(f"{ticket_no} {bug}\n" for ticket_no, bug in marked.items()), encoding="utf-8")
    scene.ground.put(_FAULTY, "drill.faulty_worker", DRILL_MARKS=str(marks))
    await scene.at_work(_FAULTY)
    await asyncio.to_thread(scene.ground.take_away, WORKER)
    await scene.whole()
    commands = [await _supplemented(scene, ticket_no) for ticket_no in marked]
    scene.fault(f"{len(marked)} complaints meet a bug: {', '.join(bugs)}")
    began = time.monotonic()
    await scene.whole()
    scene.figures["others_went_on_after_s"] = round(time.monotonic() - began, 1)
    for ticket_no, bug in marked.items():
        await _seen(scene, ticket_no, bug)
    scene.ground.put(WORKER, *process(WORKER))
    scene.ground.hold(_FAULTY)
    scene.fault("a mended worker takes over")
    await _healed(scene, commands)


async def _taken_in(scene: Scene) -> str:
    taken = await scene.load.take_in()
    assert taken is not None, "the load has not ended yet"
    return taken[0]


async def _supplemented(scene: Scene, ticket_no: str) -> str:
    """Where to look what becomes of the command that meets the bug. It has to be kept, whatever the bug is."""
    promise = await scene.client.act(ticket_no, "supplement", note="补充一点：问题昨天又出现了。")
    scene.expect(promise is not None and promise.status == 202, f"{ticket_no}: a command that meets a bug was not kept")
    return f"/v1/complaints/{ticket_no}/commands/{promise.command_id}" if promise else ""


async def _seen(scene: Scene, ticket_no: str, bug: str) -> None:
    """The operator finds it: by the query of the guide where a task fails, and by ticket number in a log."""
    log = RELAY if bug == IN_RULE else _FAULTY
    began = time.monotonic()
    await scene.until(lambda: ticket_no in _bad_lines(scene, log), 60, f"{ticket_no} ({bug}) is in no log of {log}")
    if bug == IN_RULE or scene.form.short:
        return  # the query finds a workflow after some failures; each is longer in coming than the one before
    query, found = f"{_FAILING} AND WorkflowId = '{ticket_no}'", 0
    while not found and time.monotonic() < began + 120:
        found = (await scene.engine.count_workflows(query)).count
        await asyncio.sleep(0.2)
    scene.expect(found == 1, f"{ticket_no} is not found by the query for failing workflows")
    scene.figures["seen_after_s"] = round(time.monotonic() - began, 1)


def _bad_lines(scene: Scene, name: str) -> str:
    lines = scene.ground.log_of(name).splitlines()
    return "\n".join(line for line in lines if '"warning"' in line or '"error"' in line)


async def _healed(scene: Scene, commands: list[str]) -> None:
    began, end = time.monotonic(), time.monotonic() + timedelta(minutes=15).total_seconds()
    for path in commands:
        command: Json | None = None
        while (command is None or command["state"] == "pending") and time.monotonic() < end:
            command = await scene.client.look(path)
            await asyncio.sleep(0.2)
        scene.expect(command is not None and command["state"] == "applied", f"not healed: {path} {command}")
    scene.figures["healed_after_s"] = round(time.monotonic() - began, 1)
