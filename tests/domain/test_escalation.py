"""提级: by the unit itself and by the overdue ladder (R28, 条例 art. 20; rules §5)."""

from dataclasses import replace

import pytest

from domain.catalogue import DayKind, Tier
from domain.clock import ClockName
from domain.commands import Escalate, IssueOpinion
from domain.escalation import next_level
from domain.events import ClockRang, DecisionPressed, Escalated
from domain.grounds import Level, OpinionKind
from tests.domain.building import Given, a_complaint, a_handled_complaint, kinds, the
from tests.domain.city import (
    CITY,
    DEPARTMENT,
    DISTRICT,
    MONDAY,
    OTHER_STREET,
    STREET,
    Instant,
    limits,
    terms,
    when,
)

HANDLED = a_handled_complaint()
_LATE_CALLS = replace(limits().callback, on_expiry=False)
UNCALLED = a_handled_complaint(terms(of=replace(limits(), callback=_LATE_CALLS)))
"""Nobody calls back before the unit reports, so that nothing but the ladder's own clock runs at its top."""
ASKED = HANDLED.escalated_to(Level.DISTRICT)
PRESS, TAKE_OVER = IssueOpinion(OpinionKind.PRESS), IssueOpinion(OpinionKind.TAKE_OVER)
TO_DISTRICT = Escalate(Level.DISTRICT)
TAKEN_BY_CITY = UNCALLED.escalated_to(Level.MUNICIPALITY).after(TAKE_OVER, CITY).signed_in()


def _climbed(given: Given, at: Instant | None = None) -> Escalated:
    """The step that an overdue complaint takes when its ladder clock rings."""
    return the(given.rings(at or given.due_of(ClockName.ESCALATION)), Escalated)


@pytest.mark.parametrize(("level", "to"), [(Level.DISTRICT, DISTRICT), (Level.MUNICIPALITY, CITY)])
def test_r28_the_lead_unit_puts_it_before_a_government_that_owes_an_opinion(level: Level, to: str) -> None:
    after = HANDLED.escalated_to(level)
    assert after.state.escalation is not None
    assert (after.state.escalation.level, after.state.escalation.to) == (level, to)


def test_r28_an_escalation_stops_neither_the_handling_nor_the_ladder_clock() -> None:
    assert ASKED.due_of(ClockName.HANDLING) == HANDLED.due_of(ClockName.HANDLING)
    assert ASKED.due_of(ClockName.ESCALATION) == HANDLED.due_of(ClockName.ESCALATION)


def test_r28_the_addressed_government_may_read_the_complaint() -> None:
    assert CITY in HANDLED.escalated_to(Level.MUNICIPALITY).state.units


def test_r28_nobody_but_the_lead_unit_escalates() -> None:
    assert HANDLED.refuses(TO_DISTRICT, OTHER_STREET).code == "not_lead_unit"


def test_r28_a_lead_unit_signs_in_before_it_escalates() -> None:
    assert a_complaint().dispatched_to(STREET).refuses(TO_DISTRICT, STREET).code == "not_signed_in"


def test_r28_a_district_that_leads_does_not_ask_itself() -> None:
    given = a_handled_complaint(lead=DISTRICT)
    assert given.refuses(TO_DISTRICT, DISTRICT).code == "level_unfit"


def test_r28_a_district_is_not_asked_after_the_municipality() -> None:
    given = HANDLED.escalated_to(Level.MUNICIPALITY).after(PRESS, CITY)
    refused = given.refuses(TO_DISTRICT, STREET)
    assert (refused.code, refused.facts["level"]) == ("level_unfit", "district")


def test_r28_the_municipality_may_be_asked_again() -> None:
    again = HANDLED.escalated_to(Level.MUNICIPALITY).after(PRESS, CITY).escalated_to(Level.MUNICIPALITY)
    assert again.runs(ClockName.OPINION)


@pytest.mark.parametrize(
    "command", [Escalate(Level.DEPARTMENT, DEPARTMENT), TO_DISTRICT, Escalate(Level.MUNICIPALITY)], ids=str
)
def test_r28_a_municipality_that_leads_asks_nobody(command: Escalate) -> None:
    assert TAKEN_BY_CITY.refuses(command, CITY).code == "level_unfit"


