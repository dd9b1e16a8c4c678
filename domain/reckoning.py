"""The deadlines that one journal row sets, each counted afresh from the rule that sets it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain import events
from domain.calendar import BEIJING, beijing_day
from domain.clock import ClockName
from domain.counting import Count, count
from domain.deadlines import share
from domain.grounds import Matter
from domain.leg import Leg, LegKind, Legs
from domain.span import Span
from domain.terms import Reminder, Terms

_NO_TIME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline: by which rule and which limit of the policy, how long, from when, counted how, to when. `told` is
    what the journal says, None where it says nothing of its own; so is `told_provisional`. `replaces` is the handling
    limit that this one takes the place of."""

    about: str
    rule: str
    limit: str
    amount: str
    start: datetime
    count: Count
    told: datetime | None
    provisional: bool = False
    told_provisional: bool | None = None
    replaces: datetime | None = None

    @property
    def agrees(self) -> bool:
        """Whether the journal says the same."""
        ends = self.told is None or self.told == self.count.end
        return ends and self.told_provisional in (None, self.provisional)


class Reckoning:
    """Goes through a journal and counts. Limits that hang on one another hang on what the journal told, or, for another
    policy (`as_told` false), on what would have come out before."""

    def __init__(self, received_at: datetime, *, as_told: bool = True) -> None:
        self._received_at = received_at
        self._as_told = as_told
        self._asked = False
        self._legs: Legs = ()
        self._due: datetime | None = None
        self._told_due: datetime | None = None

    def of(self, event: events.Event, at: datetime, terms: Terms) -> list[Deadline]:
        """The deadlines that `event` sets at that instant."""
        limits, tier = terms.limits, f"tiers.{terms.tier}"
        match event:
            case events.ConfirmationAsked():
                return [self._confirmation(event, at, terms)]
            case events.Separated():
                self._asked = True
                return []
            case events.ConsultationOpened():
                return [_span(terms, "consultation", "R18", "consultation", limits.consultation, at, event.due)]
            case events.ConsultationFailed():
                due = event.designation_due
                return [_span(terms, "consultation", "R18", "designation", limits.designation, at, due)]
            case events.SettlementOffered():
                return [_span(terms, "settlement", "R7", "settlement", limits.settlement, at, event.until)]
            case events.Joined():
                handling = terms.tier_limits.handling
                return [_span(terms, "joined", "R13", f"{tier}.handling", handling, at, event.review_at)]
            case events.Dispatched():
                return list(self._dispatched(event, terms))
            case events.ExtensionGranted():
                return list(self._extended(event, terms))
            case events.ReworkOrdered():
                return list(self._rework(event, terms))
            case events.Replanned():
                return list(self._replanned(event, at, terms))
            case _:
                return [*_decisions(event, at, terms), *self._others(event, at, terms), *_callbacks(event, at, terms)]

    def _confirmation(self, event: events.ConfirmationAsked, at: datetime, terms: Terms) -> Deadline:
        """From receipt, unless that is over, or a seat was asked before."""
        span = terms.tier_limits.dispatch
        start = at if self._asked or terms.due(self._received_at, span) <= at else self._received_at
        self._asked = True
        return _span(terms, "confirmation", "R23", f"tiers.{terms.tier}.dispatch", span, start, event.due)

    def _dispatched(self, event: events.Dispatched, terms: Terms) -> Iterator[Deadline]:
        limits, tier, since = terms.tier_limits, f"tiers.{terms.tier}", event.since
        self._legs = (Leg(LegKind.HANDLING, since),)
        yield self._limit(_leg(terms, self._legs[0], since), event.due, event.provisional)
        yield _span(terms, "sign_in", "R22", f"{tier}.sign_in", limits.sign_in, since, event.sign_in_due)
        yield _span(terms, "contact", "R24", f"{tier}.contact", limits.contact, since, event.contact_due)
        if limits.objection is not None and not event.designated:
            until = event.objection_until
            yield _span(terms, "objection", "art. 12", f"{tier}.objection", limits.objection, since, until)
        yield from self._hanging(terms, since, event.reminders, event.escalation_at)

    def _extended(self, event: events.ExtensionGranted, terms: Terms) -> Iterator[Deadline]:
        follows = event.since == self._told_due
        leg = Leg(LegKind.EXTENSION, None if follows else event.since, event.amount)
        self._legs = (*self._legs, leg) if follows else (leg,)
        begin = self._due if follows and self._due is not None else event.since
        yield self._limit(_leg(terms, leg, begin), event.due, event.provisional)
        yield from self._hanging(terms, begin, event.reminders, event.escalation_at)

    def _rework(self, event: events.ReworkOrdered, terms: Terms) -> Iterator[Deadline]:
        self._legs = (Leg(LegKind.REWORK, event.since),)
        limit = self._limit(_leg(terms, self._legs[0], event.since), event.due, event.provisional)
        yield limit
        span = terms.tier_limits.contact
        contact = _span(terms, "contact", "R24", f"tiers.{terms.tier}.contact", span, event.since, event.contact_due)
        yield replace(contact, count=Count(min(contact.count.end, limit.count.end), contact.count.days))
        yield from self._hanging(terms, event.since, event.reminders, event.escalation_at)

    def _replanned(self, event: events.Replanned, at: datetime, terms: Terms) -> Iterator[Deadline]:
        """Every leg again by the new calendar; only the end of the last one is in the journal."""
        begin, provisional = at, False
        for place, leg in enumerate(self._legs, start=1):
            begin = leg.since or begin
            counted = _leg(terms, leg, begin)
            provisional = provisional or counted.provisional
            if place < len(self._legs):
                yield replace(counted, about=f"{counted.about}:{place}")
                begin = counted.count.end
            else:
                yield self._limit(replace(counted, provisional=provisional), event.due, event.provisional)
        hanging = self._hanging(terms, begin, event.reminders, event.escalation_at)
        yield from (each for each in hanging if each.count.end > at)

    def _limit(self, counted: Deadline, told: datetime, provisional: bool) -> Deadline:
        """The handling limit, on which what follows hangs."""
        replaced = self._due
        self._due, self._told_due = told if self._as_told else counted.count.end, told
        return replace(counted, told=told, told_provisional=provisional, replaces=replaced)

    def _hanging(
        self, terms: Terms, since: datetime, reminders: Iterable[Reminder], escalation_at: datetime
    ) -> Iterator[Deadline]:
        assert self._due is not None, "a limit comes before what hangs on it"
        told = {reminder.name: reminder.at for reminder in reminders}
        for reminder in terms.reminders(since, self._due):
            before = reminder.name == "day_before"
            limit = f"tiers.{terms.tier}.day_before_reminder" if before else "reminder_percents"
            amount = "-24h" if before else f"{reminder.name}%"
            end = Count(reminder.at)
            yield Deadline(f"reminder:{reminder.name}", "§5", limit, amount, since, end, told.get(reminder.name))
        span = terms.tier_limits.handling
        yield _span(terms, "escalation", "R28", f"tiers.{terms.tier}.handling", span, self._due, escalation_at)

    def _others(self, event: events.Event, at: datetime, terms: Terms) -> Iterator[Deadline]:
        """Co-handlers at the lead's side, and the ladder above it."""
        match event:
            case events.CoHandlerJoined():
                due = self._due if self._due is not None else at
                end = due if due - at >= _NO_TIME else terms.rework_due(at)
                percent = terms.limits.cohandler_percent
                counted = Count(share(at, end, percent))
                about = f"co_handling:{event.unit}"
                yield Deadline(about, "R26", "cohandler_percent", f"{percent}%", at, counted, event.due)
                if event.report_in_due is not None:
                    about, span = f"report_in:{event.unit}", terms.limits.report_in
                    yield _span(terms, about, "R27", "report_in", span, at, event.report_in_due)
            case events.Escalated():
                about = f"opinion:{event.level}"
                yield _span(terms, about, "R28", "opinion", terms.limits.opinion, at, event.opinion_due)
                if event.next_at is not None:
                    span = terms.tier_limits.handling
                    yield _span(terms, "escalation", "R28", f"tiers.{terms.tier}.handling", span, at, event.next_at)
            case _:
                return


