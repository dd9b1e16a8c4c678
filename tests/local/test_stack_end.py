"""However a run ends, nothing of it stays; and the next one finds its data."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from local.stack import Stack
from tests.local import running
from tests.local.processes import until, working_below

_PATIENCE = 60.0
"""Seconds for an end in order on a machine that is busy; nothing is judged by them."""


@pytest.fixture
def begin(folder: Path, cache: Path) -> Generator[Callable[[], subprocess.Popen[str]]]:
    """Start a run on the test's home in a process of its own, as a person would."""
    begun: list[subprocess.Popen[str]] = []

    def run() -> subprocess.Popen[str]:
        argv = [sys.executable, running.__file__, str(folder / "home"), str(cache)]
        one = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        begun.append(one)
        return one

    yield run
    for one in begun:
        one.terminate()
        one.communicate(timeout=_PATIENCE)


def _up(run: subprocess.Popen[str]) -> dict[str, int]:
    assert run.stdout is not None
    return json.loads(run.stdout.readline())


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_polite_end_stops_everything(
    begin: Callable[[], subprocess.Popen[str]], folder: Path, how: signal.Signals
) -> None:
    run = begin()
    assert set(_up(run)) == {"postgres", "temporal", "ui"}
    run.send_signal(how)
    assert run.wait(_PATIENCE) != 0
    assert working_below(folder) == []
    assert list((folder / "home" / "pids").iterdir()) == []
    assert "database system is shut down" in (folder / "home" / "logs" / "postgres.log").read_text()


def test_an_impatient_second_ctrl_c_leaves_nothing_behind(
    begin: Callable[[], subprocess.Popen[str]], folder: Path
) -> None:
    run = begin()
    _up(run)
    for _ in range(5):
        run.send_signal(signal.SIGINT)
        until(lambda: run.poll() is not None, seconds=0.1)
    run.wait(_PATIENCE)
    assert working_below(folder) == []
    assert list((folder / "home" / "pids").iterdir()) == [], "each was stopped in order"


def test_ctrl_c_in_the_middle_of_the_start_leaves_nothing_behind(
    begin: Callable[[], subprocess.Popen[str]], folder: Path
) -> None:
    run = begin()
    assert until(lambda: (folder / "home" / "pids" / "temporal.json").exists())
    run.send_signal(signal.SIGINT)
    assert run.wait(_PATIENCE) != 0
    assert working_below(folder) == []


def test_kill_9_of_the_run_takes_its_children_with_it_and_the_next_run_starts(
    begin: Callable[[], subprocess.Popen[str]], folder: Path, cache: Path
) -> None:
    run = begin()
    _up(run)
    run.kill()
    run.wait()
    with Stack(folder / "home", say=lambda _: None, cache=cache) as stack:
        assert all(child.alive() for child in stack.children)
    assert working_below(folder) == []


def test_kill_9_of_the_run_leaves_no_child_even_without_a_next_run(
    begin: Callable[[], subprocess.Popen[str]], folder: Path
) -> None:
    run = begin()
    _up(run)
    run.kill()
    run.wait()
    assert until(lambda: working_below(folder) == [])


def test_a_second_run_on_the_same_home_gets_one_clear_message_and_does_no_harm(
    begin: Callable[[], subprocess.Popen[str]], folder: Path
) -> None:
    first = begin()
    pids = _up(first)
    second = begin()
    _, told = second.communicate(timeout=_PATIENCE)
    assert second.returncode == 3
    assert f"in use by another run (process {first.pid})" in told
    assert all(Path(f"/proc/{pid}").exists() for pid in pids.values())
