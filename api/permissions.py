"""Who may do what. Every route names its permission in its signature; roles are granted permissions here, on one
screen. Whose ticket it is, is a second question: units are asked it in `desk`, lead and co-handler in the rules."""

from collections.abc import Mapping

from domain.actor import Role
from domain.lifecycle import Action

INTAKE = "intake"
READ = "read"
READ_BY_TEXT = "read-by-text"
READ_NOTICES = "read-notices"
READ_VIEWS = "read-views"
READ_QUEUES = "read-queues"
BATCH = "batch"
READ_REPORTS = "read-reports"
SWITCH_EMERGENCY = "switch-emergency"
KEEP_KNOWLEDGE = "keep-knowledge"
RETURN_CALLS = "return-calls"

Permission = str
"""An action's name, or one of those above."""

_UNIT = {
    Action.SIGN_IN,
    Action.CONTACT,
    Action.PROGRESS,
    Action.OBJECTION,
    Action.EXTENSION_REQUEST,
    Action.CO_HANDLING,
    Action.CO_HANDLING_REPORT,
    Action.CONSULTATION_STATEMENT,
    Action.SETTLEMENT,
    Action.WHISTLE,
    Action.REPORT_IN,
    Action.ESCALATION,
    Action.OPINION,
    Action.TERMINATION_REQUEST,
    Action.REPORT_DONE,
    Action.SUPERVISION,
    Action.RISK_REPORT,
}
_COMPLAINANT = {Action.EVALUATION, Action.SUPPLEMENT, Action.WITHDRAWAL}
_SEAT = {
    Action.CLASSIFICATION,
    Action.CONSULTATION,
    Action.CONSULTATION_DECISION,
    Action.SEPARATION,
    Action.EXTENSION_DECISION,
    Action.APPROVAL,
    Action.CALLBACK,
    Action.SUPERVISION,
    Action.RISK_REPORT,
    Action.DISSUASION,
}
_BUREAU = {Action.OBJECTION_DECISION, Action.CONSULTATION_DECISION, Action.SUPERVISION}
_READ = {READ, READ_BY_TEXT, READ_NOTICES}

GRANTED: Mapping[Role, frozenset[Permission]] = {
    Role.FRONTEND: frozenset({INTAKE, READ, *_COMPLAINANT}),
    Role.SEAT: frozenset({INTAKE, RETURN_CALLS, READ_QUEUES, READ_VIEWS, BATCH, *_READ, *_COMPLAINANT, *_SEAT}),
    Role.UNIT: frozenset({BATCH, KEEP_KNOWLEDGE, *_READ, *_UNIT}),
    Role.BUREAU: frozenset({READ_QUEUES, READ_REPORTS, BATCH, SWITCH_EMERGENCY, KEEP_KNOWLEDGE, *_READ, *_BUREAU}),
    Role.MUNICIPALITY: frozenset({READ_REPORTS, BATCH, SWITCH_EMERGENCY, *_READ, *_UNIT}),
    Role.ADMIN: frozenset({READ_QUEUES, READ_REPORTS, READ_VIEWS, SWITCH_EMERGENCY, *_READ}),
    Role.COMPLAINANT: frozenset(),
    Role.SYSTEM: frozenset(),
}
