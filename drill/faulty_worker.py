"""Run as a process: an ordinary worker with a bug that only marked complaints meet, when something is added to them.

The file named by DRILL_MARKS holds lines of ticket number and kind of bug; it is read again each time.
"""

import asyncio
import os
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from classifier.model import Model
from config import logs
from config.settings import Settings
from domain.actor import Actor
from domain.case import Case, Events
from domain.commands import Command, Supplement
from domain.complaint import Complaint
from domain.events import Supplemented
from domain.step import Step
from store.connection import open_pool
from workers.engine import connect
from workers.home import addresses, model_folder, open_vault
from workers.worker import worker
from workflows import complaint as story

IN_TASK, IN_RULE, HANGS = "task", "rule", "hangs"
"""Raised after the rule has decided: fails the workflow's task. Raised by the rule: meets whoever asks at the door.
Computes for ever: what the deadlock detector is for."""
_FOR_EVER = 15.0
_decide, _stepped = story.decide, story.stepped


class Bug(Exception):
    """A mistake in our code, as drilled."""


def _marks() -> Mapping[str, str]:
    lines = Path(os.environ["DRILL_MARKS"]).read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)


def _bad_decide(case: Case, command: Command) -> Events:
    if isinstance(command, Supplement) and _marks().get(case.state.ticket_no) == IN_RULE:
        raise Bug("in a rule")
    return _decide(case, command)


def _bad_stepped(before: Complaint, seq: int, head: str, step: str, actor: Actor, at: datetime, events: Events) -> Step:
    if any(isinstance(event, Supplemented) for event in events):
        bug = _marks().get(before.ticket_no)
        if bug == IN_TASK:
            raise Bug("in a workflow task")
        if bug == HANGS:
            time.sleep(_FOR_EVER)
    return _stepped(before, seq, head, step, actor, at, events)


async def work(settings: Settings) -> None:
    """An ordinary worker, until killed."""
    database_url, temporal_address = addresses(settings)
    model = Model.load(model_folder(settings))
    client = await connect(settings, temporal_address)
    vault = open_vault(settings)
    async with await open_pool(database_url) as pool:
        await worker(client, settings.task_queue, pool, vault, model, release=settings.release).run()


def main() -> None:
    """Until killed."""
    settings = Settings()
    logs.set_up(settings.logs)
    story.decide, story.stepped = _bad_decide, _bad_stepped
    asyncio.run(work(settings))


if __name__ == "__main__":
    main()
