"""Report, callback, rework, the end."""

from dataclasses import dataclass
from datetime import datetime

from domain.answers import Resolved, Satisfied
from domain.events.event import Event
from domain.outcome import DoneAs, Outcome
from domain.terms import Reminder


@dataclass(frozen=True)
class ReportedDone(Event):
    """Reported to complainant and hotline centre (R24). `overriding` names co-handlers that were still open (R26)."""

    done_as: DoneAs
    overriding: tuple[str, ...]
    callback_at: datetime
    callback_until: datetime


@dataclass(frozen=True)
class CallbackMissed(Event):
    """An attempt's hour passed without a call."""

    attempt: int


@dataclass(frozen=True)
class NotReached(Event):
    attempt: int


@dataclass(frozen=True)
class CallbackPlanned(Event):
    """A seat calls at `at`; at `until` the attempt is missed."""

    attempt: int
    at: datetime
    until: datetime


@dataclass(frozen=True)
class CallbackFormSent(Event):
    until: datetime


@dataclass(frozen=True)
class CalledBack(Event):
    """The three questions were answered, by voice or by form (R32)."""

    contacted: bool
    resolved: Resolved
    satisfied: Satisfied
    by_form: bool


@dataclass(frozen=True)
class ReworkOrdered(Event):
    """Back to the lead unit with a fresh, shorter limit (rules §5)."""

    since: datetime
    due: datetime
    provisional: bool
    contact_due: datetime
    reminders: tuple[Reminder, ...]
    escalation_at: datetime


@dataclass(frozen=True)
class Supplemented(Event):
    """The complainant added something; the words stand in the database, not here."""


@dataclass(frozen=True)
class Closed(Event):
    """The end. `flags` are audit flags (R39); `effective` says whether the callback counts in the rates (R33)."""

    outcome: Outcome
    effective: bool
    flags: tuple[str, ...]
