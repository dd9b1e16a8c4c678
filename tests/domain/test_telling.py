"""Each event told in Chinese, for the people who read a timeline."""

import re
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from domain.answers import Resolved, Satisfied
from domain.catalogue import NotDispatched
from domain.clock import ClockName
from domain.events import (
    ApprovalAsked,
    ApprovalDenied,
    ApprovalGiven,
    CallbackPlanned,
    CalledBack,
    Classified,
    ClockRang,
    Closed,
    ConfirmationAsked,
    ConsultationStated,
    DecisionPressed,
    Dispatched,
    Dissuaded,
    EmergencyNoted,
    Escalated,
    Event,
    ExtensionAsked,
    NotDispatchedTold,
    OpinionIssued,
    ReportedDone,
    RiskReported,
    SupervisionRaised,
)
from domain.grounds import Level, Matter, Measure, OpinionKind, Risk, Takes
from domain.outcome import DoneAs, Outcome
from domain.span import SpanUnit
from domain.telling import tell
from domain.triage import Kind, Unclear
from tests.domain.building import the
from tests.domain.city import CITY, DISTRICT, MONDAY, STREET, book
from tests.domain.samples import EVENT_SAMPLES

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z_]")


def _told(event: Event) -> str:
    return tell(event, book().name_of)


@pytest.mark.parametrize("event", EVENT_SAMPLES, ids=lambda event: type(event).__name__)
def test_every_event_is_told_in_chinese(event: Event) -> None:
    told = _told(event)
    assert CHINESE.search(told)
    assert type(event).__name__ not in told


EVERY_CODE: tuple[Event, ...] = (
    *(ClockRang(name, "", MONDAY) for name in ClockName),
    *(DecisionPressed(name, MONDAY) for name in ClockName),
    *(Closed(outcome, True, ()) for outcome in Outcome),
    *(Classified(kind, "010101", DISTRICT, STREET, False, 900, "model-1", "v1") for kind in Kind),
    *(
        ConfirmationAsked(why, MONDAY)
        for why in ("confidence", "separated", "main_withdrawn", "joined_to_each_other", *Unclear)
    ),
    *(RiskReported(risk, (DISTRICT, CITY)) for risk in Risk),
    *(SupervisionRaised(1, cause) for cause in ("sensitive_words", "group", "third_repeat")),
    *(Dissuaded(measure) for measure in Measure),
    *(ConsultationStated(STREET, takes) for takes in Takes),
    *(ApprovalAsked(matter, "unsolvable", 1, False, MONDAY) for matter in Matter),
    *(ApprovalGiven(matter) for matter in Matter),
    *(ApprovalDenied(matter) for matter in Matter),
    EmergencyNoted("1", "", deferred=True),
    *(NotDispatchedTold(disposition, "市场渠道") for disposition in NotDispatched),
    *(Escalated(level, DISTRICT, "overdue", MONDAY, None) for level in Level),
    *(OpinionIssued("district", CITY, opinion, STREET) for opinion in OpinionKind),
    *(CalledBack(True, resolved, Satisfied.SATISFIED, False) for resolved in Resolved),
    *(CalledBack(True, Resolved.YES, satisfied, True) for satisfied in Satisfied),
    *(ExtensionAsked(f"2{unit}", "weather", MONDAY) for unit in SpanUnit),
    *(ReportedDone(done_as, (), MONDAY, MONDAY) for done_as in DoneAs),
)


@pytest.mark.parametrize("event", EVERY_CODE, ids=str)
def test_no_code_is_told_where_people_expect_a_word(event: Event) -> None:
    assert not LATIN.search(_told(event))


FAMILIES: dict[str, tuple[Event, ...]] = {
    "outcomes": tuple(Closed(outcome, True, ()) for outcome in Outcome),
    "types": tuple(event for event in EVERY_CODE if isinstance(event, Classified)),
    "clocks": tuple(ClockRang(name, "", MONDAY) for name in ClockName),
    "opinions": tuple(event for event in EVERY_CODE if isinstance(event, OpinionIssued)),
    "risks": tuple(event for event in EVERY_CODE if isinstance(event, RiskReported)),
    "causes": tuple(event for event in EVERY_CODE if isinstance(event, SupervisionRaised)),
    "measures": tuple(event for event in EVERY_CODE if isinstance(event, Dissuaded)),
    "statements": tuple(event for event in EVERY_CODE if isinstance(event, ConsultationStated)),
    "approvals": tuple(event for event in EVERY_CODE if isinstance(event, ApprovalGiven | ApprovalDenied)),
    "answers": tuple(CalledBack(True, yes, happy, False) for yes in Resolved for happy in Satisfied),
}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=list(FAMILIES))
def test_two_codes_of_one_family_are_told_apart(family: tuple[Event, ...]) -> None:
    assert len({_told(event) for event in family}) == len(family)


def test_r16_a_dispatch_names_the_unit_the_copy_and_the_deadline() -> None:
    assert _told(the(EVENT_SAMPLES, Dispatched)) == "派单至麦子店街道，抄送朝阳区，办理时限 03-02 10:00"


def test_a_designation_is_told_as_one() -> None:
    told = _told(replace(the(EVENT_SAMPLES, Dispatched), designated=True, copy_to=""))
    assert told == "指定麦子店街道，办理时限 03-02 10:00"


def test_instants_are_told_in_beijing_time() -> None:
    assert "03-02 10:00" in _told(ClockRang("handling", "", MONDAY.astimezone(UTC)))


def test_r25_an_explanation_is_not_told_as_a_solution() -> None:
    explained, resolved = (_told(ReportedDone(as_, (), MONDAY, MONDAY)) for as_ in (DoneAs.EXPLAINED, DoneAs.RESOLVED))
    assert "无法解决" in explained
    assert "无法解决" not in resolved


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("5wd", "5 个工作日"),
        ("10wd", "10 个工作日"),
        ("3d", "3 天"),
        ("24h", "24 小时"),
        ("2sh", "2 个工作小时"),
        ("30m", "30 分钟"),
    ],
)
def test_art_15_a_length_of_time_is_told_in_words(amount: str, told: str) -> None:
    asked = _told(ExtensionAsked(amount, "weather", MONDAY))
    assert asked == f"申请延期 {told}，03-02 10:00 前审批"


@pytest.mark.parametrize(("channel", "told"), [("市场渠道", "（市场渠道）"), ("", "")])
def test_r12_a_channel_is_told_only_where_there_is_one(channel: str, told: str) -> None:
    bare = f"不派单：{_told(Closed(Outcome.OUTSIDE_DUTY, False, ())).removeprefix('办结：')}"
    assert _told(NotDispatchedTold(NotDispatched.OUTSIDE_DUTY, channel)) == bare + told


def test_r32_a_callback_is_told_with_the_hour_at_which_it_begins() -> None:
    assert _told(CallbackPlanned(2, MONDAY, MONDAY + timedelta(hours=2))) == "第 2 次回访定于 03-02 10:00"
