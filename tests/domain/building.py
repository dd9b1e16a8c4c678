"""Complaints told as sentences: `a_complaint().dispatched_to(STREET).signed_in()`. Every verb gives a new one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from domain import events
from domain.actor import Actor
from domain.answers import Resolved, Satisfied
from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.commands import (
    Command,
    ConfirmClassification,
    Consult,
    DecideApproval,
    DecideExtension,
    DecideObjection,
    Escalate,
    Object,
    OrderCoHandling,
    RecordCallback,
    RecordContact,
    ReportDone,
    RequestExtension,
    SignIn,
    Whistle,
    Withdraw,
)
from domain.complaint import Complaint
from domain.decide import applied, decide, ring_due
from domain.dispatch import dispatched, route_to
from domain.grounds import ExtensionGround, Level, ObjectionGround
from domain.outcome import DoneAs
from domain.refusal import Refusal
from domain.taking_up import triaged
from domain.terms import Terms
from domain.triage import Plan, Triage
from tests.domain.city import (
    BUREAU,
    CITY,
    DISTRICT,
    MONDAY,
    SEAT,
    STREET,
    Instant,
    a_near,
    a_plan,
    a_triage,
    actor,
    an_item,
    book,
    terms,
    when,
)

Kind = TypeVar("Kind", bound=events.Event)
By = Actor | str

NOT_REACHED = RecordCallback(reached=False)
CONTENT = RecordCallback(True, True, Resolved.YES, Satisfied.SATISFIED)
ANGRY = RecordCallback(True, True, Resolved.NO, Satisfied.VERY_DISSATISFIED)
RESOLVED, EXPLAINED = ReportDone(DoneAs.RESOLVED), ReportDone(DoneAs.EXPLAINED, evidence=2)
NOT_MY_DUTY = Object(ObjectionGround.NOT_MY_DUTY)


@dataclass(frozen=True, slots=True)
class Given:
    """A complaint at an instant, whatever has happened to it so far."""

    state: Complaint
    now: datetime

    # asking the rules

    def decides(
        self, command: Command, by: By = SEAT, *, at: Instant | None = None, plan: Plan | None = None
    ) -> Events:
        """The events that follow from `command`; Refusal where the rules say no."""
        acting = actor(by) if isinstance(by, str) else by
        return decide(Case(self.state, acting, self._instant(at), plan), command)

    def refuses(
        self, command: Command, by: By = SEAT, *, at: Instant | None = None, plan: Plan | None = None
    ) -> Refusal:
        """The refusal of `command`; a failure where the rules allow it."""
        with pytest.raises(Refusal) as caught:
            self.decides(command, by, at=at, plan=plan)
        return caught.value

    def rings(self, at: Instant | None = None) -> Events:
        """The events of every clock that has run out by `at`."""
        return ring_due(self.state, self._instant(at))

    def due_of(self, name: ClockName, about: str = "") -> datetime | None:
        """When the clock of that name runs out; None where it does not run."""
        found = [clock.due for clock in self.state.clocks if clock.key == (name, about)]
        return found[0] if found else None

    def runs(self, name: ClockName, about: str = "") -> bool:
        """Whether the clock of that name runs."""
        return self.due_of(name, about) is not None

    # going on

    def after(self, command: Command, by: By = SEAT, *, at: Instant | None = None, plan: Plan | None = None) -> "Given":
        """After `command` was allowed."""
        return self.happened(self.decides(command, by, at=at, plan=plan), at=at)

    def rung(self, at: Instant | None = None) -> "Given":
        """After every clock due by `at` has rung."""
        return self.happened(self.rings(at), at=at)

    def rung_through(self, name: ClockName) -> "Given":
        """After clocks have rung one by one, up to and with the next of that name."""
        given = self
        for _ in range(100):
            clock = given.state.next_due
            assert clock is not None, f"no {name} clock comes"
            given = given.rung(clock.due)
            if clock.name is name:
                return given
        raise AssertionError(f"no {name} clock among the next hundred")

    def happened(self, what: Events, *, at: Instant | None = None) -> "Given":
        """After `what`."""
        return Given(applied(self.state, what), self._instant(at))

    def triaged(self, triage: Triage) -> "Given":
        """After the classifier's proposal."""
        return self.happened(triaged(self.state, triage, self.now))

    def dispatched_to(self, lead: str, *, at: Instant | None = None, designated: bool = False) -> "Given":
        """Dispatched to `lead`, with a copy to its district where it is a street."""
        way, now = route_to(book().units[lead], an_item()), self._instant(at)
        sent = dispatched(self.state.pinned, way.lead, way.copy_to, now, designated=designated)
        return self.happened((sent,), at=now)

    def confirmed_to(self, unit: str) -> "Given":
        """A seat has named the lead unit."""
        plan = a_plan(unit=unit, under=self.state.pinned)
        return self.after(ConfirmClassification("010101", DISTRICT, STREET, unit), plan=plan)

    def unsure(self) -> "Given":
        """Put before a seat, because the classifier was not sure."""
        return self.triaged(a_triage(a_plan(under=self.state.pinned), confidence=0))

    def consulting(self, *units: str, at: Instant | None = None) -> "Given":
        """The centre has called `units` together."""
        return self.unsure().after(Consult(units), at=at)

    def joined_to(self, main: str) -> "Given":
        """The same matter is handled in ticket `main`, as a seat has said."""
        return self.triaged(a_triage(a_plan(under=self.state.pinned), near=a_near(main, is_open=True)))

    def before(self, platform: str) -> "Given":
        """A consumer dispute that stands before its platform enterprise."""
        plan = a_plan(under=self.state.pinned)
        return self.triaged(replace(a_triage(plan), against=platform))

    def signed_in(self, *, at: Instant | None = None) -> "Given":
        """Signed in by its lead unit."""
        return self.after(SignIn(), self.state.lead, at=at)

    def contacted(self, *, at: Instant | None = None) -> "Given":
        """The lead unit has reached the complainant."""
        return self.after(RecordContact(reached=True), self.state.lead, at=at)

    def objected(self, *, at: Instant | None = None) -> "Given":
        """The lead unit has objected."""
        return self.after(NOT_MY_DUTY, self.state.lead, at=at)

    def upheld_for(self, unit: str, *, at: Instant | None = None) -> "Given":
        """The objection was upheld and `unit` gets the case."""
        plan = a_plan(unit=unit, under=self.state.pinned)
        return self.after(DecideObjection(upheld=True, unit=unit), BUREAU, at=at, plan=plan)

    def asked_for(self, *, days: int = 0, hours: int = 0, at: Instant | None = None) -> "Given":
        """The lead unit has asked for an extension."""
        asked = RequestExtension(ExtensionGround.COMPLEX, days, hours)
        return self.after(asked, self.state.lead, at=at)

    def granted(self, *, at: Instant | None = None) -> "Given":
        """The hotline centre has granted the extension."""
        return self.after(DecideExtension(granted=True), at=at)

    def co_handled_by(self, *units: str, at: Instant | None = None) -> "Given":
        """The lead unit has asked `units` to co-handle."""
        return self.after(OrderCoHandling(units), self.state.lead, at=at)

    def whistled_for(self, *units: str, at: Instant | None = None) -> "Given":
        """The street that leads has whistled for `units`."""
        return self.after(Whistle(units), self.state.lead, at=at)

    def escalated_to(self, level: Level, *, at: Instant | None = None) -> "Given":
        """The lead unit has put it before a government."""
        return self.after(Escalate(level), self.state.lead, at=at)

    def reported(self, report: ReportDone = RESOLVED, *, at: Instant | None = None) -> "Given":
        """The lead unit has reported."""
        return self.after(report, self.state.lead, at=at)

    def explained(self, *, at: Instant | None = None) -> "Given":
        """The lead unit has shown that it cannot be resolved, and the hotline centre has approved."""
        return self.reported(EXPLAINED, at=at).after(DecideApproval(approved=True), at=at)

    def answered(self, answers: RecordCallback, *, at: Instant | None = None) -> "Given":
        """A seat has called back and recorded `answers`, by default when its hours were over."""
        called = self.due_of(ClockName.CALLBACK, str(self.state.attempt))
        return self.after(answers, at=at or called or self.now)

    def withdrawn(self) -> "Given":
        """The complainant has withdrawn it."""
        return self.after(Withdraw())

    def due(self, at: Instant) -> "Given":
        """With its handling limit ending at `at`, whatever its tier says."""
        state = replace(self.state, due=when(at)).with_clocks(Clock(ClockName.HANDLING, when(at)))
        return Given(state, self.now)

    def later(self, **length: int) -> "Given":
        """The same, so much later."""
        return Given(self.state, self.now + timedelta(**length))

    def _instant(self, at: Instant | None) -> datetime:
        return self.now if at is None else when(at)


def a_complaint(
    under: Terms | None = None, *, district: str = DISTRICT, street: str = STREET, at: Instant = MONDAY
) -> Given:
    """A complaint just received, with its terms pinned, not yet classified."""
    state = Complaint("202603020000017", when(at), terms=under or terms(), municipality=CITY)
    return Given(replace(state, item="010101", district=district, street=street), when(at))


def a_handled_complaint(under: Terms | None = None, *, lead: str = STREET) -> Given:
    """Dispatched on Monday at ten, signed in and in touch with the complainant."""
    return a_complaint(under).dispatched_to(lead).signed_in().contacted()


def the(happened: Iterable[events.Event], kind: type[Kind]) -> Kind:
    """The one event of `kind`; a failure where there is none or more than one."""
    (found,) = [event for event in happened if isinstance(event, kind)]
    return found


def kinds(happened: Events) -> list[type[events.Event]]:
    """What kinds of events happened, in order."""
    return [type(event) for event in happened]
