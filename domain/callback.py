"""回访: attempts on different days and hours, then a form, then closed as not reached; a bad answer sends the case
back once and up after that (R32, 条例 art. 23; rules §5)."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from domain.answers import Answers, Resolved
from domain.calendar import BEIJING, beijing_day
from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.closing import close
from domain.commands import Evaluate, RecordCallback
from domain.complaint import Complaint
from domain.dispatch import dispatched
from domain.escalation import climb
from domain.events import (
    CallbackFormSent,
    CallbackMissed,
    CallbackPlanned,
    CalledBack,
    Event,
    NotReached,
    ReworkOrdered,
    SettlementFailed,
    Supervised,
)
from domain.leg import Leg, LegKind
from domain.lifecycle import Stage
from domain.outcome import DoneAs, Outcome
from domain.refusal import Refusal
from domain.terms import Terms


def first_attempt(terms: Terms, now: datetime) -> CallbackPlanned:
    """The next time the first attempt's hour comes round."""
    today = _at(now, terms.limits.callback.hours[0])
    return _planned(terms, 1, today if today > now else today + timedelta(days=1))


def _planned(terms: Terms, attempt: int, at: datetime) -> CallbackPlanned:
    return CallbackPlanned(attempt, at, terms.due(at, terms.limits.callback.window))


def _at(instant: datetime, hour: time) -> datetime:
    return datetime.combine(beijing_day(instant), hour, BEIJING)


def record_callback(case: Case, command: RecordCallback) -> Events:
    """A seat's attempt: the answers, or one more "not reached". A try before the planned day is noted and does not
    use the attempt up: three attempts are three days (R32)."""
    state = case.state
    _require_planned(state)
    answers = command.answers()
    if answers is not None:
        return answered(state, answers, case.now, by_form=False)
    tried = NotReached(state.attempt)
    if state.callback_at is None or beijing_day(case.now) < beijing_day(state.callback_at):
        return (tried,)
    return (tried, _next(state, case.now))


def evaluate(case: Case, command: Evaluate) -> Events:
    """The complainant's own answers, which count like a call's."""
    _require_planned(case.state)
    answers = Answers(command.contacted, command.resolved, command.satisfied)
    return answered(case.state, answers, case.now, by_form=True)


def _require_planned(state: Complaint) -> None:
    """Before the lead unit has reported, the complainant is asked once its limit has run out, and once only: a
    callback already made is not repeated (R32)."""
    if state.stage is not Stage.CALLBACK and state.attempt == 0:
        raise Refusal("callback_already_made" if state.called_back else "callback_not_due")


def on_expiry(state: Complaint, now: datetime) -> Events:
    """The limit has run out and nobody reported: the complainant is asked all the same (rules §5, 条例 art. 23)."""
    if not state.pinned.limits.callback.on_expiry or state.attempt or state.called_back:
        return ()
    return (first_attempt(state.pinned, now),)


def answered(state: Complaint, answers: Answers, now: datetime, *, by_form: bool) -> Events:
    """Closed when the complainant can live with it; otherwise rework once, then up the ladder, then closed as it is."""
    denied = state.contacted and not answers.contacted
    called = CalledBack(answers.contacted, answers.resolved, answers.satisfied, by_form)
    if not answers.call_for_rework(explained=state.done_as is DoneAs.EXPLAINED):
        return (called, close(state, _outcome(state, answers), effective=True, denied=denied))
    if state.stage is not Stage.CALLBACK:
        return (called, Supervised("dissatisfied"))
    if state.settlement is not None:
        sent = dispatched(state.pinned, state.settlement.lead, state.settlement.copy_to, now)
        return (called, SettlementFailed(state.lead), sent)
    if state.reworks == 0:
        return (called, rework(state.pinned, now))
    if up := climb(state, "dissatisfied", now):
        return (called, *up, rework(state.pinned, now))
    return (called, close(state, Outcome.UNRESOLVED, effective=True, denied=denied))


