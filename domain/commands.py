"""What a person may ask of a complaint, in the imperative. Words that people write stay in the database: a command
carries codes, units and yes or no, so that nothing personal reaches the engine."""

from dataclasses import dataclass
from enum import StrEnum

from domain.answers import Answers, Resolved, Satisfied
from domain.facts import from_facts
from domain.lifecycle import Action
from domain.outcome import DoneAs
from domain.refusal import Fact, Refusal


class ObjectionGround(StrEnum):
    """A dispatch objection says one of two things (条例 art. 12)."""

    NOT_MY_DUTY = "not_my_duty"
    NOT_MY_AREA = "not_my_area"


class ExtensionGround(StrEnum):
    """Why more time is needed (条例 art. 15)."""

    COMPLEX = "complex"
    WAITING_FOR_OTHERS = "waiting_for_others"
    CONSTRUCTION = "construction"
    WEATHER = "weather"


class OpinionKind(StrEnum):
    """What the addressed government may decide (R28)."""

    PRESS = "press"
    REASSIGN = "reassign"
    ORDER_CO_HANDLING = "order_co_handling"
    TAKE_OVER = "take_over"


class Level(StrEnum):
    """Whom a complaint is escalated to."""

    DISTRICT = "district"
    MUNICIPALITY = "municipality"


class Command:
    """Anything that may be asked."""


@dataclass(frozen=True)
class ConfirmClassification(Command):
    """A seat confirms or corrects item and place (R15). Place codes are empty where unknown; `unit` names the lead
    where the catalogue cannot."""

    item: str
    district: str = ""
    street: str = ""
    unit: str = ""


@dataclass(frozen=True)
class SignIn(Command):
    """签收 by the lead unit."""


@dataclass(frozen=True)
class RecordContact(Command):
    """The lead unit spoke with the complainant, or tried to (R24)."""

    reached: bool


@dataclass(frozen=True)
class ReportProgress(Command):
    """The lead unit tells how far it has come."""


@dataclass(frozen=True)
class Object(Command):
    """派单异议 by the lead unit (条例 art. 12)."""

    ground: ObjectionGround


@dataclass(frozen=True)
class DecideObjection(Command):
    """The bureau's arbitration; `unit` is who gets the case when the objection is upheld."""

    upheld: bool
    unit: str = ""


@dataclass(frozen=True)
class RequestExtension(Command):
    """延期 by the lead unit, for `hours` in the 24 h tier or working `days` in the longer ones (条例 art. 15)."""

    ground: ExtensionGround
    days: int = 0
    hours: int = 0


@dataclass(frozen=True)
class DecideExtension(Command):
    """The hotline centre's decision."""

    granted: bool


@dataclass(frozen=True)
class OrderCoHandling(Command):
    """The lead unit asks other units to co-handle (条例 art. 14)."""

    units: tuple[str, ...]


@dataclass(frozen=True)
class ReportCoHandling(Command):
    """A co-handler's result, or reason plus stage progress, to the lead unit (R26)."""

    finished: bool


@dataclass(frozen=True)
class Whistle(Command):
    """吹哨: a street summons departments, which report in within their limit (R27)."""

    units: tuple[str, ...]


@dataclass(frozen=True)
class ReportIn(Command):
    """报到: a whistled unit is there."""


@dataclass(frozen=True)
class Escalate(Command):
    """提级: the lead unit puts the case before a government (R28, 条例 art. 20)."""

    level: Level


@dataclass(frozen=True)
class IssueOpinion(Command):
    """The addressed government's opinion; `units` names the new lead unit or the co-handlers."""

    opinion: OpinionKind
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportDone(Command):
    """The lead unit reports; `override` says it does so although a co-handler is open, for a written reason (R26)."""

    done_as: DoneAs
    override: bool = False


@dataclass(frozen=True)
class RecordCallback(Command):
    """A seat's callback attempt; the three answers when the complainant was reached (R32)."""

    reached: bool
    contacted: bool | None = None
    resolved: Resolved | None = None
    satisfied: Satisfied | None = None

    def answers(self) -> Answers | None:
        """The three answers, all or none; anything between is refused."""
        match (self.contacted, self.resolved, self.satisfied):
            case (bool(contacted), Resolved() as resolved, Satisfied() as satisfied) if self.reached:
                return Answers(contacted, resolved, satisfied)
            case (None, None, None) if not self.reached:
                return None
            case _:
                raise Refusal("answers_incomplete", reached=self.reached)


@dataclass(frozen=True)
class Evaluate(Command):
    """The complainant answers the three questions by form (R4, R32)."""

    contacted: bool
    resolved: Resolved
    satisfied: Satisfied


@dataclass(frozen=True)
class Supervise(Command):
    """督办 by the hotline centre or a government."""


@dataclass(frozen=True)
class Supplement(Command):
    """The complainant adds something."""


@dataclass(frozen=True)
class Withdraw(Command):
    """The complainant withdraws."""


COMMANDS: dict[Action, type[Command]] = {
    Action.CLASSIFICATION: ConfirmClassification,
    Action.SIGN_IN: SignIn,
    Action.CONTACT: RecordContact,
    Action.PROGRESS: ReportProgress,
    Action.OBJECTION: Object,
    Action.OBJECTION_DECISION: DecideObjection,
    Action.EXTENSION_REQUEST: RequestExtension,
    Action.EXTENSION_DECISION: DecideExtension,
    Action.CO_HANDLING: OrderCoHandling,
    Action.CO_HANDLING_REPORT: ReportCoHandling,
    Action.WHISTLE: Whistle,
    Action.REPORT_IN: ReportIn,
    Action.ESCALATION: Escalate,
    Action.OPINION: IssueOpinion,
    Action.REPORT_DONE: ReportDone,
    Action.CALLBACK: RecordCallback,
    Action.EVALUATION: Evaluate,
    Action.SUPERVISION: Supervise,
    Action.SUPPLEMENT: Supplement,
    Action.WITHDRAWAL: Withdraw,
}
ACTIONS: dict[type[Command], Action] = {command: action for action, command in COMMANDS.items()}


def command_from(action: Action, facts: dict[str, Fact]) -> Command:
    """The command that `facts` spell. A fact that is missing, unknown or of another type is refused."""
    try:
        return from_facts(COMMANDS[action], facts)
    except ValueError as fault:
        raise Refusal("command_malformed", action=action, fault=str(fault)) from fault
