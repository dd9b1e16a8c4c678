"""One update for each action of people, declared once for all complaints: handlers that every workflow set for itself
were a good part of what it held in memory."""

from typing import Any, Protocol, TypeVar

from temporalio import workflow

from domain.actions import COMMANDS
from domain.lifecycle import Action
from domain.standing import Standing
from workflows.messages import Order


class Serving(Protocol):
    """What serves every action alike."""

    async def serve(self, action: Action, order: Order) -> Standing:
        """Apply it."""
        ...

    def refuse(self, action: Action, order: Order) -> None:
        """Raise what the rules say against it now."""
        ...


Workflow = TypeVar("Workflow", bound=Serving)


def serving_every_action(kind: type[Workflow]) -> type[Workflow]:
    """The workflow with an update of each action's own name. Stands below `workflow.defn`."""
    for action in COMMANDS:
        setattr(kind, f"on_{action.name.lower()}", _update(action))
    return kind


def _update(action: Action) -> Any:  # the SDK's type for an update method names the one workflow that it belongs to
    class Served(Serving, Protocol):  # a class, since the SDK takes the first parameter for an argument outside of one
        @workflow.update(name=action.value)
        async def act(self, order: Order) -> Standing:
            return await self.serve(action, order)

        @act.validator
        def validate(self, order: Order) -> None:
            self.refuse(action, order)

    return Served.act
