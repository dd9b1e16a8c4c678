"""Who is told what (R16, R24, 条例 art. 15)."""

from dataclasses import replace

import pytest

from domain.actor import HOTLINE
from domain.case import Events
from domain.clock import ClockName
from domain.commands import (
    Command,
    Consult,
    CountRepeat,
    DecideApproval,
    DecideExtension,
    DecideObjection,
    Escalate,
    IssueOpinion,
    OrderCoHandling,
    ReportCoHandling,
    ReportSettlement,
    RequestExtension,
    Separate,
    StateInConsultation,
    Supervise,
    Supplement,
    Withdraw,
)
from domain.events import ComplainantContacted, Event, NotReached, ProgressReported, ReportedIn, SignedIn
from domain.grounds import ExtensionGround, Level, OpinionKind, Takes
from domain.notices import Notice, notices
from domain.taking_up import triaged
from tests.domain.building import (
    ANGRY,
    CONTENT,
    EXPLAINED,
    NOT_MY_DUTY,
    NOT_REACHED,
    RESOLVED,
    By,
    Given,
    a_complaint,
    a_handled_complaint,
)
from tests.domain.city import (
    BUREAU,
    CITY,
    DEPARTMENT,
    DISTRICT,
    MONDAY,
    OTHER_DEPARTMENT,
    OTHER_TICKET,
    PLATFORM,
    SEAT,
    STREET,
    a_near,
    a_plan,
    a_triage,
)

HANDLED = a_handled_complaint()
REPORTED = HANDLED.reported()


def _told(given: Given, command: Command, by: By = SEAT) -> dict[str, list[str]]:
    """The audiences of each kind of notice that `command` leads to."""
    return _audiences(given, given.decides(command, by))


def _audiences(given: Given, happened: Events) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for notice in notices(happened, given.happened(happened).state):
        told.setdefault(notice.kind, []).append(notice.audience)
    return told


def test_r16_a_dispatch_to_a_street_is_told_to_street_district_and_complainant() -> None:
    given = a_complaint()
    happened = triaged(given.state, a_triage(), MONDAY)
    assert _audiences(given, happened) == {"Dispatched": [STREET, DISTRICT, "complainant"]}


def test_a_dispatch_to_a_department_is_told_to_no_district() -> None:
    given = a_complaint()
    happened = triaged(given.state, a_triage(a_plan(unit=DEPARTMENT)), MONDAY)
    assert _audiences(given, happened) == {"Dispatched": [DEPARTMENT, "complainant"]}


def test_r12_a_repeat_is_told_to_the_complainant() -> None:
    given = a_complaint()
    happened = triaged(given.state, a_triage(near=a_near(is_open=False)), MONDAY)
    assert _audiences(given, happened)["RepeatLinked"] == ["complainant"]


def test_r15_a_seat_is_asked_through_the_hotline_centre() -> None:
    given = a_complaint()
    happened = triaged(given.state, a_triage(confidence=0), MONDAY)
    assert _audiences(given, happened) == {"ConfirmationAsked": ["centre"]}


def test_r24_a_report_is_told_to_complainant_and_hotline_centre() -> None:
    assert _told(HANDLED, RESOLVED, STREET) == {"ReportedDone": ["centre", "complainant"]}


def test_art_15_an_extension_is_asked_of_the_centre() -> None:
    asked = RequestExtension(ExtensionGround.COMPLEX, days=3)
    assert _told(HANDLED, asked, STREET) == {"ExtensionAsked": ["centre"]}


def test_art_15_a_granted_extension_is_told_to_unit_and_complainant() -> None:
    told = _told(HANDLED.asked_for(days=3), DecideExtension(granted=True))
    assert told == {"ExtensionGranted": [STREET, "complainant"]}


def test_a_denied_extension_is_told_to_the_unit_alone() -> None:
    told = _told(HANDLED.asked_for(days=3), DecideExtension(granted=False))
    assert told == {"ExtensionDenied": [STREET]}


