"""Where a complaint stands, in a form that people list and count: the ticket's read model and an action's answer."""

from dataclasses import dataclass
from datetime import datetime

from domain.complaint import Complaint
from domain.lifecycle import Stage


@dataclass(frozen=True, slots=True)
class Standing:
    """One ticket's row. Unit, item and place are codes; empty means not known yet."""

    ticket_no: str
    """The number that the complaint is known by."""
    seq: int
    """Number of its last journal row, from 1."""
    head: str
    """Hash of that row, which covers all rows before it."""
    stage: Stage
    """Where it stands."""
    item: str
    """Leaf code of the dispatch catalogue."""
    district: str
    """District of the matter, as a division code."""
    street: str
    """Street or township of the matter, as a division code."""
    urgent: bool
    """Danger or outage: taken up before others."""
    lead: str
    """Lead unit."""
    units: tuple[str, ...]
    """Every unit that may read it now: lead, co-handlers, the district that supervises, whoever owes an opinion."""
    tier: str
    """Handling tier: 2h, 24h, 7d or 15d."""
    policy: str
    """Policy version that it is handled under."""
    due: datetime | None
    """End of the handling limit, once dispatched."""
    provisional: bool
    """Whether `due` lies in a year whose working days are not published yet, and may still move."""
    next_clock: str
    """The clock that runs out next, and after a colon what it is about: `sign_in`, `reminder:80`."""
    next_due: datetime | None
    """When it runs out."""
    signed_in: bool
    """Whether the lead unit has signed in."""
    contacted: bool
    """Whether the lead unit has reached the complainant."""
    overdue: bool
    """Whether the handling limit has expired."""
    supervisions: int
    """How many times it was supervised."""
    supervision_level: int
    """How closely it is watched: 1 by the centre, 2 by the district too, 3 by the municipality too (R30)."""
    main: str
    """Ticket that handles the same matter, while this one waits for its end (R13)."""
    joined: int
    """How many complaints are joined to this one."""
    repeats: int
    """How many of them are repeats of the same complainant."""
    emergency: str
    """Emergency mode that it was taken up in (R44)."""
    deferred: bool
    """Whether it is left out of assessment for now (R44)."""
    approval_pending: str
    """What waits for the hotline centre's approval: explanation or termination (R25, R31)."""
    calendar: str
    """Policy version whose calendar its limit was counted again by, if it was."""
    extensions: int
    """How many extensions were granted under this dispatch."""
    extension_pending: bool
    """Whether an extension waits for its decision."""
    co_handlers: tuple[str, ...]
    """Co-handling units that have not finished."""
    opinion_from: str
    """The government that owes an opinion."""
    reworks: int
    """How many times the callback sent it back."""
    attempt: int
    """Number of the callback attempt; 0 before the first."""
    outcome: str
    """How it ended; empty while open."""
    as_of: datetime
    """Instant of the last journal row."""


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
        supervision_level=state.supervision_level,
        main=state.main,
        joined=len(state.joined),
        repeats=state.repeats,
        emergency=state.emergency,
        deferred=state.deferred,
        approval_pending=state.approval.matter.value if state.approval else "",
        calendar=state.calendar,
        extensions=state.extensions,
        extension_pending=state.extension is not None,
        co_handlers=state.open_co_handlers,
        opinion_from=state.escalation.to if state.escalation else "",
        reworks=state.reworks,
        attempt=state.attempt,
        outcome=state.outcome.value if state.outcome else "",
        as_of=as_of,
    )
