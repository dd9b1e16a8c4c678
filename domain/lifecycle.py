"""The whole life of a complaint on one screen: which action is open in which stage, which stage may follow which."""

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    CONFIRMATION = "confirmation"
    CONSULTATION = "consultation"
    SETTLEMENT = "settlement"
    JOINED = "joined"
    OBJECTION = "objection"
    HANDLING = "handling"
    CALLBACK = "callback"
    CLOSED = "closed"


class Action(StrEnum):
    """What a person may do to a complaint; the name of its resource in the API and of its update in the engine."""

    CLASSIFICATION = "classification"
    CONSULTATION = "consultation"
    CONSULTATION_STATEMENT = "consultation-statement"
    CONSULTATION_DECISION = "consultation-decision"
    SETTLEMENT = "settlement"
    SEPARATION = "separation"
    SIGN_IN = "sign-in"
    CONTACT = "contact"
    PROGRESS = "progress"
    OBJECTION = "objection"
    OBJECTION_DECISION = "objection-decision"
    EXTENSION_REQUEST = "extension-request"
    EXTENSION_DECISION = "extension-decision"
    CO_HANDLING = "co-handling"
    CO_HANDLING_REPORT = "co-handling-report"
    WHISTLE = "whistle"
    REPORT_IN = "report-in"
    ESCALATION = "escalation"
    OPINION = "opinion"
    TERMINATION_REQUEST = "termination-request"
    REPORT_DONE = "report-done"
    APPROVAL = "approval"
    CALLBACK = "callback"
    EVALUATION = "evaluation"
    SUPERVISION = "supervision"
    RISK_REPORT = "risk-report"
    DISSUASION = "dissuasion"
    SUPPLEMENT = "supplement"
    WITHDRAWAL = "withdrawal"
    # what one complaint tells another, and the calendar all of them: nobody but the hotline itself gives these
    REPEAT = "repeat"
    LEAVING = "leaving"
    MAIN_END = "main-end"
    REPLANNING = "replanning"


OF_THE_HOTLINE = frozenset({Action.REPEAT, Action.LEAVING, Action.MAIN_END, Action.REPLANNING})

_R, _CF, _CS, _S, _J, _O, _H, _CB, _CL = Stage
_OPEN = frozenset(Stage) - {_CL}
_DISPATCHED = frozenset({_O, _H})

ALLOWED: Mapping[Action, frozenset[Stage]] = {
    Action.CLASSIFICATION: frozenset({_CF}),
    Action.CONSULTATION: frozenset({_CF}),
    Action.CONSULTATION_STATEMENT: frozenset({_CS}),
    Action.CONSULTATION_DECISION: frozenset({_CS}),
    Action.SETTLEMENT: frozenset({_S}),
    Action.SEPARATION: frozenset({_J}),
    Action.SIGN_IN: frozenset({_H}),
    Action.CONTACT: frozenset({_H}),
    Action.PROGRESS: frozenset({_H}),
    Action.OBJECTION: frozenset({_H}),
    Action.OBJECTION_DECISION: frozenset({_O}),
    Action.EXTENSION_REQUEST: frozenset({_H}),
    Action.EXTENSION_DECISION: _DISPATCHED,
    Action.CO_HANDLING: frozenset({_H}),
    Action.CO_HANDLING_REPORT: frozenset({_H}),
    Action.WHISTLE: frozenset({_H}),
    Action.REPORT_IN: frozenset({_H}),
    Action.ESCALATION: frozenset({_H}),
    Action.OPINION: _DISPATCHED,
    Action.TERMINATION_REQUEST: frozenset({_H}),
    Action.REPORT_DONE: frozenset({_H}),
    Action.APPROVAL: _DISPATCHED,
    Action.CALLBACK: _DISPATCHED | {_CB},
    Action.EVALUATION: _DISPATCHED | {_CB},
    Action.SUPERVISION: _DISPATCHED,
    Action.RISK_REPORT: _OPEN,
    Action.DISSUASION: _OPEN,
    Action.SUPPLEMENT: _OPEN,
    Action.WITHDRAWAL: _OPEN,
    Action.REPEAT: _OPEN,
    Action.LEAVING: _OPEN,
    Action.MAIN_END: frozenset({_J}),
    Action.REPLANNING: _DISPATCHED,
}

MOVES: Mapping[Stage, frozenset[Stage]] = {
    _R: frozenset({_CF, _S, _J, _H, _CL}),
    _CF: frozenset({_CS, _J, _H, _CL}),
    _CS: frozenset({_H, _CL}),
    _S: frozenset({_H, _CB, _CL}),
    _J: frozenset({_CF, _CL}),
    _O: frozenset({_H, _CB, _CL}),
    _H: frozenset({_O, _CB, _CL}),
    _CB: frozenset({_H, _CL}),
    _CL: frozenset(),
}
