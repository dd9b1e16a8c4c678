"""Anybody does anything at any time, clocks ring late or in time, and what has to hold of a complaint always holds."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain import commands
from domain.catalogue import DayKind, Duty, NotDispatched, Tier
from domain.clock import ClockName
from domain.commands import Command
from domain.lifecycle import Stage
from domain.terms import Terms
from domain.triage import Triage
from tests.domain.city import DISTRICT, STREET, a_plan, a_triage, an_item, terms, when
from tests.domain.moves import ANY_COMMAND, ANYBODY, fitting
from tests.domain.walking import Walk

ANY_TERMS = st.builds(terms, st.sampled_from(Tier), st.sampled_from(DayKind), around_clock=st.booleans(), of=st.none())
PLACES = st.sampled_from([(DISTRICT, STREET), (DISTRICT, ""), ("", "")])
WAITS = st.sampled_from([1, 20, 59, 180, 24 * 60, 11 * 24 * 60]).map(lambda n: timedelta(minutes=n))
STARTS = st.integers(0, 3 * 365 * 24).map(lambda hours: when("2024-01-01") + timedelta(hours=hours))


@st.composite
def _triages(draw: st.DrawFn) -> Triage:
    district, street = draw(PLACES)
    duty = draw(st.sampled_from([Duty.STREET, Duty.STREET, Duty.DISTRICT, Duty.NONE]))
    told = draw(st.sampled_from([None] * 9 + [NotDispatched.OUTSIDE_DUTY]))
    plan = a_plan(an_item(duty, not_dispatched=told), district=district, street=street, under=draw(ANY_TERMS))
    return a_triage(plan, confidence=draw(st.sampled_from([1000, 800, 799])))


class LifeOfAComplaint(RuleBasedStateMachine):
    """One complaint, from its triage to wherever the moves take it."""

    walk: Walk

    @initialize(triage=_triages(), start=STARTS)
    def taken_up(self, triage: Triage, start: datetime) -> None:
        self.walk = Walk(triage, start)

    def _act(self, who: str, command: Command, wished: Terms | None = None) -> None:
        self.walk.act(command, self.walk.actor_called(who), wished or self.walk.state.pinned)

    @rule(pick=st.integers(0, 2**16))
    def somebody_does_what_fits(self, pick: int) -> None:
        moves = fitting(self.walk.state)
        self._act(*moves[pick % len(moves)])

    @rule(pick=st.integers(0, 2**16))
    def somebody_goes_on_at_once(self, pick: int) -> None:
        self.somebody_does_what_fits(pick)
        self.somebody_does_what_fits(pick // 16)

    @rule(command=ANY_COMMAND, who=ANYBODY, wished=ANY_TERMS)
    def anybody_does_anything(self, command: Command, who: str, wished: Terms) -> None:
        self._act(who, command, wished)

    @rule(mood=st.integers(0, 19))
    def the_complainant_may_withdraw(self, mood: int) -> None:
        if mood == 13:
            self._act("seat", commands.Withdraw())

    # time

    @rule(length=WAITS)
    def time_passes_and_clocks_ring(self, length: timedelta) -> None:
        self.walk.wait(length)
        self.walk.ring()

    @rule(length=WAITS)
    def time_passes_before_anybody_looks(self, length: timedelta) -> None:
        self.walk.wait(length)

    @precondition(lambda self: self.walk.state.next_due is not None)
    @rule()
    def the_next_clock_rings_in_time(self) -> None:
        clock = self.walk.state.next_due
        assert clock is not None
        self.walk.wait(max(clock.due - self.walk.now, timedelta()))
        self.walk.ring()

    # what always holds

    @invariant()
    def an_open_complaint_always_has_a_next_clock(self) -> None:
        state = self.walk.state
        assert (state.next_due is None) == (state.stage is Stage.CLOSED)

    @invariant()
    def a_complaint_has_an_outcome_exactly_when_it_is_closed(self) -> None:
        state = self.walk.state
        assert (state.outcome is None) == (state.stage is not Stage.CLOSED)

    @invariant()
    def what_is_handled_has_a_lead_and_a_deadline(self) -> None:
        state = self.walk.state
        if state.stage in (Stage.HANDLING, Stage.OBJECTION, Stage.CALLBACK):
            assert state.lead
            assert state.due is not None
            assert state.lead not in state.open_co_handlers

    @invariant()
    def a_complaint_bounces_at_most_twice(self) -> None:
        assert self.walk.state.upheld_objections <= 2

    @invariant()
    def no_more_extensions_than_the_tier_allows(self) -> None:
        state = self.walk.state
        assert state.extensions <= state.pinned.tier_limits.extensions

    @invariant()
    def a_complaint_is_sent_back_three_times_at_most(self) -> None:
        # Once by rule, once with the district's opinion, once with the municipality's.
        assert self.walk.state.reworks <= 3

    @invariant()
    def what_is_overdue_now_was_overdue(self) -> None:
        assert self.walk.state.was_overdue or not self.walk.state.overdue

    @invariant()
    def every_debt_has_its_clock_and_every_such_clock_its_debt(self) -> None:
        state = self.walk.state
        running = {clock.name for clock in state.clocks}
        assert (ClockName.OPINION in running) == (state.escalation is not None)
        assert (ClockName.EXTENSION_DECISION in running) == (state.extension is not None)
        assert (ClockName.OBJECTION_DECISION in running) == (state.stage is Stage.OBJECTION)
        assert (ClockName.CONFIRMATION in running) == (state.stage is Stage.CONFIRMATION)

    @invariant()
    def what_is_under_way_is_overdue_or_its_limit_still_runs(self) -> None:
        state = self.walk.state
        if state.stage in (Stage.HANDLING, Stage.OBJECTION):
            running = {clock.name for clock in state.clocks}
            assert (ClockName.HANDLING in running) != state.overdue
            assert ClockName.ESCALATION in running

    @invariant()
    def no_two_clocks_are_the_same(self) -> None:
        keys = [clock.key for clock in self.walk.state.clocks]
        assert len(set(keys)) == len(keys)

    def teardown(self) -> None:
        if hasattr(self, "walk"):
            assert self.walk.restored() == self.walk.state


TestLifeOfAComplaint = LifeOfAComplaint.TestCase
TestLifeOfAComplaint.settings = settings(
    max_examples=150,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
