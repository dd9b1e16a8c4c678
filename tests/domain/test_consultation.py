"""会商: the parties settle who leads; failing that the bureau designates (R18, 条例 art. 12)."""

import pytest

from domain.clock import ClockName
from domain.commands import Consult, DecideConsultation, StateInConsultation
from domain.events import (
    ClockRang,
    CoHandlerJoined,
    ConsultationDecided,
    ConsultationFailed,
    ConsultationOpened,
    ConsultationStated,
    DecisionPressed,
    Dispatched,
)
from domain.grounds import Takes
from domain.lifecycle import Stage
from domain.outcome import Outcome
from tests.domain.building import NOT_MY_DUTY, By, Given, a_complaint, kinds, the
from tests.domain.city import (
    BUREAU,
    DEPARTMENT,
    DISTRICT,
    ENTERPRISE,
    OTHER_DEPARTMENT,
    SEAT,
    STREET,
    Instant,
    a_plan,
    when,
)

UNSURE = a_complaint().unsure()
CONSULTING = UNSURE.after(Consult((STREET, DEPARTMENT)))
FAILED = CONSULTING.rung("2026-03-04 00:00")


def _decided(given: Given, lead: str, *others: str, by: By = SEAT, at: Instant | None = None) -> Given:
    return given.after(DecideConsultation(lead, others), by, at=at, plan=a_plan(unit=lead))


def test_r18_the_parties_have_a_working_day() -> None:
    happened = UNSURE.decides(Consult((STREET, DEPARTMENT)))
    assert happened == (ConsultationOpened((STREET, DEPARTMENT), when("2026-03-04 00:00")),)
    assert [clock.key for clock in CONSULTING.state.clocks] == [(ClockName.CONSULTATION, "")]


def test_r18_the_parties_may_read_it_and_nobody_else() -> None:
    assert CONSULTING.state.units == (STREET, DEPARTMENT)


@pytest.mark.parametrize("units", [(), (STREET,), (STREET, STREET), (STREET, "")])
def test_r18_it_takes_two_different_parties(units: tuple[str, ...]) -> None:
    assert UNSURE.refuses(Consult(units)).code == "units_repeat_or_missing"


def test_r18_what_has_a_lead_unit_is_not_consulted_about() -> None:
    assert a_complaint().dispatched_to(STREET).refuses(Consult((STREET, DEPARTMENT))).code == "wrong_stage"


@pytest.mark.parametrize("takes", list(Takes))
def test_r18_a_party_says_what_it_is_ready_to_take(takes: Takes) -> None:
    assert CONSULTING.decides(StateInConsultation(takes), DEPARTMENT) == (ConsultationStated(DEPARTMENT, takes),)


def test_r18_a_party_may_change_its_mind() -> None:
    once = CONSULTING.after(StateInConsultation(Takes.NOTHING), STREET)
    assert kinds(once.decides(StateInConsultation(Takes.LEAD), STREET)) == [ConsultationStated]


def test_r18_what_a_party_says_decides_nothing() -> None:
    assert CONSULTING.after(StateInConsultation(Takes.LEAD), STREET).state == CONSULTING.state


def test_r18_who_is_no_party_has_no_say() -> None:
    refused = CONSULTING.refuses(StateInConsultation(Takes.LEAD), ENTERPRISE)
    assert (refused.code, refused.facts["parties"]) == ("not_a_party", [STREET, DEPARTMENT])


def test_r18_the_agreement_fixes_lead_and_co_handlers_at_once() -> None:
    command = DecideConsultation(STREET, (DEPARTMENT,))
    happened = CONSULTING.decides(command, plan=a_plan(unit=STREET))
    assert kinds(happened) == [ConsultationDecided, Dispatched, CoHandlerJoined]
    after = CONSULTING.happened(happened).state
    assert (after.stage, after.lead, after.open_co_handlers) == (Stage.HANDLING, STREET, (DEPARTMENT,))


def test_r26_a_co_handler_of_an_agreement_has_two_thirds_of_the_leads_limit() -> None:
    after = _decided(CONSULTING, STREET, DEPARTMENT)
    # 67 % of 168 hours.
    assert after.due_of(ClockName.CO_HANDLING, DEPARTMENT) == when("2026-03-07 02:33:36")


def test_r16_a_street_that_the_parties_agree_on_is_copied_to_its_district() -> None:
    assert _decided(CONSULTING, STREET).state.copy_to == DISTRICT


def test_r18_the_parties_may_agree_on_a_unit_that_was_not_there() -> None:
    assert _decided(CONSULTING, ENTERPRISE).state.lead == ENTERPRISE


def test_r18_a_party_that_takes_nothing_may_not_read_on() -> None:
    assert DEPARTMENT not in _decided(CONSULTING, STREET).state.units


def test_r18_who_agreed_may_still_object() -> None:
    assert _decided(CONSULTING, STREET).objected().state.stage is Stage.OBJECTION


@pytest.mark.parametrize(
    ("others", "code"),
    [
        ((STREET,), "unit_handles_already"),
        ((DEPARTMENT, DEPARTMENT), "units_repeat_or_missing"),
        (("",), "units_repeat_or_missing"),
    ],
)
def test_r18_a_decision_that_contradicts_itself_is_refused(others: tuple[str, ...], code: str) -> None:
    command = DecideConsultation(STREET, others)
    assert CONSULTING.refuses(command, plan=a_plan(unit=STREET)).code == code


def test_r18_parties_that_do_not_agree_in_time_leave_it_to_the_bureau() -> None:
    happened = CONSULTING.rings("2026-03-04 00:00")
    assert kinds(happened) == [ClockRang, ConsultationFailed]
    assert the(happened, ConsultationFailed).designation_due == when("2026-03-05 00:00")


def test_r18_after_the_limit_the_centre_records_no_agreement_any_more() -> None:
    command = DecideConsultation(STREET)
    assert FAILED.refuses(command, SEAT, plan=a_plan(unit=STREET)).code == "bureau_designates"


@pytest.mark.parametrize("given", [CONSULTING, FAILED], ids=["before the limit", "after the limit"])
def test_r18_what_the_bureau_designates_may_not_be_objected_to(given: Given) -> None:
    after = _decided(given, OTHER_DEPARTMENT, by=BUREAU)
    assert after.state.designated
    assert after.refuses(NOT_MY_DUTY, OTHER_DEPARTMENT).code == "designated_may_not_object"


def test_r18_a_bureau_that_does_not_designate_is_pressed_until_it_does() -> None:
    happened = FAILED.rings("2026-03-05 00:00:01")
    assert kinds(happened) == [ClockRang, DecisionPressed]
    again = FAILED.happened(happened, at="2026-03-05 00:00:01")
    assert again.due_of(ClockName.CONSULTATION) == when("2026-03-07 00:00")
    assert kinds(again.rings("2026-03-07 00:00")) == [ClockRang, DecisionPressed]


def test_r18_a_complainant_may_withdraw_while_units_consult() -> None:
    after = CONSULTING.withdrawn().state
    assert (after.outcome, after.consulting, after.next_due) == (Outcome.WITHDRAWN, (), None)


def test_r18_the_limits_begin_with_the_decision_and_not_with_the_consultation() -> None:
    assert _decided(CONSULTING, STREET, at="2026-03-03 10:00").state.due == when("2026-03-10 10:00")
