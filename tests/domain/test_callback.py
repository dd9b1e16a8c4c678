"""回访: attempts, form, rework, ladder, end (R32, 条例 art. 23; rules §5)."""

from dataclasses import replace

import pytest

from domain.answers import Answers, Resolved, Satisfied
from domain.catalogue import Tier
from domain.clock import ClockName
from domain.commands import Evaluate, RecordCallback, ReportDone
from domain.events import (
    CallbackFormSent,
    CallbackMissed,
    CallbackPlanned,
    CalledBack,
    ClockRang,
    Closed,
    Escalated,
    NotReached,
    ReworkOrdered,
)
from domain.lifecycle import Stage
from domain.outcome import Outcome
from tests.domain.building import (
    ANGRY,
    CONTENT,
    EXPLAINED,
    NOT_REACHED,
    RESOLVED,
    Given,
    a_handled_complaint,
    kinds,
    the,
)
from tests.domain.city import COMPLAINANT, DISTRICT, terms, when

HANDLED = a_handled_complaint()
REPORTED = HANDLED.reported(at="2026-03-02 11:00")
WITH_FORM = REPORTED.answered(NOT_REACHED).answered(NOT_REACHED).answered(NOT_REACHED)


def _outcome(answers: RecordCallback, report: ReportDone = RESOLVED) -> Outcome | None:
    return HANDLED.reported(report).answered(answers).state.outcome


def _answers(resolved: Resolved, satisfied: Satisfied) -> RecordCallback:
    return RecordCallback(True, True, resolved, satisfied)


def _angry_again(given: Given) -> Given:
    """Reported done once more after a rework, and the complainant is as angry as before."""
    return given.reported().answered(ANGRY)


def test_r32_attempts_are_planned_on_three_days_at_three_different_hours() -> None:
    first = when("2026-03-03 10:00")
    second = the(REPORTED.decides(NOT_REACHED, at=first), CallbackPlanned)
    third = the(REPORTED.answered(NOT_REACHED, at=first).decides(NOT_REACHED, at=second.at), CallbackPlanned)
    assert REPORTED.due_of(ClockName.CALLBACK, "1") == first
    assert second == CallbackPlanned(2, when("2026-03-04 15:00"))
    assert third == CallbackPlanned(3, when("2026-03-05 19:00"))


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
    assert the(happened, CallbackPlanned) == CallbackPlanned(2, when("2026-03-04 15:00"))


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


def test_a_rework_has_half_the_limit_and_all_clocks_of_handling() -> None:
    given = REPORTED.answered(ANGRY, at="2026-03-03 10:00")
    assert given.state.due == when("2026-03-06 22:00")
    assert given.due_of(ClockName.HANDLING) == when("2026-03-06 22:00")
    assert given.due_of(ClockName.ESCALATION) == when("2026-03-13 22:00")
    assert given.due_of(ClockName.REMINDER, "50") == when("2026-03-05 04:00")


def test_a_rework_needs_a_fresh_contact_but_no_fresh_sign_in() -> None:
    given = REPORTED.answered(ANGRY, at="2026-03-03 10:00")
    assert (given.state.signed_in, given.state.contacted) == (True, False)
    assert given.due_of(ClockName.CONTACT) == when("2026-03-04 10:00")
    assert not given.runs(ClockName.SIGN_IN)


def test_contact_in_a_rework_is_never_due_after_the_rework_itself() -> None:
    slow = terms(Tier.HOURS_24)
    tier = replace(slow.tier_limits, contact=terms(Tier.DAYS_7).tier_limits.contact)
    limits = replace(slow.limits, tiers={**slow.limits.tiers, Tier.HOURS_24: tier})
    given = a_handled_complaint(terms(Tier.HOURS_24, of=limits)).reported().answered(ANGRY)
    assert given.due_of(ClockName.CONTACT) == given.due_of(ClockName.HANDLING)


def test_a_rework_is_counted() -> None:
    assert REPORTED.answered(ANGRY).state.reworks == 1


def test_a_rework_of_an_overdue_case_is_overdue_only_when_its_own_limit_expires() -> None:
    late = HANDLED.rung("2026-03-09 10:00").reported(at="2026-03-10 11:00")
    given = late.answered(ANGRY, at="2026-03-11 10:00")
    assert not given.state.overdue
    assert given.rung("2026-03-14 22:00").state.overdue


def test_a_rework_ends_the_callback_and_its_clocks() -> None:
    given = WITH_FORM.after(ANGRY)
    assert not given.runs(ClockName.CALLBACK_FORM)
    assert given.state.attempt == 0


def test_after_a_rework_the_attempts_begin_again() -> None:
    given = REPORTED.answered(NOT_REACHED).answered(ANGRY).reported()
    assert given.runs(ClockName.CALLBACK, "1")


def test_after_one_rework_the_case_goes_up_to_the_district_with_its_next() -> None:
    reworked = REPORTED.answered(ANGRY).reported()
    happened = reworked.decides(ANGRY)
    assert kinds(happened) == [CalledBack, Escalated, ReworkOrdered]
    climbed = the(happened, Escalated)
    assert (climbed.to, climbed.cause) == (DISTRICT, "dissatisfied")


def test_the_district_owes_its_opinion_while_the_unit_reworks() -> None:
    given = _angry_again(REPORTED.answered(ANGRY))
    assert given.state.stage is Stage.HANDLING
    assert given.runs(ClockName.OPINION)


def test_after_the_district_the_case_goes_up_to_the_municipality() -> None:
    given = _angry_again(_angry_again(REPORTED.answered(ANGRY)))
    assert given.state.escalated_to == "municipality"


def test_at_the_top_of_the_ladder_the_case_closes_unresolved_and_counts() -> None:
    given = _angry_again(_angry_again(REPORTED.answered(ANGRY))).reported()
    closed = the(given.decides(ANGRY), Closed)
    assert (closed.outcome, closed.effective) == (Outcome.UNRESOLVED, True)


def test_a_satisfied_complainant_closes_the_case_on_every_step_of_the_ladder() -> None:
    given = _angry_again(REPORTED.answered(ANGRY)).reported()
    assert given.answered(CONTENT).state.outcome is Outcome.RESOLVED


@pytest.mark.parametrize("explained", [True, False])
@pytest.mark.parametrize("satisfied", [Satisfied.DISSATISFIED, Satisfied.VERY_DISSATISFIED])
def test_dissatisfaction_always_calls_for_rework(satisfied: Satisfied, explained: bool) -> None:
    assert Answers(True, Resolved.YES, satisfied).call_for_rework(explained=explained)
