"""A year's calendar is published: limits that leaned on a guess of it are counted again (rules §5)."""

from dataclasses import replace

from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.commands import Replan
from domain.complaint import Complaint
from domain.events import Replanned
from domain.leg import end, is_provisional
from domain.refusal import Refusal


def replan(case: Case, command: Replan) -> Events:
    """The handling limit, its reminders and its escalation by the new calendar; never one that has run out."""
    state, terms = case.state, case.needed_plan.terms
    if not state.provisional or state.overdue:
        raise Refusal("nothing_provisional", calendar=command.calendar)
    due, provisional = end(terms, state.legs), is_provisional(terms, state.legs)
    if (due, provisional) == (state.due, state.provisional):
        raise Refusal("nothing_provisional", calendar=command.calendar)
    begin = state.legs[-1].since or end(terms, state.legs[:-1])
    return (
        Replanned(
            calendar=command.calendar,
            due=due,
            provisional=provisional,
            reminders=tuple(each for each in terms.reminders(begin, due) if each.at > case.now),
            escalation_at=terms.handling_due(due),
        ),
    )


def apply_replanned(state: Complaint, event: Replanned) -> Complaint:
    """The limit moves with all that hangs on it; terms follow when they are pinned again."""
    moved = replace(state, due=event.due, provisional=event.provisional, calendar=event.calendar)
    return moved.without_clocks(ClockName.REMINDER).with_clocks(
        *(Clock(ClockName.REMINDER, reminder.at, reminder.name) for reminder in event.reminders),
        Clock(ClockName.HANDLING, event.due),
        Clock(ClockName.ESCALATION, event.escalation_at),
    )
