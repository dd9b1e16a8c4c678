"""What becomes of a matter before any unit has it: answered, told, or dispatched (R1, R10-R12; 条例 art. 10, 11)."""

from dataclasses import replace

import pytest

from domain.catalogue import Duty, NotDispatched
from domain.commands import ConfirmClassification
from domain.events import (
    AnsweredAtOnce,
    ClassificationConfirmed,
    Classified,
    Closed,
    Dispatched,
    NotDispatchedTold,
)
from domain.notices import Notice, notices
from domain.outcome import Outcome
from domain.taking_up import triaged
from domain.triage import Kind, Triage
from tests.domain.building import a_complaint, kinds, the
from tests.domain.city import DEPARTMENT, DISTRICT, MONDAY, PLATFORM, STREET, a_near, a_plan, a_triage, an_item

CONSULTED = replace(a_triage(), kind=Kind.CONSULTATION)
UNSURE = a_complaint().unsure()
STATED = pytest.mark.parametrize("disposition", list(NotDispatched))
OTHERWISE: dict[str, Triage] = {
    "dispatched": a_triage(),
    "unsure": a_triage(confidence=0),
    "nobody's duty": a_triage(a_plan(an_item(Duty.NONE))),
    "answered": a_triage(answered=True),
    "joined": a_triage(near=a_near(is_open=True)),
    "before a platform": replace(a_triage(), against=PLATFORM),
}


def test_r01_there_are_five_types_and_no_others() -> None:
    assert [kind.value for kind in Kind] == ["consultation", "help", "complaint", "report", "suggestion"]


@pytest.mark.parametrize("kind", list(Kind))
def test_r01_the_type_stands_in_the_first_row_of_the_journal(kind: Kind) -> None:
    assert the(triaged(a_complaint().state, replace(a_triage(), kind=kind), MONDAY), Classified).kind is kind


@pytest.mark.parametrize("kind", list(Kind))
def test_r11_whatever_its_type_what_is_some_units_duty_is_dispatched(kind: Kind) -> None:
    assert kinds(triaged(a_complaint().state, replace(a_triage(), kind=kind), MONDAY)) == [Classified, Dispatched]


def test_r10_a_consultation_that_is_answered_from_the_knowledge_base_says_with_what() -> None:
    happened = triaged(a_complaint().state, replace(CONSULTED, answer="K-0101"), MONDAY)
    assert kinds(happened) == [Classified, AnsweredAtOnce, Closed]
    assert the(happened, AnsweredAtOnce).answer == "K-0101"


def test_r10_a_consultation_that_nobody_can_answer_at_once_is_dispatched() -> None:
    assert kinds(triaged(a_complaint().state, CONSULTED, MONDAY)) == [Classified, Dispatched]


def test_r10_an_answer_needs_no_sure_classification() -> None:
    unsure = replace(CONSULTED, confidence=0, answer="K-0101")
    assert the(triaged(a_complaint().state, unsure, MONDAY), Closed).outcome is Outcome.ANSWERED


@STATED
@pytest.mark.parametrize("triage", OTHERWISE.values(), ids=OTHERWISE)
def test_r12_what_a_seat_finds_at_intake_goes_before_everything_else(
    triage: Triage, disposition: NotDispatched
) -> None:
    happened = triaged(a_complaint().state, replace(triage, disposition=disposition), MONDAY)
    assert kinds(happened) == [Classified, NotDispatchedTold, Closed]
    assert the(happened, Closed).outcome.value == disposition.value


def test_r12_a_unit_may_be_told_of_what_is_beyond_any_units_duty() -> None:
    beyond = replace(a_triage(), disposition=NotDispatched.OUTSIDE_DUTY, copy_to=DEPARTMENT)
    given = a_complaint()
    happened = triaged(given.state, beyond, MONDAY)
    told = notices(happened, given.happened(happened).state)
    assert Notice("NotDispatchedTold", DEPARTMENT) in told
    assert Notice("NotDispatchedTold", "complainant") in told


def test_r12_a_unit_that_was_told_has_nothing_to_handle() -> None:
    beyond = replace(a_triage(), disposition=NotDispatched.OUTSIDE_DUTY, copy_to=DEPARTMENT)
    state = a_complaint().triaged(beyond).state
    assert (state.lead, state.next_due) == ("", None)


@STATED
def test_r12_a_seat_that_confirms_may_find_that_it_is_not_to_be_dispatched(disposition: NotDispatched) -> None:
    command = ConfirmClassification("010101", DISTRICT, STREET, disposition=disposition, copy_to=DEPARTMENT)
    happened = UNSURE.decides(command, plan=a_plan())
    assert kinds(happened) == [ClassificationConfirmed, NotDispatchedTold, Closed]
    assert the(happened, NotDispatchedTold).copy_to == DEPARTMENT


def test_r12_a_copy_is_for_what_is_not_dispatched() -> None:
    command = ConfirmClassification("010101", DISTRICT, STREET, copy_to=DEPARTMENT)
    assert UNSURE.refuses(command, plan=a_plan()).code == "copy_without_disposition"
