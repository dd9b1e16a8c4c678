"""What one complaint tells another: commands of the hotline itself, put beside everybody else's in the same
transaction as the rows that cause them, so that neither can be lost without the other."""

import uuid
from dataclasses import dataclass

from domain.case import Events
from domain.complaint import Complaint
from domain.events import Closed, Joined, MainEnded, Separated
from domain.lifecycle import Action, Stage
from domain.outcome import Outcome
from domain.refusal import Fact

_NAMES = uuid.UUID("0d0f0f5a-2f0e-4d2b-9d53-6a1c5b7f4e21")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One command to another ticket."""

    ticket_no: str
    action: Action
    facts: dict[str, Fact]
    command_id: str


def follow_up(to: str, action: Action, cause: str, facts: dict[str, Fact]) -> FollowUp:
    """A command whose id says what caused it: the same cause never counts twice."""
    return FollowUp(to, action, facts, str(uuid.uuid5(_NAMES, f"{to}/{action}/{cause}")))


def follow_ups(before: Complaint, happened: Events, step: str) -> tuple[FollowUp, ...]:
    """What other complaints have to hear of `happened`. A ticket that has ended needs to hear nothing, and whoever
    waited for one that waited itself hears how the matter ended."""
    found: list[FollowUp] = []
    own = before.ticket_no
    ended = next((event.outcome for event in happened if isinstance(event, MainEnded)), None)
    for event in happened:
        match event:
            case Joined():
                facts: dict[str, Fact] = {
                    "ticket_no": own,
                    "same_complainant": event.same_complainant,
                    "new_facts": event.new_facts,
                }
                found.append(follow_up(event.main, Action.REPEAT, f"{own}/{step}", facts))
            case Separated() if ended is None:
                found.append(follow_up(event.main, Action.LEAVING, f"{own}/{step}", {"ticket_no": own}))
            case Closed():
                found += [main_end(each, own, ended or event.outcome) for each in before.joined]
                if before.stage is Stage.JOINED and event.outcome is not Outcome.DUPLICATE:
                    found.append(follow_up(before.main, Action.LEAVING, f"{own}/{step}", {"ticket_no": own}))
            case _:
                pass
    return tuple(found)


def main_end(to: str, main: str, outcome: Outcome, repeat: str = "") -> FollowUp:
    """That `main`, to which `to` is joined, has ended. Whoever is joined when it had ended already is told by the id of
    the command `repeat`: what was told of the same end before may have found them separated."""
    cause = f"{main}/{repeat}" if repeat else main
    return follow_up(to, Action.MAIN_END, cause, {"main": main, "outcome": outcome.value})
