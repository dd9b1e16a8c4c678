"""One command for every action, and one event of every kind."""

from domain import commands, events
from domain.answers import Resolved, Satisfied
from domain.catalogue import DayKind, NotDispatched, Tier
from domain.commands import Command
from domain.grounds import ExtensionGround, Level, ObjectionGround, OpinionKind
from domain.lifecycle import Action
from domain.outcome import DoneAs, Outcome
from domain.terms import Reminder
from domain.triage import Kind
from tests.domain.city import DEPARTMENT, DISTRICT, MONDAY, STREET

COMMAND_OF: dict[Action, Command] = {
    Action.CLASSIFICATION: commands.ConfirmClassification("010101", DISTRICT, STREET),
    Action.SIGN_IN: commands.SignIn(),
    Action.CONTACT: commands.RecordContact(reached=True),
    Action.PROGRESS: commands.ReportProgress(),
    Action.OBJECTION: commands.Object(ObjectionGround.NOT_MY_AREA),
    Action.OBJECTION_DECISION: commands.DecideObjection(upheld=True, unit=DEPARTMENT),
    Action.EXTENSION_REQUEST: commands.RequestExtension(ExtensionGround.WEATHER, days=3),
    Action.EXTENSION_DECISION: commands.DecideExtension(granted=True),
    Action.CO_HANDLING: commands.OrderCoHandling((DEPARTMENT,)),
    Action.CO_HANDLING_REPORT: commands.ReportCoHandling(finished=True),
    Action.WHISTLE: commands.Whistle((DEPARTMENT,)),
    Action.REPORT_IN: commands.ReportIn(),
    Action.ESCALATION: commands.Escalate(Level.DISTRICT),
    Action.OPINION: commands.IssueOpinion(OpinionKind.REASSIGN, (DEPARTMENT,)),
    Action.REPORT_DONE: commands.ReportDone(DoneAs.EXPLAINED, override=True),
    Action.CALLBACK: commands.RecordCallback(True, True, Resolved.PARTLY, Satisfied.BASICALLY_SATISFIED),
    Action.EVALUATION: commands.Evaluate(False, Resolved.NO, Satisfied.DISSATISFIED),
    Action.SUPERVISION: commands.Supervise(),
    Action.SUPPLEMENT: commands.Supplement(),
    Action.WITHDRAWAL: commands.Withdraw(),
}

_REMINDERS = (Reminder("50", MONDAY), Reminder("day_before", MONDAY))

EVENT_SAMPLES: tuple[events.Event, ...] = (
    events.Classified(Kind.HELP, "010101", DISTRICT, STREET, False, 799, "model-1", "v1"),
    events.ConfirmationAsked("confidence", MONDAY),
    events.ClassificationConfirmed("010101", DISTRICT, STREET, True, "v1"),
    events.NotDispatchedTold(NotDispatched.OUTSIDE_DUTY, "市场渠道"),
    events.RepeatLinked("202603010000009"),
    events.AnsweredAtOnce(),
    events.Dispatched(
        lead=STREET,
        copy_to=DISTRICT,
        designated=False,
        policy="v1",
        tier=Tier.DAYS_7,
        day_kind=DayKind.ELAPSED,
        due=MONDAY,
        provisional=False,
        around_clock=False,
        sign_in_due=MONDAY,
        contact_due=MONDAY,
        objection_until=None,
        reminders=_REMINDERS,
        escalation_at=MONDAY,
    ),
    events.ClockRang("handling", "", MONDAY),
    events.Supervised("handling_overdue"),
    events.DecisionPressed("opinion", MONDAY),
    events.SignedIn(STREET),
    events.ComplainantContacted(reached=False),
    events.ProgressReported(STREET),
    events.Objected(STREET, "not_my_duty", MONDAY),
    events.ObjectionRejected(MONDAY),
    events.ObjectionUpheld(STREET, ("D-ZJW",)),
    events.ExtensionAsked("3wd", "weather", MONDAY),
    events.ExtensionGranted(MONDAY, True, _REMINDERS, MONDAY),
    events.ExtensionDenied(lapsed=True),
    events.CoHandlerJoined(DEPARTMENT, MONDAY, MONDAY),
    events.ReportedIn(DEPARTMENT),
    events.CoHandlerReported(DEPARTMENT, finished=False),
    events.Escalated("district", DISTRICT, "overdue", MONDAY, MONDAY),
    events.OpinionIssued("municipality", "M-GOV", "take_over", STREET),
    events.ReportedDone(DoneAs.EXPLAINED, (DEPARTMENT,), MONDAY, MONDAY),
    events.CallbackMissed(1),
    events.NotReached(2),
    events.CallbackPlanned(3, MONDAY, MONDAY),
    events.CallbackFormSent(MONDAY),
    events.CalledBack(True, Resolved.PARTLY, Satisfied.BASICALLY_SATISFIED, False),
    events.ReworkOrdered(MONDAY, True, MONDAY, _REMINDERS, MONDAY),
    events.Supplemented(),
    events.Closed(Outcome.PARTLY_RESOLVED, True, ("overdue", "reworked")),
)
