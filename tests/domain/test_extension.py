"""延期: asked before expiry with a reason, decided by the hotline centre (条例 art. 15; rules §5)."""

import pytest

from domain.catalogue import DayKind, Tier
from domain.clock import ClockName
from domain.commands import DecideExtension, RequestExtension
from domain.events import CallbackPlanned, ClockRang, ExtensionAsked, ExtensionDenied, Supervised
from domain.grounds import ExtensionGround
from domain.lifecycle import Stage
from tests.domain.building import a_complaint, a_handled_complaint, kinds, the
from tests.domain.city import DISTRICT, STREET, terms, when

HANDLED = a_handled_complaint()
WATER_OUT = a_handled_complaint(terms(Tier.HOURS_24))
ASKED = HANDLED.asked_for(days=10)
DENY, GRANT = DecideExtension(granted=False), DecideExtension(granted=True)


def _asking(*, days: int = 0, hours: int = 0) -> RequestExtension:
    return RequestExtension(ExtensionGround.CONSTRUCTION, days, hours)


def test_the_lead_unit_asks_with_a_ground_and_the_centre_has_a_working_day() -> None:
    assert HANDLED.decides(_asking(days=3), STREET) == (
        ExtensionAsked("3wd", "construction", when("2026-03-04 00:00")),
    )


def test_nobody_asks_for_the_lead_unit() -> None:
    assert HANDLED.refuses(_asking(days=3), DISTRICT).code == "not_lead_unit"


def test_who_has_not_signed_in_does_not_ask() -> None:
    given = a_complaint().dispatched_to(STREET)
    assert given.refuses(_asking(days=3), STREET).code == "not_signed_in"


@pytest.mark.parametrize("tier", [Tier.DAYS_7, Tier.DAYS_15])
@pytest.mark.parametrize(("days", "allowed"), [(1, True), (10, True), (11, False), (0, False), (-1, False)])
def test_in_the_longer_tiers_an_extension_has_one_to_ten_working_days(tier: Tier, days: int, allowed: bool) -> None:
    given = a_handled_complaint(terms(tier))
    if allowed:
        asked = the(given.decides(_asking(days=days), STREET), ExtensionAsked)
        assert asked.amount == f"{days}wd"
    else:
        assert given.refuses(_asking(days=days), STREET).code == "extension_too_long"


@pytest.mark.parametrize(("hours", "allowed"), [(1, True), (24, True), (25, False)])
def test_in_the_24_hour_tier_an_extension_has_one_to_24_hours(hours: int, allowed: bool) -> None:
    if allowed:
        asked = the(WATER_OUT.decides(_asking(hours=hours), STREET), ExtensionAsked)
        assert asked.amount == f"{hours}h"
    else:
        assert WATER_OUT.refuses(_asking(hours=hours), STREET).code == "extension_too_long"


def test_a_request_in_the_other_tiers_unit_is_refused() -> None:
    assert HANDLED.refuses(_asking(hours=3), STREET).code == "extension_too_long"
    assert WATER_OUT.refuses(_asking(days=1), STREET).code == "extension_too_long"


def test_a_request_in_both_units_is_refused() -> None:
    assert HANDLED.refuses(_asking(days=3, hours=1), STREET).code == "extension_too_long"


def test_the_two_hour_tier_has_no_extension() -> None:
    given = a_handled_complaint(terms(Tier.HOURS_2))
    assert given.refuses(_asking(hours=1), STREET).code == "extension_not_open"


def test_one_request_waits_at_a_time() -> None:
    assert ASKED.refuses(_asking(days=1), STREET).code == "extension_pending"


@pytest.mark.parametrize("late", ["2026-03-09 10:00", "2026-03-09 10:01"])
def test_a_request_at_or_after_expiry_is_too_late(late: str) -> None:
    refused = HANDLED.refuses(_asking(days=1), STREET, at=late)
    assert (refused.code, refused.facts["due"]) == ("extension_too_late", "2026-03-09T10:00:00+08:00")


def test_a_request_just_before_expiry_is_in_time() -> None:
    assert kinds(HANDLED.decides(_asking(days=1), STREET, at="2026-03-09 09:59:59")) == [ExtensionAsked]


def test_an_overdue_complaint_is_not_extended() -> None:
    overdue = HANDLED.rung("2026-03-09 10:00")
    assert overdue.refuses(_asking(days=1), STREET).code == "extension_too_late"


