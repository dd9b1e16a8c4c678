"""The benches themselves, on a real stack, with a few complaints each: do they measure what they say."""

import json
import os
from datetime import timedelta

import pytest

from bench.bare_timers import measure_bare_timers
from bench.lifecycles import Measure, measure_lifecycles
from bench.machine import machine
from bench.memory import measure_memory
from bench.processes import resident_mb, spent
from workers.running import Running

PROCESSES = {"postgres:hotline", "postgres:temporal", "temporal", "worker-1", "worker-2", "api", "relay", "load"}


async def test_lifecycles_are_measured_beside_workflows_that_do_nothing(hotline: Running) -> None:
    told = (await measure_lifecycles(hotline, Measure(count=6, in_flight=3, rounds=1, warm_up=3), print)).told()
    assert told["per_s"] > 0
    assert told["ratio_to_bare"] == pytest.approx(told["per_s"] / told["bare_per_s"], rel=0.05)
    assert set(told["cpu_ms"]) >= PROCESSES
    assert told["p50_ms"].keys() == {"intake", "sign-in", "contact", "report-done", "callback"}
    assert json.dumps({**told, **machine()})


async def test_deadlines_of_workflows_that_do_nothing_are_fired_and_their_lateness_is_told(hotline: Running) -> None:
    told = await measure_bare_timers(hotline, 8, 4, print, ahead=timedelta(seconds=4), within=timedelta(seconds=2))
    assert told["fired"] == 8
    assert 0 <= told["late_s"]["p50"] <= told["late_s"]["p100"] < 30


async def test_an_open_complaint_takes_room_in_memory_and_in_the_database(hotline: Running) -> None:
    told = await measure_memory(hotline, 5, 5, print, warm_up=2, settling=0.5)
    assert told["closed"]["database_bytes"] > 0 < told["open"]["database_bytes"]
    assert told["memory_mb_open"]["worker-1"] > 20
    assert set(told["closed"]["cpu_ms"]) >= PROCESSES


def test_each_process_is_told_what_it_spent_and_holds(hotline: Running) -> None:
    told = spent(hotline.stack.children)
    assert set(told.by_process) >= PROCESSES
    assert sum(told.by_process.values()) < told.machine
    temporal = next(child for child in hotline.stack.children if child.name == "temporal")
    assert 20 < resident_mb(temporal) < 2_000
    assert told.by_process["load"] <= sum(os.times()[:2]) * 1000 + 20