def test_an_objection_is_told_to_the_bureau_that_arbitrates_and_the_centre_that_receives() -> None:
    assert _told(HANDLED, NOT_MY_DUTY, STREET) == {"Objected": ["bureau", "centre"]}


def test_a_rejected_objection_is_told_to_the_unit() -> None:
    assert _told(HANDLED.objected(), DecideObjection(upheld=False), BUREAU) == {"ObjectionRejected": [STREET]}


def test_an_upheld_objection_is_told_to_the_unit_that_it_relieves_and_to_the_next() -> None:
    given, plan = HANDLED.objected(), a_plan(unit=DEPARTMENT)
    happened = given.decides(DecideObjection(True, DEPARTMENT), BUREAU, plan=plan)
    told = _audiences(given, happened)
    assert told == {"ObjectionUpheld": [STREET], "Dispatched": [DEPARTMENT, "complainant"]}


def test_supervision_is_told_to_the_lead_and_the_district_that_supervises() -> None:
    assert _told(HANDLED, Supervise(), BUREAU) == {"Supervised": [STREET, DISTRICT]}


def test_r27_the_silence_of_a_whistled_unit_is_told_to_the_district() -> None:
    given = HANDLED.whistled_for(DEPARTMENT)
    happened = given.rings(given.due_of(ClockName.REPORT_IN, DEPARTMENT))
    assert DISTRICT in _audiences(given, happened)["Supervised"]


def test_r26_each_co_handler_is_told_for_itself() -> None:
    told = _told(HANDLED, OrderCoHandling((DEPARTMENT, OTHER_DEPARTMENT)), STREET)
    assert told == {"CoHandlerJoined": [DEPARTMENT, OTHER_DEPARTMENT]}


def test_r26_a_co_handlers_report_goes_to_the_lead_unit() -> None:
    given = HANDLED.co_handled_by(DEPARTMENT)
    assert _told(given, ReportCoHandling(finished=True), DEPARTMENT) == {"CoHandlerReported": [STREET]}


@pytest.mark.parametrize(("level", "to"), [(Level.DISTRICT, DISTRICT), (Level.MUNICIPALITY, CITY)])
def test_r28_an_escalation_is_told_to_the_government_that_owes_an_opinion(level: Level, to: str) -> None:
    assert _told(HANDLED, Escalate(level), STREET) == {"Escalated": [to, STREET]}


def test_r28_an_opinion_is_told_to_the_lead_unit() -> None:
    given = HANDLED.escalated_to(Level.DISTRICT)
    assert _told(given, IssueOpinion(OpinionKind.PRESS), DISTRICT) == {"OpinionIssued": [STREET]}


def test_a_supplement_is_told_to_the_lead_unit() -> None:
    assert _told(HANDLED, Supplement()) == {"Supplemented": [STREET]}


def test_r32_the_next_attempt_is_told_to_the_centre_and_the_form_to_the_complainant() -> None:
    on_the_day = REPORTED.later(days=1)
    assert _told(on_the_day, NOT_REACHED) == {"CallbackPlanned": ["centre"]}
    last = REPORTED.answered(NOT_REACHED).answered(NOT_REACHED).later(days=1)
    assert _told(last, NOT_REACHED) == {"CallbackFormSent": ["complainant"]}


def test_a_missed_callback_is_told_to_the_centre_and_the_bureau_over_it() -> None:
    happened = REPORTED.rings(REPORTED.due_of(ClockName.CALLBACK, "1"))
    assert _audiences(REPORTED, happened)["CallbackMissed"] == ["centre", "bureau"]


def test_a_rework_is_told_to_the_lead_unit() -> None:
    assert _told(REPORTED, ANGRY) == {"ReworkOrdered": [STREET]}


