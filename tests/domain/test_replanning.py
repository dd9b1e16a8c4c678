"""A year's calendar is published, and limits that leaned on a guess of it are counted again (R22, rules §5)."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.actor import HOTLINE
from domain.calendar import Calendar
from domain.catalogue import DayKind, Tier
from domain.clock import ClockName
from domain.commands import IssueOpinion, Replan
from domain.events import ClockRang, Replanned, Supervised
from domain.grounds import Level, OpinionKind
from domain.lifecycle import Stage
from domain.notices import notices
from domain.refusal import Refusal
from tests.domain.building import ANGRY, Given, a_complaint, kinds
from tests.domain.city import (
    CITY,
    DEPARTMENT,
    DISTRICT,
    STREET,
    a_plan,
    calendar,
    known_in,
    terms,
    when,
)

START = when("2025-12-24 10:00")
"""Seven working days from here end on 2 January as far as 2025 knows, and on 5 January as it was published."""
NEW_YEAR = Replan("v2")


def _dispatched(under: Calendar, *, kind: DayKind = DayKind.WORKING_DAYS, tier: Tier = Tier.DAYS_7) -> Given:
    pinned = replace(terms(tier, kind), calendar=under)
    return a_complaint(pinned, at=START).dispatched_to(STREET).signed_in().contacted()


def _replanned(given: Given, at: datetime | None = None) -> Given:
    plan = a_plan(unit=STREET, under=replace(given.state.pinned, calendar=calendar()))
    return given.after(NEW_YEAR, HOTLINE, at=at, plan=plan)


def _refusal(given: Given) -> Refusal:
    return given.refuses(NEW_YEAR, HOTLINE, plan=a_plan(under=replace(given.state.pinned, calendar=calendar())))


GUESSED, KNOWN = _dispatched(known_in(2025)), _dispatched(calendar())


def test_r22_a_limit_that_leans_on_an_unpublished_year_bears_a_guess_that_is_named_one() -> None:
    assert (GUESSED.state.due, GUESSED.state.provisional) == (when("2026-01-03 00:00"), True)
    assert (KNOWN.state.due, KNOWN.state.provisional) == (when("2026-01-06 00:00"), False)


def test_r22_the_published_year_moves_the_limit_and_all_that_hangs_on_it() -> None:
    after = _replanned(GUESSED)
    assert (after.state.due, after.state.provisional, after.state.calendar) == (KNOWN.state.due, False, "v2")
    assert _hanging(after) == _hanging(KNOWN)


def test_r22_the_move_stands_in_the_journal_and_is_told_to_units_and_complainant() -> None:
    helped = GUESSED.co_handled_by(DEPARTMENT)
    happened = helped.decides(NEW_YEAR, HOTLINE, plan=a_plan(under=KNOWN.state.pinned))
    assert kinds(happened) == [Replanned]
    told = notices(happened, helped.happened(happened).state)
    assert [notice.audience for notice in told] == [STREET, DISTRICT, DEPARTMENT, "complainant"]


def test_r22_nothing_moves_but_the_limit() -> None:
    fresh = a_complaint(GUESSED.state.pinned, at=START).dispatched_to(STREET)
    after = _replanned(fresh)
    for name in (ClockName.SIGN_IN, ClockName.CONTACT):
        assert after.due_of(name) == fresh.due_of(name)


def test_r22_a_limit_that_leans_on_published_years_alone_stays() -> None:
    assert _refusal(KNOWN).code == "nothing_provisional"
    assert _refusal(_dispatched(known_in(2025), kind=DayKind.ELAPSED)).code == "nothing_provisional"


def test_r22_a_limit_is_counted_again_once() -> None:
    assert _refusal(_replanned(GUESSED)).code == "nothing_provisional"


def test_r22_a_limit_that_has_run_out_is_not_counted_again() -> None:
    assert _refusal(GUESSED.rung("2026-01-03 00:00")).code == "nothing_provisional"


def test_r22_a_limit_is_counted_again_while_the_bureau_decides() -> None:
    after = _replanned(GUESSED.objected())
    assert (after.state.stage, after.state.due) == (Stage.OBJECTION, KNOWN.state.due)


def test_r22_reminders_whose_instant_has_passed_by_the_new_calendar_do_not_come_again() -> None:
    late = _replanned(GUESSED, when("2026-01-02 10:00"))
    assert [clock.about for clock in late.state.clocks if clock.name is ClockName.REMINDER] == ["80", "day_before"]


def test_r22_a_limit_that_turns_out_to_have_passed_runs_out_at_once() -> None:
    worked = frozenset({when("2025-12-27 10:00").date(), when("2025-12-28 10:00").date()})
    shorter = Calendar(frozenset(), worked, frozenset({2024, 2025, 2026}))
    late = GUESSED.rung("2026-01-02 10:00")
    plan = a_plan(unit=STREET, under=replace(GUESSED.state.pinned, calendar=shorter))
    after = late.after(NEW_YEAR, HOTLINE, at="2026-01-02 10:00", plan=plan)
    assert after.state.due == when("2026-01-01 00:00")
    assert kinds(after.rings("2026-01-02 10:00"))[:2] == [ClockRang, Supervised]


def _hanging(given: Given, *, escalation: bool = True) -> dict[tuple[str, str], datetime]:
    """The clocks that hang on the handling limit; the ladder's begins only where that ends, and moves with it."""
    names = {ClockName.REMINDER, ClockName.HANDLING, *([ClockName.ESCALATION] if escalation else [])}
    return {clock.key: clock.due for clock in given.state.clocks if clock.name in names}


Steps = list[tuple[str, int]]
_STEPS = st.lists(st.tuples(st.sampled_from(["own", "opinion", "rework"]), st.integers(1, 10)), max_size=4)
_STARTS = st.timedeltas(timedelta(), timedelta(days=3 * 365)).map(lambda passed: when("2024-01-01") + passed)


def _lived(under: Calendar, start: datetime, tier: Tier, kind: DayKind, steps: Steps) -> Given:
    """The same acts at the same instants, whatever the calendar says about their limits."""
    given = a_complaint(replace(terms(tier, kind), calendar=under), at=start).dispatched_to(STREET)
    given = given.signed_in().contacted()
    for what, days in steps:
        match what:
            case "own" if given.state.extensions < 2:
                given = given.asked_for(days=days).granted()
            case "opinion":
                asked = given.escalated_to(Level.MUNICIPALITY)
                given = asked.after(IssueOpinion(OpinionKind.EXTEND, days=days), CITY)
            case "rework" if given.state.reworks == 0:
                given = given.reported().answered(ANGRY, at=given.now)
            case _:
                pass
    return given


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@drawn(
    _STARTS,
    st.sampled_from([Tier.DAYS_7, Tier.DAYS_15]),
    st.sampled_from([DayKind.ELAPSED, DayKind.CALENDAR_DAYS, DayKind.WORKING_DAYS]),
    _STEPS,
)
def test_r22_what_was_counted_again_is_as_if_the_calendar_had_been_known_from_the_start(
    start: datetime, tier: Tier, kind: DayKind, steps: Steps
) -> None:
    guessed = _lived(known_in(start.year), start, tier, kind, steps)
    known = _lived(calendar(), start, tier, kind, steps)
    moves = guessed.state.provisional and (guessed.state.due, True) != (known.state.due, known.state.provisional)
    if not moves:
        assert _refusal(guessed).code == "nothing_provisional"
    after = _replanned(guessed) if moves else guessed
    assert (after.state.due, after.state.provisional) == (known.state.due, known.state.provisional)
    assert _hanging(after, escalation=moves) == _hanging(known, escalation=moves)
