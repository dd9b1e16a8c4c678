"""What government has to know, how closely a case is watched, and abuse (R6, R14, R30; 条例 art. 29, 37)."""

from dataclasses import replace

import pytest

from domain.actor import Actor
from domain.catalogue import NotDispatched
from domain.commands import Dissuade, ReportRisk, SignIn
from domain.events import Classified, Closed, Dissuaded, RiskReported, SupervisionRaised
from domain.grounds import Measure, Risk
from domain.lifecycle import Stage
from domain.notices import CENTRE, Notice, notices
from domain.taking_up import triaged
from domain.triage import Triage
from tests.domain.building import Given, a_complaint, a_handled_complaint, kinds
from tests.domain.city import (
    BUREAU,
    CITY,
    DEPARTMENT,
    DISTRICT,
    MONDAY,
    OTHER_TICKET,
    PLATFORM,
    SEAT,
    STREET,
    a_near,
    a_plan,
    a_triage,
    actor,
    an_item,
)

HANDLED = a_handled_complaint()
NOT_SENT = a_triage(a_plan(an_item(not_dispatched=NotDispatched.TRANSFERRED, channel="119")))
DISPOSITIONS: dict[str, Triage] = {
    "dispatched": a_triage(),
    "transferred": NOT_SENT,
    "answered": a_triage(answered=True),
    "stated by a seat": replace(a_triage(), disposition=NotDispatched.STATUTORY_CHANNEL),
    "joined": a_triage(near=a_near(is_open=True)),
    "told its result": a_triage(near=a_near(is_open=False)),
    "put to a seat": a_triage(confidence=0),
    "before a platform": replace(a_triage(), against=PLATFORM),
}
OPEN: dict[str, Given] = {
    "received": a_complaint(),
    "confirmation": a_complaint().unsure(),
    "consultation": a_complaint().consulting(STREET, DEPARTMENT),
    "settlement": a_complaint().before(PLATFORM),
    "joined": a_complaint().joined_to(OTHER_TICKET),
    "objection": HANDLED.objected(),
    "handling": HANDLED,
    "callback": HANDLED.reported(),
}
IN_EVERY_STAGE = pytest.mark.parametrize("given", OPEN.values(), ids=OPEN)


def _levels(given: Given, triage: Triage) -> list[SupervisionRaised]:
    found = triaged(given.state, triage, MONDAY)
    return [event for event in found if isinstance(event, SupervisionRaised)]


# risks


@pytest.mark.parametrize("triage", DISPOSITIONS.values(), ids=DISPOSITIONS)
def test_r14_a_risk_is_reported_to_government_before_anything_else_whatever_the_disposition(triage: Triage) -> None:
    happened = triaged(a_complaint().state, replace(triage, risks=(Risk.EMERGENCY, Risk.STABILITY)), MONDAY)
    assert isinstance(happened[0], Classified)
    assert happened[1:3] == (
        RiskReported(Risk.EMERGENCY, (DISTRICT, CITY)),
        RiskReported(Risk.STABILITY, (DISTRICT, CITY)),
    )


@pytest.mark.parametrize("triage", DISPOSITIONS.values(), ids=DISPOSITIONS)
def test_r14_a_risk_changes_no_disposition(triage: Triage) -> None:
    with_risk = triaged(a_complaint().state, replace(triage, risks=(Risk.STABILITY,)), MONDAY)
    without = triaged(a_complaint().state, triage, MONDAY)
    assert [event for event in with_risk if not isinstance(event, RiskReported)] == list(without)


def test_r14_both_governments_and_the_centre_are_told_with_the_step_that_found_it() -> None:
    happened = triaged(a_complaint().state, replace(NOT_SENT, risks=(Risk.EMERGENCY,)), MONDAY)
    told = notices(happened, a_complaint().happened(happened).state)
    assert {Notice("RiskReported", audience) for audience in (DISTRICT, CITY, CENTRE)} <= set(told)