def test_a_granted_extension_begins_where_the_old_limit_ends() -> None:
    # Ten working days after Monday 9 March, whatever the day on which it was granted.
    after = ASKED.granted(at="2026-03-03 15:00")
    assert after.state.due == when("2026-03-24 00:00")
    assert after.due_of(ClockName.HANDLING) == after.state.due


def test_an_extension_of_a_limit_that_ends_at_24_00_counts_the_very_next_day() -> None:
    given = a_handled_complaint(terms(day_kind=DayKind.CALENDAR_DAYS))
    assert given.state.due == when("2026-03-10 00:00")
    assert given.asked_for(days=1).granted().state.due == when("2026-03-11 00:00")


def test_in_the_24_hour_tier_a_granted_extension_adds_its_hours() -> None:
    assert WATER_OUT.asked_for(hours=5).granted().state.due == when("2026-03-03 15:00")


def test_a_granted_extension_moves_reminders_and_escalation_along() -> None:
    after = ASKED.granted()
    assert after.due_of(ClockName.REMINDER, "50") == when("2026-03-16 17:00")
    assert after.due_of(ClockName.ESCALATION) == when("2026-03-31 00:00")


@pytest.mark.parametrize(("start", "provisional"), [("2026-12-07 10:00", False), ("2026-12-14 10:00", True)])
def test_an_extension_into_an_unpublished_year_is_provisional(start: str, provisional: bool) -> None:
    counted = terms(day_kind=DayKind.WORKING_DAYS)
    given = a_complaint(counted, at=start).dispatched_to(STREET).signed_in().asked_for(days=9).granted()
    assert given.state.provisional is provisional


def test_an_extension_by_working_days_makes_elapsed_days_provisional_too() -> None:
    before = a_complaint(at="2026-12-21 10:00").dispatched_to(STREET).signed_in()
    assert not before.state.provisional
    assert before.asked_for(days=9).granted().state.provisional


def test_a_granted_extension_is_counted_and_no_longer_waits() -> None:
    after = ASKED.granted()
    assert (after.state.extensions, after.state.extension) == (1, None)
    assert not after.runs(ClockName.EXTENSION_DECISION)


def test_an_extension_is_granted_at_most_twice() -> None:
    twice = HANDLED.asked_for(days=1).granted().asked_for(days=1).granted()
    refused = twice.refuses(_asking(days=1), STREET)
    assert (refused.code, refused.facts["most"]) == ("extensions_used_up", 2)


def test_a_denied_extension_leaves_the_complaint_as_if_never_asked() -> None:
    assert ASKED.decides(DENY) == (ExtensionDenied(lapsed=False),)
    assert ASKED.after(DENY).state == HANDLED.state


def test_after_a_denial_the_unit_may_ask_again() -> None:
    assert kinds(ASKED.after(DENY).decides(_asking(days=1), STREET)) == [ExtensionAsked]


@pytest.mark.parametrize("decision", [GRANT, DENY])
def test_nothing_is_decided_that_nobody_asked(decision: DecideExtension) -> None:
    assert HANDLED.refuses(decision).code == "no_extension_asked"


def test_a_request_that_nobody_decides_lapses() -> None:
    happened = ASKED.rings("2026-03-04 00:00")
    assert the(happened, ExtensionDenied) == ExtensionDenied(lapsed=True)


def test_a_lapsed_request_leaves_the_limit_where_it_was() -> None:
    assert ASKED.rung("2026-03-04 00:00").state == HANDLED.rung("2026-03-04 00:00").state


def test_a_request_lapses_when_the_limit_expires_before_it_is_decided() -> None:
    late = HANDLED.asked_for(days=1, at="2026-03-09 09:00")
    happened = late.rings("2026-03-09 10:00")
    assert kinds(happened)[-4:] == [ClockRang, ExtensionDenied, Supervised, CallbackPlanned]
    after = late.rung("2026-03-09 10:00")
    assert after.state.overdue
    assert not after.runs(ClockName.EXTENSION_DECISION)


def test_an_extension_may_be_decided_while_the_bureau_decides_on_an_objection() -> None:
    given = ASKED.objected()
    granted = given.granted()
    assert (granted.state.stage, granted.state.due) == (Stage.OBJECTION, when("2026-03-24 00:00"))
    assert given.after(DENY).state.extension is None
