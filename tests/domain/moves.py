"""What people may well do next to a complaint, and what they may do in vain."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from domain import commands
from domain.answers import Resolved, Satisfied
from domain.catalogue import NotDispatched
from domain.commands import Command
from domain.complaint import Complaint
from domain.grounds import (
    ExtensionGround,
    Level,
    Measure,
    ObjectionGround,
    OpinionKind,
    Risk,
    Takes,
    TerminationGround,
)
from domain.lifecycle import Stage
from domain.outcome import DoneAs, Outcome
from tests.domain.building import ANGRY, CONTENT, EXPLAINED, NOT_MY_DUTY, NOT_REACHED, RESOLVED
from tests.domain.city import (
    CITY,
    DEPARTMENT,
    DISTRICT,
    ENTERPRISE,
    LIAISON,
    OTHER_DEPARTMENT,
    OTHER_STREET,
    OTHER_TICKET,
    PLATFORM,
    STREET,
)

Each = TypeVar("Each")
Move = tuple[str, Command]
"""Who, and what."""


class Pick(Protocol):
    """Chance: one of several, drawn by Hypothesis or from a seed."""

    def __call__(self, among: Sequence[Each], /) -> Each: ...


UNITS = (STREET, DISTRICT, OTHER_STREET, DEPARTMENT, OTHER_DEPARTMENT, ENTERPRISE, LIAISON, CITY, PLATFORM)
ANYBODY = ("lead", "co_handler", "party", "district", "debtor", "seat", "bureau", "complainant", "hotline", "stranger")
BOTH = (False, True)


def fitting(state: Complaint) -> list[Move]:
    """Moves that the stage is there for; most are allowed."""
    match state.stage:
        case Stage.CONFIRMATION:
            return [
                ("seat", commands.ConfirmClassification("010101", DISTRICT, STREET, "D-ZJW")),
                ("seat", commands.Consult((STREET, DEPARTMENT))),
            ]
        case Stage.CONSULTATION:
            decision = commands.DecideConsultation(STREET, (DEPARTMENT,))
            return [
                ("bureau" if state.consultation_failed else "seat", decision),
                ("party", commands.StateInConsultation(Takes.LEAD)),
            ]
        case Stage.SETTLEMENT:
            return [("lead", commands.ReportSettlement(settled)) for settled in BOTH]
        case Stage.JOINED:
            return [("seat", commands.Separate()), *[("complainant", commands.Supplement())] * 4]
        case Stage.OBJECTION:
            fresh = next(unit for unit in UNITS if unit != state.lead)
            return [
                ("bureau", commands.DecideObjection(upheld=False)),
                ("bureau", commands.DecideObjection(upheld=True, unit=fresh)),
            ]
        case Stage.HANDLING if not state.signed_in:
            return [("lead", commands.SignIn()), ("lead", NOT_MY_DUTY)]
        case Stage.HANDLING:
            return [*_of_lead(state), *_of_others(state)]
        case Stage.CALLBACK:
            form = commands.Evaluate(True, Resolved.PARTLY, Satisfied.BASICALLY_SATISFIED)
            return [("seat", NOT_REACHED), ("seat", CONTENT), ("seat", ANGRY), ("seat", ANGRY), ("seat", form)]
        case _:
            return [("seat", commands.Supplement())]


def _of_lead(state: Complaint) -> list[Move]:
    free = next(unit for unit in (DEPARTMENT, OTHER_DEPARTMENT, ENTERPRISE) if unit != state.lead)
    acts: list[Command] = [
        commands.RecordContact(reached=True),
        NOT_MY_DUTY,
        commands.RequestExtension(ExtensionGround.COMPLEX, days=2),
        commands.RequestExtension(ExtensionGround.COMPLEX, hours=5),
        commands.OrderCoHandling((free,)),
        commands.Whistle((free,)),
        commands.Escalate(Level.DISTRICT),
        commands.Escalate(Level.MUNICIPALITY),
        commands.Escalate(Level.DEPARTMENT, free),
        commands.RequestTermination(TerminationGround.MATTER_GONE),
        commands.ReportDone(DoneAs.RESOLVED, override=True) if state.open_co_handlers else RESOLVED,
        RESOLVED,
        EXPLAINED,
    ]
    return [("lead", act) for act in acts]


def _of_others(state: Complaint) -> list[Move]:
    found: list[Move] = [("seat", commands.Supervise())]
    if state.provisional:
        found += [("hotline", commands.Replan("v2"))] * 4
    if state.approval is not None:
        found += [("seat", commands.DecideApproval(approved)) for approved in BOTH]
    if state.attempt:
        found += [("seat", ANGRY), ("seat", NOT_REACHED)]
    if state.extension is not None:
        found += [("seat", commands.DecideExtension(granted)) for granted in BOTH]
    if state.open_co_handlers:
        found += [("co_handler", commands.ReportCoHandling(finished)) for finished in BOTH]
        found += [("co_handler", commands.ReportIn(present)) for present in BOTH]
    if state.escalation is not None:
        fresh = next(unit for unit in UNITS if unit != state.lead)
        found += [
            ("debtor", commands.IssueOpinion(OpinionKind.PRESS)),
            ("debtor", commands.IssueOpinion(OpinionKind.TAKE_OVER)),
            ("debtor", commands.IssueOpinion(OpinionKind.REASSIGN, (fresh,))),
            ("debtor", commands.IssueOpinion(OpinionKind.ORDER_CO_HANDLING, (ENTERPRISE,))),
            ("debtor", commands.IssueOpinion(OpinionKind.EXTEND, days=3)),
        ]
    return found


def _units(pick: Pick) -> tuple[str, ...]:
    return tuple(pick(UNITS) for _ in range(pick((0, 1, 1, 2))))


def _unit_or_none(pick: Pick) -> str:
    return pick(("", *UNITS))


def _days(pick: Pick) -> int:
    return pick((0, 1, 10, 11))


def _hours(pick: Pick) -> int:
    return pick((0, 0, 24, 25))


MAKING: tuple[Callable[[Pick], Command], ...] = (
    lambda pick: commands.ConfirmClassification("010101", DISTRICT, pick((STREET, "")), _unit_or_none(pick)),
    lambda pick: commands.ConfirmClassification(
        "010101",
        pick((DISTRICT, "")),
        disposition=pick((None, *NotDispatched)),
        copy_to=pick(("", DEPARTMENT)),
        repeat_of=pick(("", "", OTHER_TICKET)),
    ),
    lambda pick: commands.Consult(_units(pick)),
    lambda pick: commands.StateInConsultation(pick(tuple(Takes))),
    lambda pick: commands.DecideConsultation(pick(UNITS), _units(pick)),
    lambda pick: commands.ReportSettlement(pick(BOTH)),
    lambda _: commands.Separate(),
    lambda _: commands.SignIn(),
    lambda pick: commands.RecordContact(pick(BOTH)),
    lambda _: commands.ReportProgress(),
    lambda pick: commands.Object(pick(tuple(ObjectionGround))),
    lambda pick: commands.DecideObjection(pick(BOTH), _unit_or_none(pick)),
    lambda pick: commands.RequestExtension(pick(tuple(ExtensionGround)), _days(pick), _hours(pick)),
    lambda pick: commands.DecideExtension(pick(BOTH)),
    lambda pick: commands.OrderCoHandling(_units(pick)),
    lambda pick: commands.ReportCoHandling(pick(BOTH)),
    lambda pick: commands.Whistle(_units(pick)),
    lambda pick: commands.ReportIn(pick(BOTH)),
    lambda pick: commands.Escalate(pick(tuple(Level)), pick(("", "", *UNITS))),
    lambda pick: commands.IssueOpinion(pick(tuple(OpinionKind)), _units(pick), _days(pick), _hours(pick)),
    lambda pick: commands.RequestTermination(pick(tuple(TerminationGround))),
    lambda pick: commands.ReportDone(pick(tuple(DoneAs)), pick(BOTH), pick((0, 1))),
    lambda pick: commands.DecideApproval(pick(BOTH)),
    lambda pick: commands.RecordCallback(
        pick(BOTH), pick((None, *BOTH)), pick((None, *Resolved)), pick((None, *Satisfied))
    ),
    lambda pick: commands.Evaluate(pick(BOTH), pick(tuple(Resolved)), pick(tuple(Satisfied))),
    lambda _: commands.Supervise(),
    lambda pick: commands.ReportRisk(pick(tuple(Risk))),
    lambda pick: commands.Dissuade(pick(tuple(Measure))),
    lambda _: commands.Supplement(),
    lambda pick: commands.CountRepeat(pick((OTHER_TICKET, "202603010000008")), pick(BOTH), pick(BOTH)),
    lambda pick: commands.CountLeaving(pick((OTHER_TICKET, "202603010000008"))),
    lambda pick: commands.TellMainEnd(OTHER_TICKET, pick(tuple(Outcome))),
    lambda _: commands.Replan("v2"),
)
"""Commands that make sense and commands that do not. Withdrawal is not among them: it would end too many lives."""


def any_command(pick: Pick) -> Command:
    """Anything that anybody might send."""
    return pick(MAKING)(pick)