def test_r14_where_no_district_is_known_the_municipality_is_told() -> None:
    nowhere = a_complaint(district="", street="")
    plan = a_plan(district="", street="")
    happened = triaged(nowhere.state, replace(a_triage(plan), risks=(Risk.STABILITY,)), MONDAY)
    assert RiskReported(Risk.STABILITY, (CITY,)) in happened


@IN_EVERY_STAGE
def test_r14_whoever_sees_a_risk_reports_it_at_any_time_and_moves_nothing(given: Given) -> None:
    happened = given.decides(ReportRisk(Risk.STABILITY), SEAT)
    assert happened == (RiskReported(Risk.STABILITY, (DISTRICT, CITY)),)
    assert given.happened(happened).state == given.state


@pytest.mark.parametrize("by", [SEAT, actor(STREET), actor(DEPARTMENT), BUREAU], ids=lambda by: by.name)
def test_r14_one_report_too_many_does_no_harm(by: Actor) -> None:
    once = HANDLED.after(ReportRisk(Risk.EMERGENCY), by)
    assert kinds(once.decides(ReportRisk(Risk.EMERGENCY), by)) == [RiskReported]


# supervision


@pytest.mark.parametrize("mark", ["sensitive_words", "group"])
def test_r30_a_mark_on_its_words_raises_the_level_from_the_start(mark: str) -> None:
    assert _levels(a_complaint(), replace(a_triage(), marks=(mark,))) == [SupervisionRaised(1, mark)]


@pytest.mark.parametrize(("earlier", "raised"), [(0, False), (2, False), (3, True), (7, True)])
def test_r30_a_third_repeat_raises_it(earlier: int, raised: bool) -> None:
    assert bool(_levels(a_complaint(), replace(a_triage(), repeats=earlier))) is raised


def test_r30_each_cause_raises_it_by_one() -> None:
    triage = replace(a_triage(), marks=("sensitive_words", "group"), repeats=3)
    assert [(each.level, each.cause) for each in _levels(a_complaint(), triage)] == [
        (1, "sensitive_words"),
        (2, "group"),
        (3, "third_repeat"),
    ]


def test_r30_the_level_stays_on_the_complaint() -> None:
    assert a_complaint().triaged(replace(a_triage(), marks=("group",))).state.supervision_level == 1


def test_r30_an_ordinary_matter_has_no_level() -> None:
    assert a_complaint().triaged(a_triage()).state.supervision_level == 0


@pytest.mark.parametrize(
    ("level", "told"),
    [(1, [CENTRE, STREET]), (2, [CENTRE, STREET, DISTRICT]), (3, [CENTRE, STREET, DISTRICT, CITY])],
)
def test_r30_the_higher_the_level_the_more_watch(level: int, told: list[str]) -> None:
    found = notices((SupervisionRaised(level, "group"),), HANDLED.state)
    assert [notice.audience for notice in found] == told


# abuse


@pytest.mark.parametrize("measure", list(Measure))
@IN_EVERY_STAGE
def test_r06_abuse_is_answered_and_recorded_and_the_complaint_goes_its_way(given: Given, measure: Measure) -> None:
    happened = given.decides(Dissuade(measure))
    assert happened == (Dissuaded(measure),)
    assert given.happened(happened).state == given.state


def test_r06_nobody_is_blocked_not_even_after_the_police_was_told() -> None:
    dissuaded = a_complaint().dispatched_to(STREET)
    for measure in Measure:
        dissuaded = dissuaded.after(Dissuade(measure))
    assert dissuaded.after(SignIn(), STREET).state.signed_in
    assert a_complaint().triaged(a_triage()).state.stage is Stage.HANDLING


def test_r12_abuse_alone_is_told_and_not_dispatched() -> None:
    item = an_item(not_dispatched=NotDispatched.UNLAWFUL)
    closed = triaged(a_complaint().state, a_triage(a_plan(item)), MONDAY)[-1]
    assert isinstance(closed, Closed)
    assert closed.outcome.value == "unlawful"
