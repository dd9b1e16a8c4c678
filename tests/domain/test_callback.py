"""回访: attempts, form, rework, ladder, end (R32, 条例 art. 23; rules §5)."""

from dataclasses import replace

import pytest

from domain.answers import Resolved, Satisfied
from domain.clock import ClockName
from domain.commands import Command, Evaluate, RecordCallback
from domain.events import (
    CallbackFormSent,
    CallbackMissed,
    CallbackPlanned,
    CalledBack,
    ClockRang,
    Closed,
    NotReached,
    ReworkOrdered,
    Supervised,
)
from domain.lifecycle import Stage
from domain.outcome import Outcome
from domain.span import Span
from tests.domain.building import (
    ANGRY,
    CONTENT,
    NOT_REACHED,
    Given,
    a_handled_complaint,
    kinds,
    the,
)
from tests.domain.city import COMPLAINANT, STREET, limits, terms, when

HANDLED = a_handled_complaint()
REPORTED = HANDLED.reported(at="2026-03-02 11:00")
EXPLAINED = HANDLED.explained(at="2026-03-02 11:00")
EXPIRED = HANDLED.rung("2026-03-09 10:00")
WITH_FORM = REPORTED.answered(NOT_REACHED).answered(NOT_REACHED).answered(NOT_REACHED)


def _outcome(answers: RecordCallback, given: Given = REPORTED) -> Outcome | None:
    return given.answered(answers).state.outcome


def _answers(resolved: Resolved, satisfied: Satisfied) -> RecordCallback:
    return RecordCallback(True, True, resolved, satisfied)


def test_r32_attempts_are_planned_on_three_days_at_three_different_hours() -> None:
    first = when("2026-03-03 10:00")
    second = the(REPORTED.decides(NOT_REACHED, at=first), CallbackPlanned)
    third = the(REPORTED.answered(NOT_REACHED, at=first).decides(NOT_REACHED, at=second.at), CallbackPlanned)
    assert REPORTED.due_of(ClockName.CALLBACK, "1") == when("2026-03-03 12:00")
    assert second == CallbackPlanned(2, when("2026-03-04 15:00"), when("2026-03-04 17:00"))
    assert third == CallbackPlanned(3, when("2026-03-05 19:00"), when("2026-03-05 21:00"))


def test_r32_an_attempt_may_be_made_for_two_hours_after_its_hour() -> None:
    assert REPORTED.rings("2026-03-03 11:59:59") == ()
    assert kinds(REPORTED.rings("2026-03-03 12:00")) == [ClockRang, CallbackMissed, CallbackPlanned]


def test_r32_the_second_attempt_may_be_made_for_two_hours_too() -> None:
    second = REPORTED.after(NOT_REACHED, at="2026-03-03 10:05")
    assert second.due_of(ClockName.CALLBACK, "2") == when("2026-03-04 17:00")


def test_r32_how_long_an_attempt_may_be_made_is_policy() -> None:
    short = replace(limits(), callback=replace(limits().callback, window=Span.parse("30m")))
    given = a_handled_complaint(terms(of=short)).reported()
    assert given.due_of(ClockName.CALLBACK, "1") == when("2026-03-03 10:30")


@pytest.mark.parametrize("early", ["2026-03-02 11:05", "2026-03-02 23:59"])
def test_r32_a_try_before_the_planned_day_is_noted_and_uses_no_attempt_up(early: str) -> None:
    assert REPORTED.decides(NOT_REACHED, at=early) == (NotReached(1),)
    assert REPORTED.after(NOT_REACHED, at=early).state == REPORTED.state


def test_r32_several_tries_on_one_day_are_one_attempt() -> None:
    once = REPORTED.after(NOT_REACHED, at="2026-03-03 10:05")
    assert once.decides(NOT_REACHED, at="2026-03-03 10:30") == (NotReached(2),)
    assert once.after(NOT_REACHED, at="2026-03-03 10:30").runs(ClockName.CALLBACK, "2")


def test_r32_a_try_on_the_planned_day_is_the_attempt_although_it_comes_before_its_hour() -> None:
    assert REPORTED.after(NOT_REACHED, at="2026-03-03 09:00").state.attempt == 2


def test_r32_a_call_before_the_planned_day_that_reaches_the_complainant_counts() -> None:
    assert REPORTED.after(CONTENT, at="2026-03-02 11:05").state.outcome is Outcome.RESOLVED


def test_r32_an_attempt_that_reaches_nobody_is_told_with_its_number() -> None:
    assert the(REPORTED.answered(NOT_REACHED).decides(NOT_REACHED), NotReached) == NotReached(2)


def test_r32_one_attempt_waits_at_a_time() -> None:
    after = REPORTED.answered(NOT_REACHED)
    assert [clock.key for clock in after.state.clocks] == [(ClockName.CALLBACK, "2")]


