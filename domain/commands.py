"""What a person may ask of a complaint, in the imperative. Words that people write stay in the database: a command
carries codes, units and yes or no, so that nothing personal reaches the engine."""

from dataclasses import dataclass

from domain.answers import Answers, Resolved, Satisfied
from domain.catalogue import NotDispatched
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
from domain.outcome import DoneAs, Outcome
from domain.refusal import Refusal


class Command:
    """Anything that may be asked."""


@dataclass(frozen=True)
class ConfirmClassification(Command):
    """A seat confirms or corrects item and place (R15). Place codes are empty where unknown; `unit` names the lead
    where the catalogue cannot. With `disposition` the matter is told and not dispatched, with a copy for a unit that
    supervises (R12); with `repeat_of` it is joined to the ticket of the same matter (R13)."""

    item: str
    district: str = ""
    street: str = ""
    unit: str = ""
    disposition: NotDispatched | None = None
    copy_to: str = ""
    repeat_of: str = ""


@dataclass(frozen=True)
class Consult(Command):
    """会商: the centre calls the parties together before dispatch (R18, 条例 art. 12)."""

    units: tuple[str, ...]


@dataclass(frozen=True)
class StateInConsultation(Command):
    """A party says what it is ready to take."""

    takes: Takes


@dataclass(frozen=True)
class DecideConsultation(Command):
    """What the parties agreed on, or the bureau's designation once they failed to: lead unit and co-handlers."""

    unit: str
    co_handlers: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportSettlement(Command):
    """A platform enterprise tells whether it settled with the consumer (R7)."""

    settled: bool


@dataclass(frozen=True)
class Separate(Command):
    """A seat undoes a wrong merge (R13)."""


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
    """报到: a whistled unit is there, or says that it will not come (R27)."""

    present: bool = True


@dataclass(frozen=True)
class Escalate(Command):
    """提级: the lead unit puts the case before a government, or the line department `unit` (R28, 条例 art. 20)."""

    level: Level
    unit: str = ""


@dataclass(frozen=True)
class IssueOpinion(Command):
    """The addressed government's opinion; `units` names the new lead unit or the co-handlers, `days` or `hours` how
    much longer it may take."""

    opinion: OpinionKind
    units: tuple[str, ...] = ()
    days: int = 0
    hours: int = 0


@dataclass(frozen=True)
class ReportDone(Command):
    """The lead unit reports; `override` says it does so although a co-handler is open, for a written reason (R26).
    `evidence` is how many files show that it cannot be resolved (R25)."""

    done_as: DoneAs
    override: bool = False
    evidence: int = 0


@dataclass(frozen=True)
class RequestTermination(Command):
    """The lead unit asks in writing to end handling without a result (R31)."""

    ground: TerminationGround


@dataclass(frozen=True)
class DecideApproval(Command):
    """The hotline centre on an explanation or a termination (R25, R31)."""

    approved: bool


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
class ReportRisk(Command):
    """Somebody sees a risk in it that government has to know of at once (R14)."""

    risk: Risk


@dataclass(frozen=True)
class Dissuade(Command):
    """A seat answers abuse (R6)."""

    measure: Measure


@dataclass(frozen=True)
class Supplement(Command):
    """The complainant adds something."""


@dataclass(frozen=True)
class Withdraw(Command):
    """The complainant withdraws."""


@dataclass(frozen=True)
class CountRepeat(Command):
    """Another complaint was joined to this one (R13)."""

    ticket_no: str
    same_complainant: bool
    new_facts: bool


@dataclass(frozen=True)
class CountLeaving(Command):
    """A joined complaint goes its own way again."""

    ticket_no: str


@dataclass(frozen=True)
class TellMainEnd(Command):
    """The complaint that this one was joined to has ended."""

    main: str
    outcome: Outcome


@dataclass(frozen=True)
class Replan(Command):
    """A year's calendar was published (rules §5)."""

    calendar: str
