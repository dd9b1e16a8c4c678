"""What a worker leaves behind that died between the journal and the engine: a row that the workflow never heard of."""

import uuid
from dataclasses import replace
from datetime import timedelta

from activities.contracts import PlanRequest
from activities.journal import JournalKeeper
from activities.planner import Planner
from domain.actions import command_from
from domain.actor import HOTLINE, Actor, Role
from domain.calendar import BEIJING
from domain.case import Case, Events
from domain.commands import ConfirmClassification
from domain.complaint import Complaint
from domain.decide import decide, ring_due
from domain.events import SignedIn
from domain.lifecycle import Action
from domain.refusal import Fact
from domain.step import stepped
from domain.triage import Plan
from store import inbox
from store.inbox import Command
from tests.city import MUNICIPALITY, City
from tests.workflows.lives import journaled
from workflows.messages import Carried


async def as_recorded(city: City, ticket_no: str) -> Carried:
    """What a workflow carries that has applied every row of the journal: state, terms, last row."""
    carried = await journaled(city, ticket_no)
    plan = await _plan(city, carried.state)
    return replace(carried, state=replace(carried.state, terms=plan.terms, municipality=plan.municipality))


def by(role: Role, unit: str = "") -> Actor:
    """Whose command it is."""
    return Actor(role, "ghost", unit)


async def keep(city: City, ticket_no: str, action: Action, actor: Actor, **facts: Fact) -> str:
    """A command that the API has kept and that nobody has brought to the engine; its id."""
    command = Command(
        ticket_no=ticket_no,
        command_id=str(uuid.uuid4()),
        action=action,
        actor=actor,
        facts=facts,
        digest=b"",
        urgency=3,
        received_at=city.now(ticket_no),
        state="pending",
        code="",
        told=None,
    )
    assert await inbox.put(city.rooms.pool, command, None, timedelta(days=1)) is None
    return command.command_id


async def act(city: City, ticket_no: str, action: Action, role: Role, unit: str = "", **facts: Fact) -> str:
    """A ghost's command: kept, decided and recorded, with all that is written with it, but unknown to the engine."""
    actor = by(role, unit)
    command_id = await keep(city, ticket_no, action, actor, **facts)
    carried = await as_recorded(city, ticket_no)
    command = command_from(action, facts)
    plan = await _plan(city, carried.state, command) if isinstance(command, ConfirmClassification) else None
    now = city.now(ticket_no).astimezone(BEIJING)
    await _record(city, carried, command_id, actor, decide(Case(carried.state, actor, now, plan), command))
    return command_id


async def ring(city: City, ticket_no: str) -> None:
    """A ghost's clock: whatever is due next rings in the journal, and the engine does not know it."""
    carried = await as_recorded(city, ticket_no)
    clock = carried.state.next_due
    assert clock is not None
    step = f"clock:{clock.name}:{clock.about}:{clock.due.isoformat()}"
    await _record(city, carried, step, HOTLINE, ring_due(carried.state, clock.due))


async def forge(city: City, ticket_no: str) -> None:
    """Not a ghost but a forger: a sign-in that follows from no row of the journal, on a ticket that agrees with it."""
    await city.rooms.pool.execute("UPDATE tickets SET head = 'forged' WHERE ticket_no = $1", ticket_no)
    carried = await as_recorded(city, ticket_no)
    actor = by(Role.UNIT, carried.state.lead)
    await _record(city, replace(carried, head="forged"), "forged", actor, (SignedIn(carried.state.lead),))


async def _record(city: City, carried: Carried, step: str, actor: Actor, events: Events) -> None:
    state, now = carried.state, city.now(carried.state.ticket_no).astimezone(BEIJING)
    left = stepped(state, carried.seq, carried.head, step, actor, now, events)
    assert (await JournalKeeper(city.rooms.pool).record(left)).appended


async def _plan(city: City, state: Complaint, named: ConfirmClassification | None = None) -> Plan:
    lead = "" if state.lead == MUNICIPALITY else state.lead
    asked = PlanRequest(
        state.ticket_no, state.received_at, state.item, state.district, state.street, lead, state.policy
    )
    if named is not None:
        asked = replace(asked, item=named.item, district=named.district, street=named.street, unit=named.unit)
    answer = await Planner(city.rooms.shelf).plan(asked)
    assert answer.plan is not None, answer.code
    return answer.plan
