"""The duty to keep an answer true: when its owner hears of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from domain.actor import HOTLINE
from domain.bell import Bell, BellKind, heard
from domain.calendar import BEIJING
from domain.knowledge import Knowledge, KnowledgeLimits, KnowledgeState, review_bells, review_dates

LIMITS = KnowledgeLimits(answer_from=550, warning_days=14, press_days=7, review_days=400)
KEPT = datetime(2026, 11, 22, 9, tzinfo=BEIJING)
ANSWER = Knowledge(
    "K-01", 1, "210106", "D-GAJ", ("怎么办",), "这样办。", date(2027, 1, 31), KnowledgeState.IN_FORCE, KEPT, HOTLINE
)


def at(month: int, day: int) -> datetime:
    """Midnight of a day of 2027 in Beijing."""
    return datetime(2027, month, day, tzinfo=BEIJING)


def test_r45_an_answer_is_overdue_from_the_day_after_its_review_date() -> None:
    assert not ANSWER.is_overdue(date(2027, 1, 31))
    assert ANSWER.is_overdue(date(2027, 2, 1))


def test_r45_a_withdrawn_answer_is_never_overdue() -> None:
    assert not replace(ANSWER, state=KnowledgeState.WITHDRAWN).is_overdue(date(2030, 1, 1))


def test_r45_its_owner_hears_ahead_when_it_is_overdue_and_every_week_from_then_on() -> None:
    assert list(islice(review_bells(ANSWER, LIMITS), 4)) == [
        Bell(at(1, 18), BellKind.REVIEW_DUE),
        Bell(at(2, 1), BellKind.REVIEW_OVERDUE),
        Bell(at(2, 8), BellKind.REVIEW_OVERDUE),
        Bell(at(2, 15), BellKind.REVIEW_OVERDUE),
    ]


def test_r45_who_has_just_set_a_near_date_is_not_warned_of_it() -> None:
    near = replace(ANSWER, review_on=date(2026, 11, 25))
    assert next(review_bells(near, LIMITS)).kind is BellKind.REVIEW_OVERDUE


def test_r45_a_withdrawn_answer_rings_no_bell() -> None:
    assert list(review_bells(replace(ANSWER, state=KnowledgeState.WITHDRAWN), LIMITS)) == []


def test_r45_a_review_is_set_to_a_day_between_tomorrow_and_the_limit() -> None:
    assert review_dates(date(2026, 11, 22), LIMITS) == (date(2026, 11, 23), date(2027, 12, 27))


def test_before_its_first_bell_nothing_is_due() -> None:
    assert heard(review_bells(ANSWER, LIMITS), None, KEPT) == (None, Bell(at(1, 18), BellKind.REVIEW_DUE))


def test_a_bell_is_due_at_its_very_instant_and_once() -> None:
    first, second = Bell(at(1, 18), BellKind.REVIEW_DUE), Bell(at(2, 1), BellKind.REVIEW_OVERDUE)
    assert heard(review_bells(ANSWER, LIMITS), None, at(1, 18)) == (first, second)
    assert heard(review_bells(ANSWER, LIMITS), at(1, 18), at(1, 18)) == (None, second)
    assert heard(review_bells(ANSWER, LIMITS), at(1, 18), at(1, 18) + timedelta(days=1)) == (None, second)


def test_of_bells_that_nobody_heard_only_the_last_is_rung() -> None:
    due, following = heard(review_bells(ANSWER, LIMITS), None, at(2, 9))
    assert due == Bell(at(2, 8), BellKind.REVIEW_OVERDUE)
    assert following == Bell(at(2, 15), BellKind.REVIEW_OVERDUE)


def test_what_rings_no_more_is_over() -> None:
    assert heard(iter(()), None, KEPT) == (None, None)
