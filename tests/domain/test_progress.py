"""R4: what a complainant is told of their own complaint, and what never."""

from datetime import datetime, timedelta

from domain import events
from domain.actor import HOTLINE
from domain.calendar import BEIJING
from domain.catalogue import DayKind, Tier
from domain.grounds import Matter, Measure, Risk, Takes
from domain.journal import FIRST_HASH, Row, chained
from domain.lifecycle import Stage
from domain.outcome import DoneAs, Outcome
from domain.progress import OUTCOMES, STAGES, Deadlines, deadlines, told

START = datetime(2026, 11, 23, 9, tzinfo=BEIJING)
DUE, LATER = START + timedelta(days=7), START + timedelta(days=12)
CONTACT, CALL = START + timedelta(days=1), START + timedelta(days=3)
SENT = events.Dispatched(
    lead="110105012",
    copy_to="110105",
    designated=False,
    since=START,
    policy="p",
    tier=Tier.DAYS_7,
    day_kind=DayKind.ELAPSED,
    due=DUE,
    provisional=False,
    around_clock=False,
    sign_in_due=START + timedelta(hours=2),
    contact_due=CONTACT,
    objection_until=None,
    reminders=(),
    escalation_at=DUE + timedelta(days=7),
)
ASKED = events.ExtensionAsked("5wd", "weather", START + timedelta(days=1))
GRANTED = events.ExtensionGranted(DUE, "5wd", False, LATER, False, (), LATER + timedelta(days=7))
DONE = events.ReportedDone(DoneAs.RESOLVED, (), CALL, CALL + timedelta(hours=2))
INTERNAL = (
    events.ConfirmationAsked("confidence", DUE),
    events.ClassificationConfirmed("010105", "110105", "110105012", True, "p"),
    events.ClockRang("reminder", "50", DUE),
    events.Supervised("sign_in_overdue"),
    events.DecisionPressed("opinion", DUE),
    events.Objected("110105012", "not_my_duty", DUE),
    events.ObjectionRejected(DUE),
    events.ObjectionUpheld("110105012", ()),
    ASKED,
    events.ExtensionDenied(False),
    events.CoHandlerJoined("D-ZJW", DUE, None),
    events.ReportedIn("D-ZJW"),
    events.CoHandlerReported("D-ZJW", True),
    events.Escalated("district", "110105", "overdue", DUE, None),
    events.OpinionIssued("district", "110105", "press", "110105012"),
    events.CallbackMissed(1),
    events.ConsultationOpened(("110105012", "D-ZJW"), DUE),
    events.ConsultationStated("D-ZJW", Takes.NOTHING),
    events.ConsultationFailed(DUE),
    events.ConsultationDecided(True),
    events.ReportInRefused("D-ZJW"),
    events.ApprovalAsked(Matter.EXPLANATION, "unsolvable", 1, False, DUE),
    events.ApprovalGiven(Matter.EXPLANATION),
    events.ApprovalDenied(Matter.TERMINATION),
    events.EmergencyNoted("E-1", "24h", False),
    events.RiskReported(Risk.STABILITY, ("110105",)),
    events.SupervisionRaised(2, "group"),
    events.Dissuaded(Measure.CRITICISED),
    events.RepeatCounted("20261123-00000002", False, True),
    events.RepeatLeft("20261123-00000002"),
)


def rows(*happened: events.Event) -> tuple[Row, ...]:
    """A journal in which each event is a step of its own."""
    found: list[Row] = []
    for place, event in enumerate(happened):
        head = found[-1].hash if found else FIRST_HASH
        found += chained("20261123-00000001", place, head, f"step-{place}", HOTLINE, START, (event,))
    return tuple(found)


def sentences(*happened: events.Event) -> list[str]:
    """What is told of those events."""
    return [each.told for each in told(rows(*happened), lambda code: {"110105012": "麦子店街道"}.get(code, code))]


def test_r04_every_stage_and_every_outcome_has_words() -> None:
    assert STAGES.keys() == set(Stage)
    assert OUTCOMES.keys() == set(Outcome)
    assert all(words for words in (*STAGES.values(), *OUTCOMES.values()))


def test_r04_what_units_and_seats_settle_among_themselves_is_not_told() -> None:
    assert sentences(*INTERNAL) == []


def test_r04_the_way_is_told_from_dispatch_to_the_end() -> None:
    happened = (
        SENT,
        events.SignedIn("110105012"),
        events.ComplainantContacted(True),
        events.ProgressReported("110105012"),
        DONE,
        events.Closed(Outcome.RESOLVED, True, ("overdue",)),
    )
    assert sentences(*happened) == [
        "已派单至麦子店街道办理，办理时限 2026-11-30 09:00",
        "麦子店街道已签收",
        "承办单位已与您联系",
        "麦子店街道报告了阶段进展",
        "承办单位报告已办结，热线中心将于 2026-11-26 09:00 起回访",
        "已办结：已解决",
    ]


