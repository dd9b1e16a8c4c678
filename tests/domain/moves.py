"""What people may well do next to a complaint, and what they may do in vain."""

from hypothesis import strategies as st

from domain import commands
from domain.answers import Resolved, Satisfied
from domain.commands import Command
from domain.complaint import Complaint
from domain.grounds import ExtensionGround, Level, ObjectionGround, OpinionKind, Takes, TerminationGround
from domain.lifecycle import Stage
from domain.outcome import DoneAs, Outcome
from tests.domain.building import ANGRY, CONTENT, EXPLAINED, NOT_MY_DUTY, NOT_REACHED, RESOLVED
from tests.domain.city import CITY, DEPARTMENT, DISTRICT, ENTERPRISE, OTHER_DEPARTMENT, OTHER_STREET, STREET

Move = tuple[str, Command]
"""Who, and what."""

UNITS = (STREET, DISTRICT, OTHER_STREET, DEPARTMENT, OTHER_DEPARTMENT, ENTERPRISE, CITY)


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
            return [("lead", commands.ReportSettlement(settled)) for settled in (False, True)]
        case Stage.JOINED:
            return [("hotline", commands.TellMainEnd(state.main, Outcome.RESOLVED)), ("seat", commands.Separate())]
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
    if state.approval is not None:
        found += [("seat", commands.DecideApproval(approved)) for approved in (False, True)]
    if state.attempt:
        found += [("seat", ANGRY), ("seat", NOT_REACHED)]
    if state.extension is not None:
        found += [("seat", commands.DecideExtension(granted)) for granted in (True, False)]
    if state.open_co_handlers:
        found += [("co_handler", commands.ReportCoHandling(finished)) for finished in (True, False)]
        found += [("co_handler", commands.ReportIn())]
    if state.escalation is not None:
        fresh = next(unit for unit in UNITS if unit != state.lead)
        found += [
            ("debtor", commands.IssueOpinion(OpinionKind.PRESS)),
            ("debtor", commands.IssueOpinion(OpinionKind.TAKE_OVER)),
            ("debtor", commands.IssueOpinion(OpinionKind.REASSIGN, (fresh,))),
            ("debtor", commands.IssueOpinion(OpinionKind.ORDER_CO_HANDLING, (ENTERPRISE,))),
        ]
    return found


_UNIT = st.sampled_from(UNITS)
_SOME_UNITS = st.lists(_UNIT, max_size=2).map(tuple)
_DAYS, _HOURS = st.sampled_from([0, 1, 10, 11]), st.sampled_from([0, 0, 24, 25])
_RESOLVED, _SATISFIED = st.sampled_from(Resolved), st.sampled_from(Satisfied)

ANY_COMMAND: st.SearchStrategy[Command] = st.one_of(
    st.sampled_from([commands.SignIn(), commands.ReportProgress(), commands.ReportIn()]),
    st.sampled_from([commands.Supervise(), commands.Supplement(), NOT_REACHED, NOT_MY_DUTY]),
    st.builds(commands.ConfirmClassification, st.just("010101"), st.just(DISTRICT), st.just(""), _UNIT),
    st.builds(commands.RecordContact, st.booleans()),
    st.builds(commands.Object, st.sampled_from(ObjectionGround)),
    st.builds(commands.DecideObjection, st.booleans(), st.sampled_from(["", *UNITS])),
    st.builds(commands.RequestExtension, st.sampled_from(ExtensionGround), _DAYS, _HOURS),
    st.builds(commands.DecideExtension, st.booleans()),
    st.builds(commands.OrderCoHandling, _SOME_UNITS),
    st.builds(commands.Whistle, _SOME_UNITS),
    st.builds(commands.ReportCoHandling, st.booleans()),
    st.builds(commands.Escalate, st.sampled_from(Level)),
    st.builds(commands.IssueOpinion, st.sampled_from(OpinionKind), _SOME_UNITS),
    st.builds(commands.ReportDone, st.sampled_from(DoneAs), st.booleans()),
    st.builds(commands.RecordCallback, st.booleans(), st.booleans(), _RESOLVED, _SATISFIED),
    st.builds(commands.Evaluate, st.booleans(), _RESOLVED, _SATISFIED),
)
ANYBODY = st.sampled_from(["lead", "co_handler", "debtor", "seat", "bureau", "stranger"])
