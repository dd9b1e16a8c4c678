"""派单异议: the window, the arbitration, and the end of bouncing (条例 art. 12; rules §5)."""

import pytest

from domain.catalogue import Tier
from domain.clock import ClockName
from domain.commands import DecideObjection, SignIn
from domain.events import ClockRang, DecisionPressed, Dispatched, Objected, ObjectionRejected, ObjectionUpheld
from domain.grounds import Level
from domain.lifecycle import Stage
from tests.domain.building import ANGRY, NOT_MY_DUTY, a_complaint, a_handled_complaint, kinds, the
from tests.domain.city import (
    BUREAU,
    DEPARTMENT,
    DISTRICT,
    OTHER_DEPARTMENT,
    OTHER_STREET,
    STREET,
    a_plan,
    terms,
    when,
)

DISPATCHED = a_complaint().dispatched_to(STREET)
OBJECTED = DISPATCHED.objected(at="2026-03-02 11:00")
REJECT = DecideObjection(upheld=False)


def test_the_lead_unit_objects_and_the_bureau_has_a_working_day() -> None:
    assert DISPATCHED.decides(NOT_MY_DUTY, STREET) == (Objected(STREET, "not_my_duty", when("2026-03-04 00:00")),)
    assert OBJECTED.state.stage is Stage.OBJECTION


@pytest.mark.parametrize("unit", [DISTRICT, OTHER_STREET])
def test_nobody_objects_for_the_lead_unit(unit: str) -> None:
    assert DISPATCHED.refuses(NOT_MY_DUTY, unit).code == "not_lead_unit"


@pytest.mark.parametrize(
    ("tier", "until"),
    [
        (Tier.HOURS_24, "2026-03-02 14:00"),
        (Tier.DAYS_7, "2026-03-04 00:00"),
        (Tier.DAYS_15, "2026-03-04 00:00"),
    ],
)
def test_the_window_is_open_up_to_its_last_instant(tier: Tier, until: str) -> None:
    given = a_complaint(terms(tier)).dispatched_to(STREET)
    assert kinds(given.decides(NOT_MY_DUTY, STREET, at=until)) == [Objected]


@pytest.mark.parametrize(
    ("tier", "late"), [(Tier.HOURS_24, "2026-03-02 14:00:01"), (Tier.DAYS_7, "2026-03-04 00:00:01")]
)
def test_after_the_window_an_objection_is_too_late(tier: Tier, late: str) -> None:
    given = a_complaint(terms(tier)).dispatched_to(STREET)
    assert given.refuses(NOT_MY_DUTY, STREET, at=late).code == "objection_too_late"


def test_what_cannot_wait_two_hours_is_not_open_to_objection() -> None:
    given = a_complaint(terms(Tier.HOURS_2)).dispatched_to(STREET)
    assert given.refuses(NOT_MY_DUTY, STREET).code == "objection_not_open"


def test_a_unit_that_has_signed_in_may_still_object() -> None:
    assert DISPATCHED.signed_in().objected().state.stage is Stage.OBJECTION


def test_nobody_signs_in_while_the_bureau_decides() -> None:
    assert not OBJECTED.runs(ClockName.SIGN_IN)
    assert OBJECTED.refuses(SignIn(), STREET).code == "wrong_stage"


def test_an_objection_does_not_stop_the_handling_clock() -> None:
    assert OBJECTED.due_of(ClockName.HANDLING) == DISPATCHED.due_of(ClockName.HANDLING)
    assert OBJECTED.due_of(ClockName.HANDLING) == when("2026-03-09 10:00")


def test_a_complaint_goes_overdue_while_the_bureau_decides() -> None:
    after = OBJECTED.rung("2026-03-09 10:00")
    assert after.state.overdue
    assert after.state.stage is Stage.OBJECTION


def test_a_bureau_that_does_not_decide_is_pressed_with_a_fresh_limit() -> None:
    happened = OBJECTED.rings("2026-03-04 00:00:01")
    pressed = the(happened, DecisionPressed)
    assert (pressed.clock, pressed.due) == ("objection_decision", when("2026-03-06 00:00"))
    assert ClockRang in kinds(happened)


def test_a_bureau_is_pressed_until_it_decides() -> None:
    again = OBJECTED.rung("2026-03-04 00:00:01").rings("2026-03-06 00:00")
    assert any(isinstance(e, DecisionPressed) and e.clock == "objection_decision" for e in again)


def test_a_rejected_objection_gives_a_fresh_sign_in_limit() -> None:
    happened = OBJECTED.decides(REJECT, BUREAU, at="2026-03-03 17:00")
    assert happened == (ObjectionRejected(when("2026-03-04 10:00")),)


def test_after_a_rejected_objection_the_sign_in_clock_runs_again() -> None:
    after = OBJECTED.after(REJECT, BUREAU, at="2026-03-03 17:00")
    assert after.due_of(ClockName.SIGN_IN) == when("2026-03-04 10:00")
    assert after.state.objection_until is None


