"""What one complaint tells another, as commands that stand beside everybody else's (R13)."""

from domain.actions import command_from
from domain.actor import HOTLINE
from domain.case import Events
from domain.commands import Command, CountLeaving, CountRepeat, Separate, TellMainEnd, Withdraw
from domain.follow_up import FollowUp, follow_ups
from domain.lifecycle import Action
from domain.outcome import Outcome
from domain.taking_up import triaged
from tests.domain.building import CONTENT, Given, a_complaint, a_handled_complaint
from tests.domain.city import MONDAY, OTHER_TICKET, SEAT, a_near, a_triage

FRESH = a_complaint()
WAITING = FRESH.joined_to(OTHER_TICKET)
OWN = FRESH.state.ticket_no
REPORTED = a_handled_complaint().reported()
FIRST, SECOND = "202603020000101", "202603020000102"
WITH_TWO = REPORTED.after(CountRepeat(FIRST, True, False), HOTLINE).after(CountRepeat(SECOND, False, False), HOTLINE)


def _said(given: Given, happened: Events, step: str = "step-1") -> tuple[FollowUp, ...]:
    return follow_ups(given.state, happened, step)


def _spelt(told: FollowUp) -> tuple[str, Command]:
    """To whom, and the command as the other complaint reads it."""
    return told.ticket_no, command_from(told.action, told.facts)


def test_r13_the_ticket_that_is_handled_hears_of_what_was_joined_to_it() -> None:
    triage = a_triage(near=a_near(is_open=True, same=False))
    (told,) = _said(FRESH, triaged(FRESH.state, triage, MONDAY))
    assert told.action is Action.REPEAT
    assert _spelt(told) == (OTHER_TICKET, CountRepeat(OWN, same_complainant=False, new_facts=False))


def test_r13_the_ticket_that_is_handled_hears_of_what_was_separated_from_it() -> None:
    (told,) = _said(WAITING, WAITING.decides(Separate()))
    assert _spelt(told) == (OTHER_TICKET, CountLeaving(OWN))


def test_r13_the_ticket_that_is_handled_hears_of_what_was_withdrawn_beside_it() -> None:
    (told,) = _said(WAITING, WAITING.decides(Withdraw()))
    assert _spelt(told) == (OTHER_TICKET, CountLeaving(OWN))


def test_r13_everybody_who_waits_hears_of_the_end() -> None:
    told = _said(WITH_TWO, WITH_TWO.decides(CONTENT))
    assert [_spelt(each) for each in told] == [
        (FIRST, TellMainEnd(OWN, Outcome.RESOLVED)),
        (SECOND, TellMainEnd(OWN, Outcome.RESOLVED)),
    ]


def test_r13_a_ticket_that_ends_with_its_main_ticket_tells_that_one_nothing() -> None:
    assert _said(WAITING, WAITING.decides(TellMainEnd(OTHER_TICKET, Outcome.RESOLVED), HOTLINE)) == ()


def test_r13_a_ticket_whose_main_ticket_was_withdrawn_tells_that_one_nothing() -> None:
    assert _said(WAITING, WAITING.decides(TellMainEnd(OTHER_TICKET, Outcome.WITHDRAWN), HOTLINE)) == ()


def test_r13_who_waited_for_one_that_waited_itself_hears_how_the_matter_ended() -> None:
    between = WAITING.after(CountRepeat(FIRST, False, False), HOTLINE)
    (told,) = _said(between, between.decides(TellMainEnd(OTHER_TICKET, Outcome.PARTLY_RESOLVED), HOTLINE))
    assert _spelt(told) == (FIRST, TellMainEnd(OWN, Outcome.PARTLY_RESOLVED))


def test_r13_what_concerns_no_other_complaint_is_told_to_none() -> None:
    assert _said(REPORTED, REPORTED.decides(CONTENT)) == ()
    assert _said(FRESH, triaged(FRESH.state, a_triage(), MONDAY)) == ()


def test_the_same_cause_gives_the_same_command_so_that_it_never_counts_twice() -> None:
    happened = WAITING.decides(Separate(), SEAT)
    assert _said(WAITING, happened) == _said(WAITING, happened)
    (first,), (second,) = _said(WAITING, happened, "step-1"), _said(WAITING, happened, "step-2")
    assert first.command_id != second.command_id
