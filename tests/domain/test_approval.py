"""What the lead unit may not decide alone: an explanation (R25) and a termination (R31)."""

import pytest

from domain.clock import ClockName
from domain.commands import Command, DecideApproval, ReportDone, RequestTermination
from domain.events import ApprovalAsked, ApprovalDenied, ApprovalGiven, ClockRang, Closed, DecisionPressed, ReportedDone
from domain.grounds import Level, Matter, TerminationGround
from domain.lifecycle import Stage
from domain.outcome import DoneAs, Outcome
from tests.domain.building import EXPLAINED, RESOLVED, Given, a_complaint, a_handled_complaint, kinds, the
from tests.domain.city import DEPARTMENT, DISTRICT, OTHER_STREET, STREET, when

HANDLED = a_handled_complaint()
ASKED = HANDLED.reported(EXPLAINED)
TERMINATE = RequestTermination(TerminationGround.MATTER_GONE)
ENDING = HANDLED.after(TERMINATE, STREET)
YES, NO = DecideApproval(approved=True), DecideApproval(approved=False)
BOTH = pytest.mark.parametrize("given", [ASKED, ENDING], ids=["explanation", "termination"])


def test_r25_an_explanation_waits_for_the_hotline_centre_a_working_day() -> None:
    assert HANDLED.decides(EXPLAINED, STREET) == (
        ApprovalAsked(Matter.EXPLANATION, "unsolvable", 2, False, when("2026-03-04 00:00")),
    )
    assert ASKED.state.stage is Stage.HANDLING


def test_r25_an_explanation_without_evidence_is_refused() -> None:
    assert HANDLED.refuses(ReportDone(DoneAs.EXPLAINED), STREET).code == "evidence_missing"


def test_r25_what_is_resolved_needs_no_evidence_and_no_approval() -> None:
    assert kinds(HANDLED.decides(RESOLVED, STREET)) == [ReportedDone]


def test_r25_an_approved_explanation_is_reported_as_explained_and_the_complainant_is_asked() -> None:
    happened = ASKED.decides(YES, at="2026-03-03 11:00")
    assert happened[0] == ApprovalGiven(Matter.EXPLANATION)
    reported = the(happened, ReportedDone)
    assert (reported.done_as, reported.callback_at) == (DoneAs.EXPLAINED, when("2026-03-04 10:00"))
    assert [clock.name for clock in ASKED.happened(happened).state.clocks] == [ClockName.CALLBACK]


def test_r25_an_explanation_is_refused_while_a_co_handler_is_open() -> None:
    assert HANDLED.co_handled_by(DEPARTMENT).refuses(EXPLAINED, STREET).code == "co_handler_open"


def test_r26_a_co_handler_that_was_called_while_the_centre_decides_holds_the_explanation_up() -> None:
    called = ASKED.co_handled_by(DEPARTMENT)
    refused = called.refuses(YES)
    assert (refused.code, refused.facts["units"]) == ("co_handler_open", [DEPARTMENT])
    assert kinds(called.decides(NO)) == [ApprovalDenied]


def test_r26_an_override_is_approved_with_the_explanation() -> None:
    over = ReportDone(DoneAs.EXPLAINED, override=True, evidence=1)
    happened = HANDLED.co_handled_by(DEPARTMENT).reported(over).decides(YES)
    assert the(happened, ReportedDone).overriding == (DEPARTMENT,)


@pytest.mark.parametrize("ground", list(TerminationGround))
def test_r31_handling_is_ended_only_on_a_written_request(ground: TerminationGround) -> None:
    assert HANDLED.decides(RequestTermination(ground), STREET) == (
        ApprovalAsked(Matter.TERMINATION, ground.value, 0, False, when("2026-03-04 00:00")),
    )


def test_r31_nobody_but_the_lead_unit_asks_to_end_it() -> None:
    assert HANDLED.refuses(TERMINATE, DISTRICT).code == "not_lead_unit"


def test_r31_a_unit_that_has_not_signed_in_does_not_ask_to_end_it() -> None:
    assert a_complaint().dispatched_to(STREET).refuses(TERMINATE, STREET).code == "not_signed_in"


def test_r31_an_approved_termination_ends_it_without_a_result() -> None:
    happened = ENDING.decides(YES)
    assert kinds(happened) == [ApprovalGiven, Closed]
    closed = the(happened, Closed)
    assert (closed.outcome, closed.effective) == (Outcome.TERMINATED, False)


def test_r31_a_termination_that_is_not_approved_ends_nothing() -> None:
    assert ENDING.decides(NO) == (ApprovalDenied(Matter.TERMINATION),)
    assert ENDING.after(NO).state == HANDLED.state


def test_r25_an_explanation_that_is_not_approved_leaves_the_unit_where_it_was() -> None:
    assert ASKED.after(NO).state == HANDLED.state


@BOTH
@pytest.mark.parametrize("command", [EXPLAINED, RESOLVED, TERMINATE], ids=["explain", "resolve", "terminate"])
def test_r31_one_question_waits_for_the_centre_at_a_time(given: Given, command: Command) -> None:
    assert given.refuses(command, STREET).code == "approval_pending"


@pytest.mark.parametrize("command", [YES, NO])
def test_r31_nothing_is_approved_that_nobody_asked(command: DecideApproval) -> None:
    assert HANDLED.refuses(command).code == "no_approval_asked"


@BOTH
def test_r31_no_limit_stops_while_the_centre_decides(given: Given) -> None:
    asked = {clock.key: clock.due for clock in given.state.clocks}
    assert asked.items() > {clock.key: clock.due for clock in HANDLED.state.clocks}.items()
    assert given.rung("2026-03-09 10:00").state.overdue


@BOTH
def test_r31_a_centre_that_does_not_decide_is_pressed_until_it_does(given: Given) -> None:
    happened = given.rings("2026-03-04 00:00")
    assert kinds(happened) == [ClockRang, DecisionPressed]
    assert given.happened(happened, at="2026-03-04 00:00").due_of(ClockName.APPROVAL) == when("2026-03-05 00:00")


@BOTH
def test_r31_the_centre_may_decide_while_the_bureau_decides_on_an_objection(given: Given) -> None:
    assert given.objected().after(YES).state.stage in (Stage.CALLBACK, Stage.CLOSED)
    assert given.objected().after(NO).state.approval is None


@BOTH
def test_r31_what_a_unit_asked_for_falls_when_another_gets_the_case(given: Given) -> None:
    after = given.objected().upheld_for(OTHER_STREET)
    assert after.state.approval is None
    assert not after.runs(ClockName.APPROVAL)


@BOTH
def test_r31_a_complainant_who_withdraws_leaves_no_question_open(given: Given) -> None:
    assert given.escalated_to(Level.DISTRICT).withdrawn().state.approval is None