def _outcome(state: Complaint, answers: Answers) -> Outcome:
    if state.done_as is DoneAs.EXPLAINED:
        return Outcome.EXPLAINED
    return Outcome.RESOLVED if answers.resolved is Resolved.YES else Outcome.PARTLY_RESOLVED


def rework(terms: Terms, now: datetime) -> ReworkOrdered:
    """A fresh, shorter limit with all that hangs on it."""
    due = terms.rework_due(now)
    return ReworkOrdered(
        since=now,
        due=due,
        provisional=terms.handling_is_provisional(now),
        contact_due=min(terms.due(now, terms.tier_limits.contact), due),
        reminders=terms.reminders(now, due),
        escalation_at=terms.handling_due(due),
    )


def miss(state: Complaint, _clock: Clock, now: datetime) -> Events:
    """The attempt's hour came and nobody called: noted against the hotline centre, and the next attempt is due."""
    return (CallbackMissed(state.attempt), _next(state, now))


def give_up(state: Complaint) -> Events:
    """The form stayed empty: closed, and not an effective callback; what is still handled goes on."""
    if state.stage is not Stage.CALLBACK:
        return ()
    return (close(state, Outcome.NOT_REACHED),)


def _next(state: Complaint, now: datetime) -> Event:
    """The next attempt on the next day at its own hour, or the form after the last."""
    limits = state.pinned.limits.callback
    if state.attempt >= limits.attempts:
        return CallbackFormSent(state.pinned.due(now, limits.form))
    hour = limits.hours[state.attempt % len(limits.hours)]
    return _planned(state.pinned, state.attempt + 1, _at(now, hour) + timedelta(days=1))


def apply_called(state: Complaint, event: CalledBack) -> Complaint:
    """A complainant who says that nobody made the contact the unit had recorded is remembered (R39)."""
    denied = state.contact_denied or (state.contacted and not event.contacted)
    called = replace(state, contact_denied=denied, called_back=True)
    if state.stage is Stage.CALLBACK:
        return called
    called = called.without_clocks(ClockName.CALLBACK, ClockName.CALLBACK_FORM)
    return replace(called, attempt=0, callback_at=None)


def apply_planned(state: Complaint, event: CallbackPlanned) -> Complaint:
    """The next attempt's clock runs in place of the last one's."""
    state = replace(state.without_clocks(ClockName.CALLBACK), attempt=event.attempt, callback_at=event.at)
    return state.with_clocks(Clock(ClockName.CALLBACK, event.until, str(event.attempt)))


def apply_missed(state: Complaint, _: CallbackMissed) -> Complaint:
    """Counted against the hotline centre."""
    return replace(state, missed_callbacks=state.missed_callbacks + 1)


def apply_form_sent(state: Complaint, event: CallbackFormSent) -> Complaint:
    """No more attempts are planned; a seat may still call."""
    state = replace(state.without_clocks(ClockName.CALLBACK), attempt=state.attempt + 1, callback_at=None)
    return state.with_clocks(Clock(ClockName.CALLBACK_FORM, event.until))


def apply_rework(state: Complaint, event: ReworkOrdered) -> Complaint:
    """Handling again: signed in already, contact and limit afresh."""
    back = replace(
        state.moved(Stage.HANDLING),
        reworks=state.reworks + 1,
        done_as=None,
        due=event.due,
        provisional=event.provisional,
        objection_until=None,
        legs=(Leg(LegKind.REWORK, event.since),),
        overdue=False,
        contacted=False,
        called_back=False,
        attempt=0,
        callback_at=None,
    )
    back = back.without_clocks(ClockName.CALLBACK, ClockName.CALLBACK_FORM)
    return back.with_clocks(
        Clock(ClockName.CONTACT, event.contact_due),
        *(Clock(ClockName.REMINDER, reminder.at, reminder.name) for reminder in event.reminders),
        Clock(ClockName.HANDLING, event.due),
        Clock(ClockName.ESCALATION, event.escalation_at),
    )
