"""No unit hands its duty on (R29, 国办函〔2025〕66号): a lead changes by a decision over the units, never by theirs."""

from dataclasses import fields

import pytest

from api.permissions import GRANTED
from domain.actions import COMMANDS
from domain.actor import Role
from domain.case import Case
from domain.commands import Command, DecideConsultation, DecideObjection, Escalate, IssueOpinion
from domain.decide import decide
from domain.events import ConsultationDecided, Dispatched, ObjectionUpheld, OpinionIssued
from domain.grounds import Level, OpinionKind
from domain.lifecycle import Action
from domain.refusal import Refusal
from tests.domain.building import EXPLAINED, NOT_MY_DUTY, RESOLVED, Given, a_complaint, a_handled_complaint, kinds
from tests.domain.city import (
    BUREAU,
    CITY,
    DEPARTMENT,
    DISTRICT,
    OTHER_DEPARTMENT,
    STREET,
    a_plan,
    actor,
)
from tests.domain.samples import COMMAND_OF

OF_UNITS = [action for action in Action if action in GRANTED[Role.UNIT]]
DISPATCHED = a_complaint().dispatched_to(STREET)
HANDLED = a_handled_complaint()
STATES: dict[str, Given] = {
    "dispatched": DISPATCHED,
    "signed in": HANDLED,
    "busy": HANDLED.co_handled_by(DEPARTMENT).asked_for(days=2).escalated_to(Level.MUNICIPALITY),
    "whistled": HANDLED.whistled_for(DEPARTMENT, OTHER_DEPARTMENT),
    "objected": HANDLED.objected(),
    "explaining": HANDLED.reported(EXPLAINED),
    "overdue": HANDLED.rung("2026-03-09 10:00"),
    "reported": HANDLED.reported(),
}
OF_LEAD: list[Command] = [COMMAND_OF[action] for action in OF_UNITS] + [RESOLVED, NOT_MY_DUTY]
DECISIONS: dict[str, tuple[Given, Command, str, type]] = {
    "upheld objection": (HANDLED.objected(), DecideObjection(True, DEPARTMENT), "bureau", ObjectionUpheld),
    "reassigning opinion": (
        HANDLED.escalated_to(Level.DISTRICT),
        IssueOpinion(OpinionKind.REASSIGN, (DEPARTMENT,)),
        DISTRICT,
        OpinionIssued,
    ),
    "taking over": (
        HANDLED.escalated_to(Level.MUNICIPALITY),
        IssueOpinion(OpinionKind.TAKE_OVER),
        CITY,
        OpinionIssued,
    ),
    "consultation": (
        a_complaint().consulting(STREET, DEPARTMENT),
        DecideConsultation(DEPARTMENT),
        "bureau",
        ConsultationDecided,
    ),
}


@pytest.mark.parametrize("given", STATES.values(), ids=STATES)
@pytest.mark.parametrize("command", OF_LEAD, ids=str)
@pytest.mark.parametrize("unit", [STREET, DEPARTMENT])
def test_r29_nothing_that_a_lead_or_co_handler_does_makes_another_unit_lead(
    given: Given, command: Command, unit: str
) -> None:
    case = Case(given.state, actor(unit), given.now, a_plan(unit=OTHER_DEPARTMENT))
    try:
        happened = decide(case, command)
    except Refusal:
        return
    assert Dispatched not in kinds(happened)
    assert given.happened(happened).state.lead == STREET


@pytest.mark.parametrize(("given", "command", "by", "decided"), DECISIONS.values(), ids=DECISIONS)
def test_r29_a_lead_changes_by_a_decision_that_the_journal_names(
    given: Given, command: Command, by: str, decided: type
) -> None:
    happened = given.decides(command, BUREAU if by == "bureau" else by, plan=a_plan(unit=DEPARTMENT))
    assert kinds(happened)[0] is decided
    assert Dispatched in kinds(happened)


def test_r29_the_actions_of_units_that_name_a_unit_are_these_and_no_more() -> None:
    naming = {
        action
        for action in OF_UNITS
        if {"unit", "units", "co_handlers"} & {field.name for field in fields(COMMANDS[action])}  # pyright: ignore[reportArgumentType]
    }
    assert naming == {Action.CO_HANDLING, Action.WHISTLE, Action.ESCALATION, Action.OPINION}


def test_r29_who_calls_others_or_asks_above_stays_lead_and_stays_owing() -> None:
    asked = HANDLED.co_handled_by(DEPARTMENT).after(Escalate(Level.DEPARTMENT, OTHER_DEPARTMENT), STREET)
    assert (asked.state.lead, asked.state.due) == (STREET, HANDLED.state.due)
