"""Which command an action is, and back; and a command read from the facts that were sent."""

from domain import commands
from domain.commands import Command
from domain.facts import from_facts
from domain.lifecycle import Action
from domain.refusal import Fact, Refusal

COMMANDS: dict[Action, type[Command]] = {
    Action.CLASSIFICATION: commands.ConfirmClassification,
    Action.CONSULTATION: commands.Consult,
    Action.CONSULTATION_STATEMENT: commands.StateInConsultation,
    Action.CONSULTATION_DECISION: commands.DecideConsultation,
    Action.SETTLEMENT: commands.ReportSettlement,
    Action.SEPARATION: commands.Separate,
    Action.SIGN_IN: commands.SignIn,
    Action.CONTACT: commands.RecordContact,
    Action.PROGRESS: commands.ReportProgress,
    Action.OBJECTION: commands.Object,
    Action.OBJECTION_DECISION: commands.DecideObjection,
    Action.EXTENSION_REQUEST: commands.RequestExtension,
    Action.EXTENSION_DECISION: commands.DecideExtension,
    Action.CO_HANDLING: commands.OrderCoHandling,
    Action.CO_HANDLING_REPORT: commands.ReportCoHandling,
    Action.WHISTLE: commands.Whistle,
    Action.REPORT_IN: commands.ReportIn,
    Action.ESCALATION: commands.Escalate,
    Action.OPINION: commands.IssueOpinion,
    Action.TERMINATION_REQUEST: commands.RequestTermination,
    Action.REPORT_DONE: commands.ReportDone,
    Action.APPROVAL: commands.DecideApproval,
    Action.CALLBACK: commands.RecordCallback,
    Action.EVALUATION: commands.Evaluate,
    Action.SUPERVISION: commands.Supervise,
    Action.RISK_REPORT: commands.ReportRisk,
    Action.DISSUASION: commands.Dissuade,
    Action.SUPPLEMENT: commands.Supplement,
    Action.WITHDRAWAL: commands.Withdraw,
    Action.REPEAT: commands.CountRepeat,
    Action.LEAVING: commands.CountLeaving,
    Action.MAIN_END: commands.TellMainEnd,
    Action.REPLANNING: commands.Replan,
}
ACTIONS: dict[type[Command], Action] = {command: action for action, command in COMMANDS.items()}


def command_from(action: Action, facts: dict[str, Fact]) -> Command:
    """The command that `facts` spell. A fact that is missing, unknown or of another type is refused."""
    try:
        return from_facts(COMMANDS[action], facts)
    except ValueError as fault:
        raise Refusal("command_malformed", action=action, fault=str(fault)) from fault
