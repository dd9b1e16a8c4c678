"""The lead unit at work (R24)."""

import pytest

from domain.actor import Actor
from domain.clock import ClockName
from domain.commands import Command, RecordContact, ReportProgress, SignIn, Supervise, Supplement, Withdraw
from domain.events import ClockRang, ComplainantContacted, ProgressReported, SignedIn, Supervised
from domain.lifecycle import Stage
from domain.outcome import Outcome
from tests.domain.building import Given, a_complaint, a_handled_complaint, kinds, the
from tests.domain.city import BUREAU, COMPLAINANT, DEPARTMENT, DISTRICT, OTHER_DISTRICT, SEAT, STREET, a_triage, when

DISPATCHED = a_complaint().dispatched_to(STREET)
SIGNED_IN = DISPATCHED.signed_in()


def test_r24_the_lead_unit_signs_in_and_the_sign_in_clock_stops() -> None:
    after = DISPATCHED.after(SignIn(), STREET)
    assert after.state.signed_in
    assert not after.runs(ClockName.SIGN_IN)


def test_r24_signing_in_is_told_with_the_unit_that_did_it() -> None:
    assert DISPATCHED.decides(SignIn(), STREET) == (SignedIn(STREET),)


@pytest.mark.parametrize("unit", [DISTRICT, DEPARTMENT])
@pytest.mark.parametrize("command", [SignIn(), RecordContact(reached=True), ReportProgress()])
def test_r24_nobody_but_the_lead_unit_handles(command: Command, unit: str) -> None:
    refused = DISPATCHED.refuses(command, unit)
    assert (refused.code, refused.facts["lead"]) == ("not_lead_unit", STREET)


def test_r24_a_seat_does_not_sign_in_for_a_unit() -> None:
    assert DISPATCHED.refuses(SignIn(), SEAT).code == "not_lead_unit"


def test_r24_nobody_signs_in_twice() -> None:
    assert SIGNED_IN.refuses(SignIn(), STREET).code == "already_signed_in"


@pytest.mark.parametrize("command", [RecordContact(reached=True), ReportProgress()])
def test_r24_who_has_not_signed_in_does_not_handle(command: Command) -> None:
    assert DISPATCHED.refuses(command, STREET).code == "not_signed_in"


def test_r24_a_late_sign_in_is_supervised() -> None:
    happened = DISPATCHED.rings("2026-03-02 12:00")
    assert kinds(happened) == [ClockRang, Supervised]
    assert the(happened, Supervised).cause == "sign_in_overdue"


def test_r24_a_late_sign_in_is_not_refused() -> None:
    late = DISPATCHED.rung("2026-03-02 12:00").after(SignIn(), STREET, at="2026-03-02 13:00")
    assert late.state.signed_in


def test_r24_a_sign_in_in_time_is_not_supervised() -> None:
    assert SIGNED_IN.rings("2026-03-02 12:00") == ()


def test_r24_reaching_the_complainant_meets_the_duty_to_contact() -> None:
    after = SIGNED_IN.after(RecordContact(reached=True), STREET)
    assert after.state.contacted
    assert not after.runs(ClockName.CONTACT)


def test_r24_a_try_that_reaches_nobody_leaves_the_contact_clock_running() -> None:
    after = SIGNED_IN.after(RecordContact(reached=False), STREET)
    assert not after.state.contacted
    assert after.due_of(ClockName.CONTACT) == when("2026-03-03 10:00")


def test_r24_a_later_try_that_reaches_nobody_undoes_no_contact() -> None:
    after = SIGNED_IN.contacted().after(RecordContact(reached=False), STREET)
    assert after.state.contacted


def test_r24_every_try_is_told() -> None:
    assert SIGNED_IN.decides(RecordContact(reached=False), STREET) == (ComplainantContacted(reached=False),)


def test_r24_no_contact_in_time_is_supervised() -> None:
    happened = SIGNED_IN.rings("2026-03-03 10:00")
    assert the(happened, Supervised).cause == "contact_overdue"


def test_progress_is_told_and_moves_nothing() -> None:
    assert SIGNED_IN.decides(ReportProgress(), STREET) == (ProgressReported(STREET),)
    assert SIGNED_IN.after(ReportProgress(), STREET).state == SIGNED_IN.state


def test_a_reminder_reminds_and_supervises_nobody() -> None:
    given = a_handled_complaint()
    assert given.due_of(ClockName.REMINDER, "50") == when("2026-03-05 22:00")
    assert kinds(given.rings("2026-03-05 22:00")) == [ClockRang]


def test_a_reminder_comes_once() -> None:
    after = a_handled_complaint().rung("2026-03-05 22:00")
    assert not after.runs(ClockName.REMINDER, "50")
    assert after.runs(ClockName.REMINDER, "80")


@pytest.mark.parametrize(("by", "cause"), [(SEAT, "seat"), (BUREAU, "bureau")])
def test_supervision_by_a_person_is_counted_and_says_by_whom(by: Actor, cause: str) -> None:
    happened = SIGNED_IN.decides(Supervise(), by)
    assert happened == (Supervised(cause),)
    assert SIGNED_IN.happened(happened).state.supervisions == 1


def test_a_supplement_moves_neither_stage_nor_clock() -> None:
    assert SIGNED_IN.after(Supplement(), COMPLAINANT).state == SIGNED_IN.state


@pytest.mark.parametrize(
    "given",
    [
        a_complaint(),
        a_complaint().triaged(a_triage(confidence=0)),
        DISPATCHED,
        DISPATCHED.objected(),
        a_handled_complaint().reported(),
    ],
    ids=["received", "confirmation", "handling", "objection", "callback"],
)
def test_a_complainant_may_withdraw_from_every_open_stage(given: Given) -> None:
    after = given.after(Withdraw(), COMPLAINANT)
    assert (after.state.stage, after.state.outcome) == (Stage.CLOSED, Outcome.WITHDRAWN)


def test_several_clocks_that_ran_out_ring_in_the_order_in_which_they_were_due() -> None:
    rang = [event for event in DISPATCHED.rings("2026-03-09 10:00") if isinstance(event, ClockRang)]
    assert [(event.clock, event.about) for event in rang] == [
        ("sign_in", ""),
        ("contact", ""),
        ("reminder", "50"),
        ("reminder", "80"),
        ("reminder", "day_before"),
        ("handling", ""),
    ]


def test_a_clock_does_not_ring_before_its_instant() -> None:
    assert DISPATCHED.rings("2026-03-02 11:59:59") == ()


def test_an_expired_limit_is_overdue_and_supervised() -> None:
    given = a_handled_complaint()
    after = given.rung("2026-03-09 10:00")
    assert after.state.overdue
    assert after.state.supervisions == 1


def test_a_limit_that_has_not_expired_is_not_overdue() -> None:
    assert not a_handled_complaint().rung("2026-03-09 09:59:59").state.overdue


def test_r16_the_district_in_which_the_lead_unit_works_supervises_it() -> None:
    assert DISPATCHED.decides(Supervise(), DISTRICT) == (Supervised("unit"),)


@pytest.mark.parametrize("unit", [DEPARTMENT, STREET, OTHER_DISTRICT])
def test_r16_no_other_unit_supervises(unit: str) -> None:
    refused = DISPATCHED.refuses(Supervise(), unit)
    assert (refused.code, refused.facts["district"]) == ("not_supervisor", DISTRICT)