def _span(
    terms: Terms, about: str, rule: str, limit: str, span: Span, start: datetime, told: datetime | None
) -> Deadline:
    counted = count(terms.clockwork, start, span)
    provisional = terms.clockwork.is_provisional(counted.end, span)
    return Deadline(about, rule, limit, str(span), start, counted, told, provisional)


def _leg(terms: Terms, leg: Leg, begin: datetime) -> Deadline:
    """One leg of the handling limit. A rework has its share of a whole one."""
    tier = f"tiers.{terms.tier}"
    if leg.kind is LegKind.EXTENSION:
        return _span(terms, "handling", "art. 15", f"{tier}.extension", Span.parse(leg.amount), begin, None)
    whole = _span(terms, "handling", "R22", f"{tier}.handling", terms.tier_limits.handling, begin, None)
    if leg.kind is LegKind.HANDLING:
        return whole
    percent = terms.limits.rework_percent
    part = Count(share(begin, whole.count.end, percent), whole.count.days)
    return replace(whole, rule="R32", limit="rework_percent", amount=f"{percent}% of {whole.amount}", count=part)


def _decisions(event: events.Event, at: datetime, terms: Terms) -> Iterator[Deadline]:
    """What the bureau, the centre and governments owe; and what they owe again when they were silent."""
    limits = terms.limits
    match event:
        case events.Objected():
            limit = "objection_decision"
            yield _span(terms, limit, "art. 12", limit, limits.objection_decision, at, event.decision_due)
        case events.ObjectionRejected():
            limit = f"tiers.{terms.tier}.sign_in"
            yield _span(terms, "sign_in", "R22", limit, terms.tier_limits.sign_in, at, event.sign_in_due)
        case events.ExtensionAsked():
            limit = "extension_decision"
            yield _span(terms, limit, "art. 15", limit, limits.extension_decision, at, event.decision_due)
        case events.ApprovalAsked():
            rule = "R25" if event.matter is Matter.EXPLANATION else "R31"
            yield _span(terms, "approval", rule, "approval", limits.approval, at, event.decision_due)
        case events.DecisionPressed():
            yield _pressed(event, at, terms)
        case _:
            return


