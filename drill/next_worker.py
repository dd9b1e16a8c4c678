"""Run as a process: a worker of the next release, whose rules are not those of the one before: whatever is added to a
complaint presses its unit. It asks nothing else of the engine, so that either release can go on with what the other one
began; and what was recorded under one set of rules stays as it was recorded."""

import asyncio

from config import logs
from config.settings import Settings
from domain.case import Case, Events
from domain.commands import Command, Supplement
from domain.events import Supervised
from drill.faulty_worker import work
from workflows import complaint as story

_decide = story.decide


def press(case: Case, command: Command) -> Events:
    """As before, and a supplement presses the unit."""
    decided = _decide(case, command)
    return (*decided, Supervised("supplement")) if isinstance(command, Supplement) else decided


def main() -> None:
    """Until killed."""
    settings = Settings()
    logs.set_up(settings.logs)
    story.decide = press
    asyncio.run(work(settings))


if __name__ == "__main__":
    main()