def test_r28_above_a_municipality_that_leads_there_is_nobody_although_nobody_was_asked_yet() -> None:
    state = replace(HANDLED.state, lead=CITY)
    assert next_level(state) is None
    assert Given(state, MONDAY).refuses(TO_DISTRICT, CITY).code == "level_unfit"


def test_r28_no_district_is_asked_where_none_is_known() -> None:
    given = a_complaint(district="", street="").dispatched_to(DEPARTMENT).signed_in()
    assert given.refuses(TO_DISTRICT, DEPARTMENT).code == "level_unfit"


def test_one_whole_limit_overdue_goes_to_the_district() -> None:
    overdue = HANDLED.rung("2026-03-09 10:00")
    assert overdue.due_of(ClockName.ESCALATION) == when("2026-03-16 10:00")
    climbed = _climbed(overdue)
    assert (climbed.level, climbed.to, climbed.cause) == ("district", DISTRICT, "overdue")


def test_a_whole_limit_after_one_that_ends_at_24_00_counts_the_very_next_day() -> None:
    # Seven days from Tuesday 10 March; Monday the 16th is the last.
    given = a_handled_complaint(terms(day_kind=DayKind.CALENDAR_DAYS))
    assert given.due_of(ClockName.HANDLING) == when("2026-03-10 00:00")
    assert given.due_of(ClockName.ESCALATION) == when("2026-03-17 00:00")


def test_an_overdue_complaint_is_not_escalated_before_another_whole_limit() -> None:
    assert Escalated not in kinds(HANDLED.rings("2026-03-16 09:59:59"))


def test_two_whole_limits_overdue_go_to_the_municipality_although_the_district_has_answered() -> None:
    at_district = HANDLED.rung("2026-03-16 10:00").after(PRESS, DISTRICT)
    climbed = _climbed(at_district, "2026-03-23 10:00")
    assert (climbed.level, climbed.to) == ("municipality", CITY)


def test_at_the_top_of_the_ladder_the_case_is_pressed_for_ever() -> None:
    top = UNCALLED.rung("2026-03-16 10:00").after(PRESS, DISTRICT).rung("2026-03-23 10:00").after(PRESS, CITY)
    for at in ("2026-03-30 10:00", "2026-04-06 10:00", "2026-04-13 10:00"):
        happened = top.rings(at)
        assert kinds(happened) == [ClockRang, DecisionPressed]
        assert the(happened, DecisionPressed).clock == "escalation"
        top = top.rung(at)


def test_at_the_top_a_short_limit_presses_no_more_often_than_an_opinion_takes() -> None:
    two_hours = a_handled_complaint(terms(Tier.HOURS_2))
    top = two_hours.escalated_to(Level.MUNICIPALITY).after(PRESS, CITY).rung("2026-03-02 12:00")
    pressed = the(top.rings("2026-03-02 14:00"), DecisionPressed)
    assert pressed == DecisionPressed("escalation", when("2026-03-05 00:00"))


def test_an_overdue_case_that_the_municipality_leads_is_pressed_and_goes_nowhere() -> None:
    overdue = TAKEN_BY_CITY.rung("2026-03-09 10:00")
    assert kinds(overdue.rings("2026-03-16 10:00")) == [ClockRang, DecisionPressed]


def test_an_overdue_case_that_its_district_leads_goes_straight_to_the_municipality() -> None:
    overdue = a_handled_complaint(lead=DISTRICT).rung("2026-03-09 10:00")
    assert _climbed(overdue).to == CITY


def test_an_overdue_case_in_no_known_district_goes_straight_to_the_municipality() -> None:
    given = a_complaint(district="", street="").dispatched_to(DEPARTMENT).signed_in()
    assert _climbed(given.rung("2026-03-09 10:00")).to == CITY


def test_a_district_that_was_asked_already_is_not_asked_again_when_overdue() -> None:
    overdue = ASKED.after(PRESS, DISTRICT).rung("2026-03-09 10:00")
    assert _climbed(overdue).level == "municipality"