def _pressed(event: events.DecisionPressed, at: datetime, terms: Terms) -> Deadline:
    limits, handling = terms.limits, (f"tiers.{terms.tier}.handling", terms.tier_limits.handling)
    clock = ClockName(event.clock)
    opinion = _span(terms, clock, "R28", "opinion", limits.opinion, at, event.due)
    if clock is ClockName.ESCALATION:
        whole = _span(terms, clock, "R28", *handling, at, event.due)
        return max(whole, opinion, key=lambda each: each.count.end)
    again = {
        ClockName.OBJECTION_DECISION: ("art. 12", "objection_decision", limits.objection_decision),
        ClockName.CONSULTATION: ("R18", "designation", limits.designation),
        ClockName.APPROVAL: ("R25", "approval", limits.approval),
        ClockName.JOINED: ("R13", *handling),
    }
    return _span(terms, clock, *again[clock], at, event.due) if clock in again else opinion


def _callbacks(event: events.Event, at: datetime, terms: Terms) -> Iterator[Deadline]:
    """The hour of an attempt comes round, and for a while it may still be made (R32)."""
    limits = terms.limits.callback
    match event:
        case events.ReportedDone() | events.Settled():
            yield from _attempt(1, at, terms, event.callback_at, event.callback_until)
        case events.CallbackPlanned():
            yield from _attempt(event.attempt, at, terms, event.at, event.until)
        case events.CallbackFormSent():
            yield _span(terms, "callback_form", "R32", "callback.form", limits.form, at, event.until)
        case _:
            return


def _attempt(attempt: int, at: datetime, terms: Terms, told: datetime, until: datetime) -> Iterator[Deadline]:
    """The first attempt today if its hour is still to come; every later one on the day after the one before."""
    limits = terms.limits.callback
    hour = limits.hours[(attempt - 1) % len(limits.hours)]
    comes = datetime.combine(beijing_day(at), hour, BEIJING)
    if attempt > 1 or comes <= at:
        comes += timedelta(days=1)
    about = f"callback:{attempt}"
    yield Deadline(f"{about}:from", "R32", "callback.hours", f"{hour:%H:%M}", at, Count(comes), told)
    yield _span(terms, about, "R32", "callback.window", limits.window, comes, until)
