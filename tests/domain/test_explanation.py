"""The explanation of a journal agrees with it, whatever happened; says so where it does not; and shows what another
policy version would have made of it."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from domain.actor import HOTLINE
from domain.catalogue import IN_HOURS, DayKind, Tier
from domain.dispatch import dispatched
from domain.events import Classified, ExtensionGranted
from domain.explanation import Explained, explained, versions
from domain.journal import FIRST_HASH, Row, chained
from domain.ruling import Policy
from domain.span import Span
from domain.terms import Terms
from domain.triage import Kind, Near, Triage
from rulebook.book import Book
from tests.domain import town
from tests.domain.city import book, calendar, known_in, when
from tests.domain.moves import Each, Pick
from tests.domain.town import Town
from tests.domain.walking import Walk

TOWNS, COMPLAINTS, STEPS = 8, 10, 150
TICKET = "20260302-00000017"
START = when("2026-09-18 15:00")


@dataclass(frozen=True)
class Shelf:
    """Policies by version: `v1` knows the calendar of 2025, every later one all of it."""

    item_tier: Tier
    item_days: DayKind

    def __getitem__(self, version: str) -> Policy:
        shipped = book()
        item = replace(shipped.items["010101"], tier=self.item_tier, day_kind=self.item_days)
        known = known_in(2025) if version == "v1" else calendar()
        return replace(shipped, version=version, items={item.code: item}, calendar=known)


def a_town(pick: Pick, shelf: Any, steps: int = STEPS) -> Town:
    """A town that lives from the end of a year into one that is not published, under policy `v1`."""
    policy = shelf["v1"]
    item = policy.items["010101"]
    of_v1 = Terms("v1", item.tier, item.day_kind, False, policy.limits, policy.calendar)
    a_triage = town.some_triage

    def always_v1(_pick: Pick, _now: datetime) -> Terms:
        return of_v1

    def in_quiet_times(pick: Pick, under: Terms, near: Near | None) -> Triage:
        return replace(a_triage(pick, under, near), emergency=None)

    lived = Town(when("2025-12-10 09:00") + timedelta(minutes=pick(range(20 * 24 * 60))))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(town, "some_terms", always_v1)
        patched.setattr(town, "some_triage", in_quiet_times)
        for _ in range(steps):
            if len(lived.walks) < COMPLAINTS and (not lived.open or not pick(range(8))):
                lived.somebody_calls(pick)
            if lived.waiting:
                lived.one_hears(pick)
            if lived.open:
                pick([lambda: lived.somebody_does_what_fits(pick)] * 4 + [lived.the_next_clock_rings])()
    return lived


def by_chance(seed: int) -> Pick:
    """Chance that comes out the same every time."""
    chance = random.Random(seed)

    def pick(among: Sequence[Each], /) -> Each:
        return among[chance.randrange(len(among))]

    return pick


def is_explained(walk: Walk, shelf: Any) -> list[Explained]:
    """The explanation of a journal, held against it, against the limit that stands and against every running clock."""
    found = explained(walk.fresh.received_at, walk.rows, shelf)
    deadlines = [deadline for each in found for deadline in each.deadlines]
    for deadline in deadlines:
        assert deadline.agrees, deadline
    handling = [deadline for deadline in deadlines if deadline.about == "handling"]
    if walk.state.due is not None:
        assert (handling[-1].count.end, handling[-1].provisional) == (walk.state.due, walk.state.provisional)
    told = {(deadline.about.partition(":")[0], deadline.count.end) for deadline in deadlines}
    assert {(clock.name.value, clock.due) for clock in walk.state.clocks} <= told
    return found


@pytest.mark.parametrize(
    ("tier", "days"),
    [
        (Tier.DAYS_7, DayKind.WORKING_DAYS),
        (Tier.DAYS_15, DayKind.CALENDAR_DAYS),
        (Tier.DAYS_7, DayKind.ELAPSED),
        (Tier.HOURS_24, DayKind.HOURS),
    ],
)
def test_r22_every_deadline_of_every_journal_and_every_clock_is_explained(tier: Tier, days: DayKind) -> None:
    shelf: Any = Shelf(tier, days)
    in_hours = tier in IN_HOURS
    about: Counter[str] = Counter()
    happened: Counter[str] = Counter()
    for seed in range(TOWNS):
        for walk in a_town(by_chance(seed), shelf).walks.values():
            happened.update(row.kind for row in walk.rows)
            for each in is_explained(walk, shelf):
                about.update(deadline.about.partition(":")[0] for deadline in each.deadlines)
    assert {"handling", "sign_in", "contact", "reminder", "escalation", "confirmation", "callback"} <= set(about)
    assert {"Replanned", "ObjectionUpheld", "ExtensionGranted", "ReworkOrdered"} <= set(happened) or in_hours
    assert in_hours or {"objection_decision", "extension_decision", "approval", "opinion"} <= set(about)


@drawn(data=st.data(), tier=st.sampled_from(Tier), days=st.sampled_from(DayKind))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None)
def test_r22_the_end_of_the_explanation_is_the_limit_whatever_happened(
    data: st.DataObject, tier: Tier, days: DayKind
) -> None:
    def pick(among: Sequence[Each], /) -> Each:
        return data.draw(st.sampled_from(among))

    in_hours = tier in IN_HOURS
    shelf: Any = Shelf(tier, DayKind.HOURS if in_hours else days)
    for walk in a_town(pick, shelf, steps=25).walks.values():
        is_explained(walk, shelf)


def versioned(**limits: Any) -> Book:
    """The shipped policy with other limits for the tier of seven days."""
    shipped = book()
    tiers = {**shipped.limits.tiers, Tier.DAYS_7: replace(shipped.limits.tiers[Tier.DAYS_7], **limits)}
    return replace(shipped, version="other", limits=replace(shipped.limits, tiers=tiers))


def extended(policy: Book) -> tuple[Row, ...]:
    """A dispatch on 18 September and an extension where its limit ends."""
    terms = Terms(policy.version, Tier.DAYS_7, DayKind.ELAPSED, False, policy.limits, policy.calendar)
    sent = dispatched(terms, "110105012", "110105", START)
    due = terms.due(sent.due, Span.parse("5wd"))
    reminders, escalation_at = terms.reminders(sent.due, due), terms.handling_due(due)
    granted = ExtensionGranted(sent.due, "5wd", False, due, False, reminders, escalation_at)
    classified = Classified(Kind.COMPLAINT, "010105", "110105", "110105012", False, 1000, "m", policy.version)
    return chained(TICKET, 0, FIRST_HASH, "step", HOTLINE, START, (classified, sent, granted))


def under(policy: Book, other: Book | None = None) -> list[Explained]:
    """The explanation of that journal."""
    return explained(START, extended(policy), {policy.version: policy}, other)


def test_a_journal_that_says_otherwise_is_found_out() -> None:
    policy, rows = book(), extended(book())
    forged = rows[1].facts | {"due": (START + timedelta(days=8)).isoformat()}
    told = explained(START, (rows[0], replace(rows[1], facts=forged)), {policy.version: policy})
    wrong = [deadline.about for deadline in told[0].deadlines if not deadline.agrees]
    assert wrong[0] == "handling"
    assert "sign_in" not in wrong


def test_a_deadline_that_is_told_as_final_though_it_is_not_is_found_out() -> None:
    policy, rows = book(), extended(book())
    forged = rows[1].facts | {"provisional": True}
    told = explained(START, (rows[0], replace(rows[1], facts=forged)), {policy.version: policy})
    assert [deadline.about for deadline in told[0].deadlines if not deadline.agrees] == ["handling"]


def test_the_same_policy_under_another_name_differs_in_nothing() -> None:
    assert [each.differing() for each in under(book(), replace(book(), version="other"))] == [(), ()]


def test_a_shorter_limit_moves_what_hangs_on_it_through_the_extension() -> None:
    first, second = under(book(), versioned(handling=Span.parse("5d")))
    differing = {own.about: (own, other) for own, other in first.differing() if own and other}
    own, other = differing["handling"]
    assert own.count.end - other.count.end == timedelta(days=2)
    assert {"handling", "reminder:50", "reminder:80", "reminder:day_before", "escalation"} == set(differing)
    own, other = next((a, b) for a, b in second.differing() if a and b and a.about == "handling")
    assert other.start == START + timedelta(days=5), "an extension begins where that limit would have ended"
    assert (own.count.end, other.count.end) == (when("2026-10-10 00:00"), when("2026-10-09 00:00"))


def test_a_limit_that_one_of_them_does_not_have_is_told_as_missing() -> None:
    first, _ = under(book(), versioned(objection=None))
    assert [(own is not None, other) for own, other in first.differing()] == [(True, None)]


def test_an_item_of_another_tier_is_counted_in_that_tier() -> None:
    shipped = book()
    item = replace(shipped.items["010105"], tier=Tier.DAYS_15, day_kind=DayKind.WORKING_DAYS)
    other = replace(shipped, version="other", items={**shipped.items, "010105": item})
    first, _ = under(shipped, other)
    handling = next(b for a, b in first.differing() if a and b and a.about == "handling")
    assert (handling.limit, handling.amount) == ("tiers.15d.handling", "15d")


def test_another_item_is_asked_about_under_the_same_policy() -> None:
    shipped = book()
    emergency = next(code for code, item in shipped.items.items() if item.tier is Tier.HOURS_2)
    policies = {shipped.version: shipped}
    first, _ = explained(START, extended(shipped), policies, other_item=emergency)
    own, other = next((a, b) for a, b in first.differing() if a and b and a.about == "handling")
    assert (own.amount, other.amount, other.count.end) == ("7d", "2h", START + timedelta(hours=2))
    with pytest.raises(KeyError):
        explained(START, extended(shipped), policies, other_item="999999")


def test_what_takes_the_place_of_a_limit_says_of_which() -> None:
    first, second = under(book())
    limits = [next(each for each in row.deadlines if each.about == "handling") for row in (first, second)]
    assert [each.replaces for each in limits] == [None, limits[0].count.end]


def test_an_item_that_the_other_version_does_not_know_keeps_its_tier() -> None:
    other = replace(versioned(handling=Span.parse("6d")), items={})
    first, _ = under(book(), other)
    handling = next(b for a, b in first.differing() if a and b and a.about == "handling")
    assert (handling.limit, handling.amount) == ("tiers.7d.handling", "6d")


def test_the_versions_that_a_journal_names_are_known_before_it_is_explained() -> None:
    assert versions(extended(book())) == {book().version}
    assert versions(()) == frozenset()


def test_a_journal_without_a_deadline_has_nothing_to_explain() -> None:
    assert explained(START, extended(book())[:1], {book().version: book()}) == []