def test_the_end_is_told_to_lead_unit_and_complainant() -> None:
    assert _told(REPORTED, CONTENT) == {"Closed": [STREET, "complainant"]}


def test_r26_the_end_is_told_to_every_co_handler() -> None:
    given = HANDLED.co_handled_by(DEPARTMENT, OTHER_DEPARTMENT).after(ReportCoHandling(finished=True), DEPARTMENT)
    assert _told(given, Withdraw()) == {"Closed": [STREET, "complainant", DEPARTMENT, OTHER_DEPARTMENT]}


def test_nobody_without_a_name_is_told() -> None:
    assert _told(a_complaint(), Withdraw()) == {"Closed": ["complainant"]}


def test_the_same_notice_goes_to_the_same_audience_once_a_step() -> None:
    given = a_complaint().dispatched_to(STREET)
    happened = given.rings("2026-03-09 10:00")
    told = notices(happened, given.happened(happened).state)
    assert len(told) == len(set(told))
    assert told.count(Notice("ClockRang", STREET)) == 1


@pytest.mark.parametrize(
    "event",
    [
        SignedIn(STREET),
        ComplainantContacted(reached=True),
        ProgressReported(STREET),
        ReportedIn(DEPARTMENT),
        NotReached(1),
    ],
)
def test_what_nobody_has_to_act_on_is_told_to_nobody(event: Event) -> None:
    assert notices((event,), HANDLED.state) == ()


CONSULTING = a_complaint().consulting(STREET, DEPARTMENT)
WAITING = a_complaint().joined_to(OTHER_TICKET)
OFFERED = a_complaint().before(PLATFORM)


def test_r18_a_consultation_is_told_to_the_centre_and_its_parties() -> None:
    told = _told(a_complaint().unsure(), Consult((STREET, DEPARTMENT)))
    assert told == {"ConsultationOpened": ["centre", STREET, DEPARTMENT]}


def test_r18_what_a_party_says_is_told_to_the_centre() -> None:
    assert _told(CONSULTING, StateInConsultation(Takes.LEAD), STREET) == {"ConsultationStated": ["centre"]}


def test_r18_a_consultation_that_failed_is_told_to_the_bureau() -> None:
    happened = CONSULTING.rings("2026-03-04 00:00")
    assert _audiences(CONSULTING, happened)["ConsultationFailed"] == ["bureau"]


def test_r13_who_is_joined_and_who_is_separated_is_told() -> None:
    given = a_complaint()
    happened = triaged(given.state, a_triage(near=a_near(is_open=True)), MONDAY)
    assert _audiences(given, happened) == {"Joined": ["complainant"]}
    assert _told(WAITING, Separate())["Separated"] == ["centre", "complainant"]


def test_r13_the_lead_unit_is_told_of_every_repeat() -> None:
    assert _told(HANDLED, CountRepeat(OTHER_TICKET, True, False), HOTLINE) == {"RepeatCounted": [STREET]}


def test_r07_an_offer_and_its_failure_are_told_to_complainant_and_platform() -> None:
    given = a_complaint()
    happened = triaged(given.state, replace(a_triage(), against=PLATFORM), MONDAY)
    assert _audiences(given, happened) == {"SettlementOffered": ["complainant", PLATFORM]}
    assert "complainant" in _told(OFFERED, ReportSettlement(settled=False), PLATFORM)["SettlementFailed"]


def test_r07_a_settlement_is_told_to_centre_and_complainant() -> None:
    assert _told(OFFERED, ReportSettlement(settled=True), PLATFORM) == {"Settled": ["centre", "complainant"]}


def test_r25_what_waits_for_approval_is_told_to_the_centre_and_its_denial_to_the_unit() -> None:
    assert _told(HANDLED, EXPLAINED, STREET) == {"ApprovalAsked": ["centre"]}
    assert _told(HANDLED.reported(EXPLAINED), DecideApproval(approved=False)) == {"ApprovalDenied": [STREET]}