def test_r32_after_the_last_attempt_a_form_is_sent_for_three_days() -> None:
    last = REPORTED.answered(NOT_REACHED).answered(NOT_REACHED)
    happened = last.decides(NOT_REACHED, at="2026-03-05 19:00")
    assert the(happened, CallbackFormSent).until == when("2026-03-08 19:00")
    assert CallbackPlanned not in kinds(happened)


def test_r32_while_the_form_is_out_a_seat_may_still_call() -> None:
    assert WITH_FORM.after(CONTENT).state.outcome is Outcome.RESOLVED


def test_r32_one_more_call_that_reaches_nobody_leaves_the_form_open() -> None:
    assert kinds(WITH_FORM.decides(NOT_REACHED)) == [NotReached]
    assert WITH_FORM.after(NOT_REACHED).state == WITH_FORM.state


def test_r32_a_form_that_stays_empty_closes_as_not_reached() -> None:
    closed = the(WITH_FORM.rings(WITH_FORM.due_of(ClockName.CALLBACK_FORM)), Closed)
    assert closed.outcome is Outcome.NOT_REACHED


def test_r33_not_reached_is_no_effective_callback() -> None:
    closed = the(WITH_FORM.rings(WITH_FORM.due_of(ClockName.CALLBACK_FORM)), Closed)
    assert not closed.effective


def test_r33_three_answers_are_an_effective_callback() -> None:
    assert the(REPORTED.decides(CONTENT), Closed).effective


def test_an_attempt_that_nobody_makes_is_missed_and_the_next_is_planned() -> None:
    happened = REPORTED.rings(REPORTED.due_of(ClockName.CALLBACK, "1"))
    assert kinds(happened) == [ClockRang, CallbackMissed, CallbackPlanned]
    assert the(happened, CallbackPlanned) == CallbackPlanned(2, when("2026-03-04 15:00"), when("2026-03-04 17:00"))


def test_three_attempts_that_nobody_makes_end_with_the_form() -> None:
    given = REPORTED
    for attempt in (1, 2, 3):
        given = given.rung_through(ClockName.CALLBACK)
        assert given.state.missed_callbacks == attempt
    assert given.runs(ClockName.CALLBACK_FORM)
    assert given.state.stage is Stage.CALLBACK


def test_r32_a_call_is_no_form() -> None:
    called = the(REPORTED.decides(CONTENT), CalledBack)
    assert called == CalledBack(True, Resolved.YES, Satisfied.SATISFIED, by_form=False)


@pytest.mark.parametrize("given", [REPORTED, WITH_FORM], ids=["before the first call", "with the form"])
def test_r32_the_complainants_own_answers_count_like_a_calls(given: Given) -> None:
    answers = Evaluate(True, Resolved.YES, Satisfied.VERY_SATISFIED)
    happened = given.decides(answers, COMPLAINANT)
    assert the(happened, CalledBack).by_form
    assert the(happened, Closed) == Closed(Outcome.RESOLVED, effective=True, flags=())


@pytest.mark.parametrize(
    "command",
    [
        RecordCallback(True),
        RecordCallback(True, contacted=True, resolved=Resolved.YES),
        RecordCallback(True, resolved=Resolved.YES, satisfied=Satisfied.SATISFIED),
        RecordCallback(False, contacted=True),
        RecordCallback(False, True, Resolved.YES, Satisfied.SATISFIED),
    ],
)
def test_r32_the_three_questions_are_answered_all_or_none(command: RecordCallback) -> None:
    assert REPORTED.refuses(command).code == "answers_incomplete"


@pytest.mark.parametrize("satisfied", [Satisfied.VERY_SATISFIED, Satisfied.SATISFIED, Satisfied.BASICALLY_SATISFIED])
@pytest.mark.parametrize(
    ("resolved", "outcome"),
    [(Resolved.YES, Outcome.RESOLVED), (Resolved.PARTLY, Outcome.PARTLY_RESOLVED)],
)
def test_a_complainant_who_can_live_with_it_closes_the_case(
    resolved: Resolved, outcome: Outcome, satisfied: Satisfied
) -> None:
    assert _outcome(_answers(resolved, satisfied)) is outcome


@pytest.mark.parametrize(
    "answers",
    [
        _answers(Resolved.NO, Satisfied.SATISFIED),
        _answers(Resolved.YES, Satisfied.DISSATISFIED),
        _answers(Resolved.PARTLY, Satisfied.VERY_DISSATISFIED),
    ],
)
def test_an_unresolved_or_unsatisfied_complaint_goes_back_to_its_unit(answers: RecordCallback) -> None:
    happened = REPORTED.decides(answers)
    assert kinds(happened) == [CalledBack, ReworkOrdered]
    assert REPORTED.happened(happened).state.stage is Stage.HANDLING


def test_r25_what_was_explained_closes_as_explained_although_it_is_unresolved() -> None:
    assert _outcome(_answers(Resolved.NO, Satisfied.BASICALLY_SATISFIED), EXPLAINED) is Outcome.EXPLAINED


