"""Edges that a reading of the rules turned up."""

from dataclasses import replace
from datetime import time

from domain.answers import Resolved, Satisfied
from domain.catalogue import Tier
from domain.closing import flags
from domain.commands import IssueOpinion, OrderCoHandling, RecordCallback
from domain.events import CallbackFormSent, CoHandlerJoined
from domain.grounds import Level, OpinionKind
from domain.notices import Notice, notices
from domain.span import Span
from tests.domain.building import NOT_REACHED, a_handled_complaint, kinds, the
from tests.domain.city import DISTRICT, STREET, terms

HANDLED = a_handled_complaint()
DENIED = RecordCallback(True, False, Resolved.NO, Satisfied.DISSATISFIED)
CONTENT = RecordCallback(True, True, Resolved.YES, Satisfied.SATISFIED)


def test_r32_an_attempt_counts_although_its_window_ends_on_the_next_day() -> None:
    plain = terms(Tier.DAYS_7)
    callback = replace(plain.limits.callback, hours=(time(22), time(22), time(22)), window=Span.parse("3h"))
    given = a_handled_complaint(terms(Tier.DAYS_7, of=replace(plain.limits, callback=callback)))
    given = given.reported(at="2026-03-02 11:00").answered(NOT_REACHED, at="2026-03-02 22:30")
    given = given.answered(NOT_REACHED, at="2026-03-03 22:30")
    last = given.decides(NOT_REACHED, at="2026-03-04 22:30")
    assert CallbackFormSent in kinds(last)


def test_r39_a_denied_contact_is_flagged_although_a_rework_came_between() -> None:
    given = HANDLED.contacted().reported().answered(DENIED).contacted().reported().answered(CONTENT)
    assert "contact_denied" in flags(given.state)


def test_r28_the_unit_that_an_opinion_relieves_is_told() -> None:
    asked = HANDLED.escalated_to(Level.DISTRICT)
    issued = asked.decides(IssueOpinion(OpinionKind.TAKE_OVER), DISTRICT)
    after = asked.happened(issued).state
    assert Notice("OpinionIssued", STREET) in notices(issued, after)


def test_r26_a_co_handler_asked_in_the_last_second_still_gets_time() -> None:
    due = HANDLED.state.due
    assert due is not None
    joined = the(HANDLED.decides(OrderCoHandling(("D-ZJW",)), STREET, at=due.replace(second=0)), CoHandlerJoined)
    assert joined.due > due