def test_an_extension_is_told_with_its_reason_once_it_is_granted() -> None:
    assert sentences(ASKED, GRANTED) == ["因天气原因，办理时限延至 2026-12-05 09:00"]


def test_r24_only_the_words_of_a_report_are_the_complainants_to_read() -> None:
    told_all = told(rows(SENT, events.ProgressReported("110105012"), DONE, events.Supplemented()), str)
    assert [each.result for each in told_all if each.result] == ["step-2"]


def test_r25_the_words_of_an_explanation_are_the_units_and_not_those_of_its_approval() -> None:
    asked = events.ApprovalAsked(Matter.EXPLANATION, "unsolvable", 1, False, DUE)
    explained = events.ReportedDone(DoneAs.EXPLAINED, (), CALL, CALL + timedelta(hours=2))
    happened = rows(SENT, asked, events.ApprovalGiven(Matter.EXPLANATION), explained)
    assert [(each.told[:11], each.result) for each in told(happened, str)][1:] == [("承办单位说明：客观上暂", "step-1")]


def test_r13_another_complainants_ticket_number_is_not_told() -> None:
    for same, told_number in ((True, True), (False, False)):
        (sentence,) = sentences(events.Joined("20261122-00000009", same, False, 990, DUE))
        assert ("20261122-00000009" in sentence) == told_number


def test_r13_the_end_of_what_it_was_joined_to_is_told() -> None:
    assert sentences(events.MainEnded("20261122-00000009", Outcome.RESOLVED)) == ["合并办理的事项已办结：已解决"]


def test_r07_a_settlement_is_told_from_offer_to_failure() -> None:
    offer = events.SettlementOffered("P-DS", "110105012", "110105", "p", Tier.DAYS_7, CALL)
    settled, failed = events.Settled("P-DS", CALL, CALL), events.SettlementFailed("P-DS")
    assert [sentence[:6] for sentence in sentences(offer, settled, failed)] == ["已转P-DS", "P-DS报告", "未能协商解决"]
    assert deadlines(rows(offer)) == Deadlines(CALL)
    assert deadlines(rows(offer, settled)) == Deadlines(callback_at=CALL)


def test_a_call_that_is_due_on_expiry_leaves_the_limit_where_it_is() -> None:
    planned, form = events.CallbackPlanned(1, CALL, CALL), events.CallbackFormSent(LATER)
    closed_form = events.ClockRang("callback_form", "", LATER)
    assert deadlines(rows(SENT, planned)) == Deadlines(DUE, CONTACT, callback_at=CALL)
    assert deadlines(rows(SENT, planned, form)) == Deadlines(DUE, CONTACT, form_until=LATER)
    assert deadlines(rows(SENT, planned, form, closed_form)) == Deadlines(DUE, CONTACT)


def test_a_new_calendar_moves_the_deadline_that_is_shown() -> None:
    moved = events.Replanned("q", LATER, False, (), LATER)
    assert deadlines(rows(SENT, moved)) == Deadlines(LATER, CONTACT)
    assert sentences(moved) == ["放假安排公布，办理时限调整为 2026-12-05 09:00"]


def test_every_event_is_either_told_or_internal_on_purpose() -> None:
    told_kinds = {
        "AnsweredAtOnce NotDispatchedTold RepeatLinked Joined Separated MainEnded SettlementOffered SettlementFailed",
        "Settled Dispatched SignedIn ComplainantContacted ProgressReported ExtensionGranted Replanned Supplemented",
        "ReportedDone NotReached CallbackFormSent CalledBack ReworkOrdered Closed",
    }
    silent = {"Classified", "CallbackPlanned"}
    internal = {type(event).__name__ for event in INTERNAL}
    assert internal | silent | {kind for line in told_kinds for kind in line.split()} == set(events.EVENTS)


def test_r04_the_deadlines_are_those_that_run() -> None:
    contacted, form = events.ComplainantContacted(True), events.CallbackFormSent(LATER)
    assert deadlines(rows()) == Deadlines()
    assert deadlines(rows(SENT)) == Deadlines(DUE, CONTACT)
    assert deadlines(rows(SENT, events.ComplainantContacted(False))) == Deadlines(DUE, CONTACT)
    assert deadlines(rows(SENT, contacted)) == Deadlines(DUE)
    assert deadlines(rows(SENT, contacted, ASKED, GRANTED)) == Deadlines(LATER)
    assert deadlines(rows(SENT, contacted, DONE)) == Deadlines(callback_at=CALL)
    assert deadlines(rows(SENT, DONE, form)) == Deadlines(form_until=LATER)
    assert deadlines(rows(SENT, DONE, events.Closed(Outcome.RESOLVED, True, ()))) == Deadlines()
