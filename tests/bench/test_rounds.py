"""Closed loops and their figures."""

import asyncio

import pytest

from bench.processes import ELSEWHERE, Spent
from bench.rounds import Round, best, closed_loop, percentile


async def test_every_life_is_led_once_and_no_more_than_asked_for_at_a_time() -> None:
    led, under_way, most = list[int](), 0, 0

    async def life(number: int) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        led.append(number)
        under_way -= 1

    done = await closed_loop(life, 100, 25, 4, ())
    assert sorted(led) == list(range(100, 125))
    assert most == 4
    assert done.count == 25


async def test_a_life_that_fails_ends_the_round_with_its_own_error() -> None:
    async def life(number: int) -> None:
        await asyncio.sleep(0)
        if number == 3:
            raise LookupError("life 3")

    with pytest.raises(LookupError, match="life 3"):
        await closed_loop(life, 0, 10, 2, ())


def test_the_best_round_is_the_fastest() -> None:
    slow, fast = Round(10, 2.0, {}), Round(10, 1.0, {})
    assert best([slow, fast, slow]) is fast
    assert fast.per_s == 10


def test_what_others_spent_is_no_part_of_a_life() -> None:
    assert Round(10, 1.0, {"api": 3.0, "worker-1": 4.5, ELSEWHERE: 900.0}).cpu_ms_all == 7.5


def test_what_was_spent_is_told_from_the_largest_on_with_the_rest_of_the_machine() -> None:
    before = Spent({"api": 100.0, "load": 50.0}, machine=1000.0)
    after = Spent({"api": 130.0, "load": 120.0, "worker-1": 10.0}, machine=1210.0)
    assert list(after.since(before).items()) == [("load", 70.0), ("api", 30.0), ("worker-1", 10.0), (ELSEWHERE, 100.0)]


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile([float(value) for value in range(1000)], 99) == 990.0
    assert percentile([5.0], 99) == 5.0
    assert percentile([], 99) == 0.0
