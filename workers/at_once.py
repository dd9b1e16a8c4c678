"""Complaints that are likely to end as they are taken up, without a workflow (docs/decisions/0015)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import cast

import structlog

from activities.contracts import TakeUpRequest
from activities.planner import Planner
from activities.triage import Triager
from classifier.model import Model
from classifier.model_file import BadModel
from config.settings import Settings
from domain.calendar import BEIJING
from domain.events import Closed
from rulebook.shelf import Shelf
from store.connection import AWAY, Pool
from store.inbox import Command
from telemetry.steps import taken_up
from vault.seal import Vault
from workers.home import model_folder

_log = structlog.stdlib.get_logger(__name__)


class AtOnce:
    """Takes up what intake has marked, by the very activity that a workflow would ask."""

    def __init__(self, triager: Triager) -> None:
        self._triager = triager

    async def ended(self, command: Command) -> bool:
        """Whether the complaint of this intake is closed, now or since an earlier try, so that no workflow is needed.
        If not, its workflow finds the rows that were recorded here, and goes on from them. Raises what a database that
        is away raises; any other failure is left to the workflow, where it can be seen and waits to be mended."""
        if not command.facts.get("at_once"):
            return False
        received_at = datetime.fromisoformat(cast(str, command.facts["received_at"]))
        try:
            request = TakeUpRequest(command.ticket_no, received_at, datetime.now(BEIJING))
            taken = await self._triager.take_up(request)
        except AWAY:
            raise
        except Exception as failure:
            _log.warning("left to its workflow", ticket_no=command.ticket_no, error=type(failure).__name__)
            return False
        ended = taken.rows[-1].kind == Closed.__name__
        if ended:  # or its workflow takes it up once more, and is counted there
            taken_up(taken, request, datetime.now(BEIJING))
        return ended


def classifier(settings: Settings) -> Model | None:
    """The classifier in use; None where there is none: then everything goes to its workflow."""
    try:
        return Model.load(model_folder(settings))
    except BadModel:
        _log.warning("no classifier here: every complaint goes to a workflow")
        return None


def at_once(pool: Pool, vault: Vault, model: Model) -> Callable[[Command], Awaitable[bool]]:
    """The short way of a relay."""
    return AtOnce(Triager(pool, vault, Planner(Shelf(pool)), model)).ended
