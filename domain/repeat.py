"""并单: complaints about the same matter are joined to one, which is handled once and tells all (R12, R13, R30)."""

from dataclasses import replace
from datetime import datetime

from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.closing import close
from domain.commands import CountLeaving, CountRepeat, Separate, TellMainEnd
from domain.complaint import Complaint
from domain.events import ConfirmationAsked, Joined, MainEnded, RepeatCounted, RepeatLeft, Separated
from domain.lifecycle import Stage
from domain.outcome import Outcome
from domain.refusal import Refusal
from domain.risk import raised
from domain.terms import Terms
from domain.triage import Near

SAID = 1000
"""Nearness, in thousandths, of what a seat says is the same matter."""


def joined(terms: Terms, near: Near, new_facts: bool, now: datetime) -> Joined:
    """Joined to an open ticket; after a whole handling limit somebody looks whether it still waits rightly."""
    return Joined(near.main, near.same_complainant, new_facts, near.score, terms.handling_due(now))


def separate(case: Case, _: Separate) -> Events:
    """A wrong merge is undone without loss: a seat decides where this complaint goes."""
    return _alone(case, "separated")


def _alone(case: Case, why: str) -> Events:
    terms = case.state.pinned
    asked = ConfirmationAsked(why, terms.due(case.now, terms.tier_limits.dispatch))
    return (Separated(case.state.main), asked)


def count(case: Case, command: CountRepeat) -> Events:
    """One more complaint on this matter. The third repeat of one complainant and a group raise supervision (R30)."""
    state = case.state
    if command.ticket_no in state.joined:
        raise Refusal("joined_already", ticket_no=command.ticket_no)
    counted = RepeatCounted(command.ticket_no, command.same_complainant, command.new_facts)
    if command.ticket_no == state.main and state.ticket_no > command.ticket_no:
        # Joined to each other at one instant: the earlier one waits, a seat decides where the later one goes.
        return (counted, *_alone(case, "joined_to_each_other"))
    if state.terms is None:
        return (counted,)
    limits, repeats = state.terms.limits, state.repeats + command.same_complainant
    causes = {
        "third_repeat": command.same_complainant and repeats == limits.raise_at_repeats,
        "group": len(state.joined) + 1 == limits.raise_at_joined,
    }
    return (counted, *raised(state, *(cause for cause, holds in causes.items() if holds)))


def count_leaving(case: Case, command: CountLeaving) -> Events:
    """A joined complaint was withdrawn, or went its own way."""
    if command.ticket_no not in case.state.joined:
        raise Refusal("not_joined", ticket_no=command.ticket_no)
    return (RepeatLeft(command.ticket_no),)


def tell_end(case: Case, command: TellMainEnd) -> Events:
    """The complainant is told how the matter ended, and this complaint ends with it; but who withdraws does so for
    nobody else, so then a seat decides where this one goes."""
    if command.main != case.state.main:
        raise Refusal("not_joined", main=command.main)
    ended = MainEnded(command.main, command.outcome)
    if command.outcome is Outcome.WITHDRAWN:
        return (ended, *_alone(case, "main_withdrawn"))
    return (ended, close(case.state, Outcome.DUPLICATE))


def apply_joined(state: Complaint, event: Joined) -> Complaint:
    """It waits for its main ticket."""
    waiting = replace(state.moved(Stage.JOINED), main=event.main)
    return waiting.without_clocks(ClockName.CONFIRMATION).with_clocks(Clock(ClockName.JOINED, event.review_at))


def apply_separated(state: Complaint, _: Separated) -> Complaint:
    """Alone again; the question to a seat that follows moves it on."""
    return replace(state.without_clocks(ClockName.JOINED), main="")


def apply_counted(state: Complaint, event: RepeatCounted) -> Complaint:
    """New facts raise its priority (R13)."""
    return replace(
        state,
        joined=(*state.joined, event.ticket_no),
        repeats=state.repeats + event.same_complainant,
        urgent=state.urgent or event.new_facts,
    )


def apply_left(state: Complaint, event: RepeatLeft) -> Complaint:
    """One less to tell."""
    return replace(state, joined=tuple(each for each in state.joined if each != event.ticket_no))
