"""When calls come."""

import pytest

from bench.arrivals import EVENING, offsets


def test_as_many_calls_come_as_the_rate_says_in_order_and_within_the_time() -> None:
    came = offsets(2, 56.4, seed=1)
    assert len(came) == 6768
    assert came == sorted(came)
    assert 0 <= came[0] <= came[-1] < 120


def test_the_same_seed_gives_the_same_calls() -> None:
    assert offsets(1, 5, seed=7) == offsets(1, 5, seed=7) != offsets(1, 5, seed=8)


def test_calls_lie_as_dense_as_the_shape_says() -> None:
    came = offsets(1, 1000, seed=1, shape=(1, 3))
    assert sum(offset < 30 for offset in came) == pytest.approx(15_000, rel=0.05)


def test_the_recorded_evening_has_bursts_of_almost_twice_its_mean() -> None:
    assert max(EVENING) / (sum(EVENING) / len(EVENING)) == pytest.approx(1.8, abs=0.01)