def test_r25_what_was_explained_is_never_closed_as_resolved() -> None:
    assert _outcome(CONTENT, EXPLAINED) is Outcome.EXPLAINED


def test_r25_an_explanation_that_does_not_satisfy_goes_back() -> None:
    assert _outcome(_answers(Resolved.NO, Satisfied.DISSATISFIED), EXPLAINED) is None


def test_r32_the_complainant_is_asked_when_the_limit_expires_although_nobody_has_reported() -> None:
    assert EXPIRED.state.stage is Stage.HANDLING
    assert EXPIRED.due_of(ClockName.CALLBACK, "1") == when("2026-03-10 12:00")


def test_r32_whether_the_complainant_is_asked_at_expiry_is_policy() -> None:
    silent = replace(limits(), callback=replace(limits().callback, on_expiry=False))
    assert not a_handled_complaint(terms(of=silent)).rung("2026-03-09 10:00").runs(ClockName.CALLBACK, "1")


@pytest.mark.parametrize("command", [CONTENT, NOT_REACHED, Evaluate(True, Resolved.YES, Satisfied.SATISFIED)])
def test_r32_nobody_is_called_back_before_the_limit_expires_or_the_unit_reports(command: Command) -> None:
    assert HANDLED.refuses(command).code == "callback_not_due"


def test_r32_a_complainant_who_is_content_at_expiry_ends_it() -> None:
    after = EXPIRED.after(CONTENT, at="2026-03-10 10:00")
    assert (after.state.outcome, after.state.next_due) == (Outcome.RESOLVED, None)


def test_r32_a_complainant_who_is_dissatisfied_at_expiry_has_the_unit_pressed_and_handling_goes_on() -> None:
    happened = EXPIRED.decides(ANGRY, at="2026-03-10 10:00")
    assert kinds(happened) == [CalledBack, Supervised]
    after = EXPIRED.happened(happened)
    assert (after.state.stage, after.state.lead, after.state.reworks) == (Stage.HANDLING, STREET, 0)
    assert not after.runs(ClockName.CALLBACK, "1")


def test_r32_a_callback_already_made_is_not_repeated_while_the_unit_handles_it() -> None:
    asked = EXPIRED.after(ANGRY, at="2026-03-10 10:00")
    assert asked.refuses(CONTENT).code == "callback_already_made"
    assert asked.refuses(Evaluate(True, Resolved.YES, Satisfied.SATISFIED), COMPLAINANT).code == "callback_already_made"


def test_r32_after_the_report_the_complainant_is_asked_about_the_report() -> None:
    reported = EXPIRED.after(ANGRY, at="2026-03-10 10:00").reported(at="2026-03-11 11:00")
    assert reported.after(CONTENT, at="2026-03-12 10:00").state.outcome is Outcome.RESOLVED


def test_r32_a_report_after_expiry_begins_the_attempts_again() -> None:
    tried = EXPIRED.after(NOT_REACHED, at="2026-03-10 10:05").reported(at="2026-03-10 11:00")
    assert [clock.key for clock in tried.state.clocks] == [(ClockName.CALLBACK, "1")]


def test_r32_a_form_that_stays_empty_while_the_unit_handles_it_ends_nothing() -> None:
    given = EXPIRED.rung_through(ClockName.CALLBACK_FORM)
    assert (given.state.stage, given.state.outcome) == (Stage.HANDLING, None)
    assert given.runs(ClockName.ESCALATION)


def test_r32_a_form_that_stays_empty_while_the_bureau_decides_ends_nothing() -> None:
    given = HANDLED.objected().rung("2026-03-09 10:00").rung_through(ClockName.CALLBACK_FORM)
    assert given.state.stage is Stage.OBJECTION


def test_r32_a_callback_that_is_due_while_the_bureau_decides_may_be_made() -> None:
    objected = HANDLED.objected().rung("2026-03-09 10:00")
    assert objected.after(CONTENT, at="2026-03-10 10:00").state.outcome is Outcome.RESOLVED
    angry = objected.after(ANGRY, at="2026-03-10 10:00")
    assert (angry.state.stage, angry.state.attempt) == (Stage.OBJECTION, 0)


def test_r32_an_extension_at_the_last_moment_leaves_nothing_to_ask_about() -> None:
    assert not HANDLED.asked_for(days=3).granted().rung("2026-03-09 10:00").runs(ClockName.CALLBACK, "1")


def test_r25_what_was_explained_before_a_rework_is_not_explained_by_it() -> None:
    reworked = EXPLAINED.answered(ANGRY).contacted().rung_through(ClockName.HANDLING)
    unresolved = _answers(Resolved.NO, Satisfied.SATISFIED)
    after = reworked.after(unresolved, at=reworked.state.callback_at)
    assert (after.state.stage, after.state.outcome) == (Stage.HANDLING, None)
