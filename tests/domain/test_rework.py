"""重办: back to the lead unit with a shorter limit, and up the ladder when that does not help (rules §5)."""

from dataclasses import replace

import pytest

from domain.answers import Answers, Resolved, Satisfied
from domain.catalogue import DayKind, Tier
from domain.clock import ClockName
from domain.commands import IssueOpinion
from domain.events import CalledBack, Closed, Escalated, ReworkOrdered
from domain.grounds import Level, OpinionKind
from domain.lifecycle import Stage
from domain.outcome import Outcome
from tests.domain.building import ANGRY, CONTENT, NOT_REACHED, Given, a_complaint, a_handled_complaint, kinds, the
from tests.domain.city import CITY, DISTRICT, STREET, terms, when

HANDLED = a_handled_complaint()
REPORTED = HANDLED.reported(at="2026-03-02 11:00")
WITH_FORM = REPORTED.answered(NOT_REACHED).answered(NOT_REACHED).answered(NOT_REACHED)


def _angry_again(given: Given) -> Given:
    """Reported done once more after a rework, and the complainant is as angry as before."""
    return given.reported().answered(ANGRY)


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


@pytest.mark.parametrize(("at", "provisional"), [("2026-12-21 10:00", False), ("2026-12-23 10:00", True)])
def test_a_rework_whose_limit_leans_on_an_unpublished_year_is_provisional(at: str, provisional: bool) -> None:
    given = a_handled_complaint(terms(day_kind=DayKind.WORKING_DAYS)).reported().answered(ANGRY, at=at)
    assert given.state.provisional is provisional


def test_a_rework_of_elapsed_days_is_not_provisional_although_its_extension_was() -> None:
    extended = a_complaint(at="2026-12-21 10:00").dispatched_to(STREET).signed_in().asked_for(days=9).granted()
    assert extended.state.provisional
    assert not extended.reported().answered(ANGRY).state.provisional


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


def test_a_complainant_who_is_never_satisfied_is_sent_back_three_times_and_then_it_ends() -> None:
    given = REPORTED
    for reworks in (1, 2, 3):
        given = given.answered(ANGRY)
        assert (given.state.stage, given.state.reworks) == (Stage.HANDLING, reworks)
        given = given.reported()
    assert given.answered(ANGRY).state.outcome is Outcome.UNRESOLVED


def test_a_case_that_the_municipality_took_is_sent_back_once_and_then_it_ends() -> None:
    take_over = IssueOpinion(OpinionKind.TAKE_OVER)
    taken = HANDLED.escalated_to(Level.MUNICIPALITY).after(take_over, CITY).signed_in()
    reworked = taken.reported().answered(ANGRY)
    assert reworked.state.stage is Stage.HANDLING
    assert reworked.reported().answered(ANGRY).state.outcome is Outcome.UNRESOLVED


def test_the_ladder_does_not_begin_again_with_another_unit() -> None:
    at_city = _angry_again(_angry_again(REPORTED.answered(ANGRY)))
    taken = at_city.after(IssueOpinion(OpinionKind.TAKE_OVER), CITY).signed_in()
    assert taken.reported().answered(ANGRY).state.outcome is Outcome.UNRESOLVED