def test_a_rejected_objection_leaves_the_case_with_its_unit_and_its_limit() -> None:
    after = OBJECTED.after(REJECT, BUREAU, at="2026-03-03 17:00")
    assert (after.state.stage, after.state.lead) == (Stage.HANDLING, STREET)
    assert after.state.due == DISPATCHED.state.due
    assert not after.runs(ClockName.OBJECTION_DECISION)


def test_a_unit_that_had_signed_in_need_not_sign_in_again() -> None:
    after = DISPATCHED.signed_in().objected().after(REJECT, BUREAU)
    assert after.state.signed_in
    assert not after.runs(ClockName.SIGN_IN)


def test_a_unit_whose_objection_was_rejected_may_not_object_again() -> None:
    after = OBJECTED.after(REJECT, BUREAU)
    assert after.refuses(NOT_MY_DUTY, STREET).code == "designated_may_not_object"


def test_a_unit_that_has_to_rework_may_not_object_although_its_window_were_still_open() -> None:
    reworked = a_handled_complaint().reported().answered(ANGRY, at="2026-03-03 10:00")
    assert reworked.refuses(NOT_MY_DUTY, STREET, at="2026-03-03 11:00").code == "objection_not_open"


def test_an_upheld_objection_sends_the_case_to_the_named_unit() -> None:
    plan = a_plan(unit=DEPARTMENT)
    happened = OBJECTED.decides(DecideObjection(True, DEPARTMENT), BUREAU, plan=plan)
    assert kinds(happened) == [ObjectionUpheld, Dispatched]
    assert the(happened, ObjectionUpheld).unit == STREET
    assert the(happened, Dispatched).lead == DEPARTMENT


def test_an_upheld_objection_starts_every_limit_afresh() -> None:
    after = OBJECTED.upheld_for(OTHER_STREET, at="2026-03-03 10:00")
    assert after.state.due == when("2026-03-10 10:00")
    assert after.due_of(ClockName.SIGN_IN) == when("2026-03-03 12:00")
    assert not after.state.signed_in


def test_r16_a_street_that_follows_an_objection_is_copied_to_its_own_district() -> None:
    assert OBJECTED.upheld_for(OTHER_STREET).state.copy_to == "110108"


def test_an_upheld_objection_has_to_name_the_next_unit() -> None:
    assert OBJECTED.refuses(DecideObjection(upheld=True), BUREAU).code == "unit_missing"


def test_an_upheld_objection_may_not_name_the_unit_that_objected() -> None:
    refused = OBJECTED.refuses(DecideObjection(True, STREET), BUREAU, plan=a_plan(unit=STREET))
    assert refused.code == "unit_is_lead"


def test_the_unit_after_the_first_upheld_objection_may_object_too() -> None:
    after = OBJECTED.upheld_for(DEPARTMENT)
    assert not after.state.designated
    assert after.objected().state.stage is Stage.OBJECTION


def test_the_second_upheld_objection_designates() -> None:
    after = OBJECTED.upheld_for(DEPARTMENT).objected().upheld_for(OTHER_DEPARTMENT)
    assert after.state.designated
    assert after.state.upheld_objections == 2


def test_a_designated_unit_may_not_object() -> None:
    after = OBJECTED.upheld_for(DEPARTMENT).objected().upheld_for(OTHER_DEPARTMENT)
    assert after.refuses(NOT_MY_DUTY, OTHER_DEPARTMENT).code == "designated_may_not_object"


def test_a_rejected_objection_is_not_counted_as_upheld() -> None:
    assert OBJECTED.after(REJECT, BUREAU).state.upheld_objections == 0


def test_what_the_unit_that_left_asked_for_is_not_owed_to_the_next() -> None:
    asked = a_handled_complaint().asked_for(days=1).granted().asked_for(days=1).escalated_to(Level.DISTRICT)
    after = asked.objected().upheld_for(OTHER_STREET)
    assert (after.state.extension, after.state.extensions, after.state.escalation) == (None, 0, None)
    assert not after.runs(ClockName.OPINION)
    assert not after.runs(ClockName.EXTENSION_DECISION)


def test_the_next_unit_is_not_overdue_for_the_unit_that_left() -> None:
    after = OBJECTED.rung("2026-03-09 10:00").upheld_for(OTHER_STREET)
    assert not after.state.overdue


def test_what_was_done_for_the_unit_that_left_does_not_count_for_the_next() -> None:
    after = a_handled_complaint().co_handled_by(DEPARTMENT).objected().upheld_for(OTHER_STREET)
    assert not after.state.contacted
    assert after.state.co_handlers == ()
    assert not after.runs(ClockName.CO_HANDLING, DEPARTMENT)
