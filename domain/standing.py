"""Where a complaint stands, in a form that people list and count: the ticket's read model and an action's answer."""

from dataclasses import dataclass
from datetime import datetime

from domain.complaint import Complaint
from domain.lifecycle import Stage


@dataclass(frozen=True, slots=True)
class Standing:
    """One ticket's row. Unit, item and place are codes; empty means not known yet."""

    ticket_no: str
    seq: int
    head: str
    stage: Stage
    item: str
    district: str
    street: str
    urgent: bool
    lead: str
    units: tuple[str, ...]
    tier: str
    policy: str
    due: datetime | None
    provisional: bool
    next_clock: str
    next_due: datetime | None
    signed_in: bool
    contacted: bool
    overdue: bool
    supervisions: int
    extensions: int
    extension_pending: bool
    co_handlers: tuple[str, ...]
    opinion_from: str
    reworks: int
    attempt: int
    outcome: str
    as_of: datetime


def standing(state: Complaint, seq: int, head: str, as_of: datetime) -> Standing:
    """`state` as of journal row `seq`, whose hash is `head` and whose instant is `as_of`."""
    clock = state.next_due
    return Standing(
        ticket_no=state.ticket_no,
        seq=seq,
        head=head,
        stage=state.stage,
        item=state.item,
        district=state.district,
        street=state.street,
        urgent=state.urgent,
        lead=state.lead,
        units=state.units,
        tier=state.tier,
        policy=state.policy,
        due=state.due,
        provisional=state.provisional,
        next_clock=f"{clock.name}:{clock.about}".rstrip(":") if clock else "",
        next_due=clock.due if clock else None,
        signed_in=state.signed_in,
        contacted=state.contacted,
        overdue=state.overdue,
        supervisions=state.supervisions,
        extensions=state.extensions,
        extension_pending=state.extension is not None,
        co_handlers=state.open_co_handlers,
        opinion_from=state.escalation.to if state.escalation else "",
        reworks=state.reworks,
        attempt=state.attempt,
        outcome=state.outcome.value if state.outcome else "",
        as_of=as_of,
    )
