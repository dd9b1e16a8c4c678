"""What a rule is given to decide on."""

from dataclasses import dataclass
from datetime import datetime

from domain.actor import Actor
from domain.complaint import Complaint
from domain.events import Event
from domain.refusal import Refusal
from domain.triage import Plan

Events = tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint, who acts on it, and when. `plan` is given where a command names an item or a unit."""

    state: Complaint
    actor: Actor
    now: datetime
    plan: Plan | None = None

    @property
    def needed_plan(self) -> Plan:
        """The plan of a command that cannot be decided without one."""
        assert self.plan is not None, "this command is decided with a plan"
        return self.plan

    def require_lead(self) -> None:
        """Refuse anyone but the lead unit (条例 art. 14)."""
        if self.actor.unit != self.state.lead:
            raise Refusal("not_lead_unit", lead=self.state.lead, unit=self.actor.unit)

    def require_signed_in(self) -> None:
        """Refuse until the lead unit has signed in."""
        if not self.state.signed_in:
            raise Refusal("not_signed_in", lead=self.state.lead)
