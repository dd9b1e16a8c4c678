"""The whole life of a complaint on one screen: which action is open in which stage, which stage may follow which."""

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    CONFIRMATION = "confirmation"
    OBJECTION = "objection"
    HANDLING = "handling"
    CALLBACK = "callback"
    CLOSED = "closed"


class Action(StrEnum):
    """What a person may do to a complaint; the name of its resource in the API and of its update in the engine."""

    CLASSIFICATION = "classification"
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
    REPORT_DONE = "report-done"
    CALLBACK = "callback"
    EVALUATION = "evaluation"
    SUPERVISION = "supervision"
    SUPPLEMENT = "supplement"
    WITHDRAWAL = "withdrawal"


_R, _CF, _O, _H, _CB, _CL = Stage
_OPEN = frozenset({_R, _CF, _O, _H, _CB})
_DISPATCHED = frozenset({_O, _H})

ALLOWED: Mapping[Action, frozenset[Stage]] = {
    Action.CLASSIFICATION: frozenset({_CF}),
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
    Action.REPORT_DONE: frozenset({_H}),
    Action.CALLBACK: frozenset({_CB}),
    Action.EVALUATION: frozenset({_CB}),
    Action.SUPERVISION: _DISPATCHED,
    Action.SUPPLEMENT: _OPEN,
    Action.WITHDRAWAL: _OPEN,
}

MOVES: Mapping[Stage, frozenset[Stage]] = {
    _R: frozenset({_CF, _H, _CL}),
    _CF: frozenset({_H, _CL}),
    _O: frozenset({_H, _CL}),
    _H: frozenset({_O, _CB, _CL}),
    _CB: frozenset({_H, _CL}),
    _CL: frozenset(),
}
