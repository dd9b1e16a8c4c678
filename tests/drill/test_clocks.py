"""The count finds a clock that never rang, rang late, early or twice, or was stopped after it should have rung."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from domain.calendar import BEIJING
from domain.catalogue import DayKind, Tier
from domain.events import ClockRang, Dispatched, Event, SignedIn
from drill.clocks import Happened, Rung, Window, judge

NO = "20261122-00000001"
BEGIN = datetime(2026, 11, 22, 12, tzinfo=BEIJING)
DUE = BEGIN + timedelta(minutes=1)
FAR = BEGIN + timedelta(days=7)
SENT = Happened(
    NO,
    Dispatched(
        lead="110105012",
        copy_to="110105",
        designated=False,
        since=BEGIN,
        policy="p",
        tier=Tier.HOURS_2,
        day_kind=DayKind.HOURS,
        due=FAR,
        provisional=False,
        around_clock=False,
        sign_in_due=DUE,
        contact_due=FAR,
        objection_until=None,
        reminders=(),
        escalation_at=FAR,
    ),
    BEGIN,
)
RANG = ClockRang("sign_in", "", DUE)


def after(event: Event, seconds: float, given: float | None = None) -> Happened:
    """A row so many seconds after the sign-in was due; `given` is when its command was given, counted alike."""
    given_at = None if given is None else DUE + timedelta(seconds=given)
    return Happened(NO, event, DUE + timedelta(seconds=seconds), given_at)


async def judged(*rows: Happened, recovered: datetime = BEGIN, stood_still: bool = True) -> Rung:
    """What is found two minutes after the clock was due, when things were broken from the beginning on."""

    async def told() -> AsyncIterator[Happened]:
        for row in rows:
            yield row

    return await judge(told(), Window(BEGIN, BEGIN, recovered, DUE + timedelta(minutes=2), stood_still))


async def test_a_clock_that_rang_in_time_is_no_fault() -> None:
    rung = await judged(SENT, after(RANG, 0.4))
    assert (rung.rung, rung.latest_s, rung.missed, rung.twice) == (1, 0.4, [], [])


async def test_a_clock_that_never_rang_is_missed() -> None:
    assert (await judged(SENT)).missed == [f"{NO} sign_in: due 12:01:00.000 never rang"]


async def test_a_clock_that_rang_late_is_missed() -> None:
    assert (await judged(SENT, after(RANG, 6))).missed == [f"{NO} sign_in: due 12:01:00.000 rang at 12:01:06.000"]


async def test_lateness_counts_from_recovery() -> None:
    rung = await judged(SENT, after(RANG, 34), recovered=DUE + timedelta(seconds=30))
    assert (rung.missed, rung.latest_s, rung.latest_meanwhile_s) == ([], 0.0, 34.0)


async def test_where_clocks_can_ring_all_the_time_recovery_is_not_waited_for() -> None:
    recovered = DUE + timedelta(seconds=30)
    assert (await judged(SENT, after(RANG, 14), recovered=recovered, stood_still=False)).missed == []
    rung = await judged(SENT, after(RANG, 16), recovered=recovered, stood_still=False)
    assert rung.missed == [f"{NO} sign_in: due 12:01:00.000 rang at 12:01:16.000"]


async def test_a_clock_due_before_anything_was_broken_has_to_ring_in_time() -> None:
    window = Window(BEGIN, DUE + timedelta(seconds=6), DUE + timedelta(minutes=1), DUE + timedelta(minutes=2))
    assert window.latest(DUE) == DUE + timedelta(seconds=5)
    assert window.latest(DUE + timedelta(seconds=2)) == DUE + timedelta(seconds=75)


async def test_a_clock_is_waited_for_no_longer_than_a_dead_workers_task_is_held() -> None:
    rung = await judged(SENT, after(RANG, 46), recovered=DUE + timedelta(seconds=30))
    assert rung.missed == [f"{NO} sign_in: due 12:01:00.000 rang at 12:01:46.000"]


async def test_a_clock_that_rang_before_it_was_due_is_missed() -> None:
    assert (await judged(SENT, after(RANG, -0.1))).missed == [
        f"{NO} sign_in: due 12:01:00.000 rang too early, at 12:00:59.900"
    ]


async def test_a_clock_that_rang_twice_is_doubled() -> None:
    assert (await judged(SENT, after(RANG, 0.1), after(RANG, 0.2))).twice == [f"{NO} sign_in: rang twice"]


async def test_an_action_given_in_time_stops_its_clock_however_late_it_is_applied() -> None:
    assert (await judged(SENT, after(SignedIn("110105012"), 60, given=-1))).missed == []


async def test_an_action_given_long_after_does_not_hide_that_the_clock_never_rang() -> None:
    assert (await judged(SENT, after(SignedIn("110105012"), 21, given=20))).missed == [
        f"{NO} sign_in: due 12:01:00.000 was stopped by a later action"
    ]


async def test_a_clock_that_is_not_due_yet_is_not_judged() -> None:
    assert (await judged(Happened(NO, SENT.event, BEGIN), after(RANG, 0.1))).rung == 1
