"""Emergency mode as it holds for one complaint (R44). The switch itself lies in the database."""

from dataclasses import replace

import pytest

from domain.catalogue import DayKind, Tier
from domain.clock import ClockName
from domain.events import Classified, Closed, ConfirmationAsked, Dispatched, EmergencyNoted
from domain.taking_up import triaged
from domain.triage import Emergency, Triage
from tests.domain.building import CONTENT, a_complaint, kinds, the
from tests.domain.city import MONDAY, a_plan, a_triage, terms, when

RAIN = Emergency("E-20260302-1", Tier.HOURS_24.value, deferred=False)
ELSEWHERE = Emergency("E-20260302-1", "", deferred=True)
SHORT = a_plan(under=terms(Tier.HOURS_24, DayKind.HOURS))


def _taken_up(emergency: Emergency | None, *, urgent: bool = False) -> Triage:
    plan = SHORT if emergency is RAIN else a_plan()
    return replace(a_triage(plan), emergency=emergency, urgent=urgent)


def test_r44_a_matter_in_its_scope_is_urgent_and_handled_in_its_tier() -> None:
    given = a_complaint(terms(Tier.HOURS_24, DayKind.HOURS)).triaged(_taken_up(RAIN))
    assert (given.state.urgent, given.state.emergency, given.state.emergency_tier) == (True, RAIN.code, "24h")
    assert given.due_of(ClockName.HANDLING) == when("2026-03-03 10:00")
    assert not given.state.deferred


def test_r44_a_matter_outside_its_scope_is_deferred_and_keeps_its_own_tier() -> None:
    given = a_complaint().triaged(_taken_up(ELSEWHERE))
    assert (given.state.urgent, given.state.deferred, given.state.tier) == (False, True, "7d")


def test_r44_what_is_urgent_by_itself_stays_so_outside_its_scope() -> None:
    assert a_complaint().triaged(_taken_up(ELSEWHERE, urgent=True)).state.urgent


@pytest.mark.parametrize("emergency", [RAIN, ELSEWHERE], ids=["in its scope", "outside"])
def test_r44_the_journal_says_that_it_was_taken_up_in_emergency_mode(emergency: Emergency) -> None:
    happened = triaged(a_complaint().state, _taken_up(emergency), MONDAY)
    assert kinds(happened) == [Classified, EmergencyNoted, Dispatched]
    assert the(happened, EmergencyNoted) == EmergencyNoted(emergency.code, emergency.tier, emergency.deferred)


def test_r44_it_is_noted_whatever_follows() -> None:
    unsure = replace(_taken_up(RAIN), confidence=0)
    assert kinds(triaged(a_complaint().state, unsure, MONDAY)) == [Classified, EmergencyNoted, ConfirmationAsked]


def test_r44_a_deferred_complaint_is_flagged_for_assessment_when_it_ends() -> None:
    given = a_complaint().triaged(_taken_up(ELSEWHERE)).signed_in().contacted().reported()
    assert the(given.decides(CONTENT), Closed).flags == ("deferred",)


def test_r44_outside_of_emergency_mode_nothing_is_noted_and_nothing_deferred() -> None:
    happened = triaged(a_complaint().state, _taken_up(None), MONDAY)
    assert EmergencyNoted not in kinds(happened)
    assert not a_complaint().happened(happened).state.deferred
