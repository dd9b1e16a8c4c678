"""A pid names a process only together with the moment of its birth."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

from local.pidfile import PidFile, end_all_left_behind
from local.process import Process


def _sleeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen(["/bin/sleep", "60"])


def test_a_running_process_is_recognised_as_itself() -> None:
    me = Process.of(os.getpid())
    assert me is not None
    assert me.lives()


def test_a_later_process_with_the_same_pid_is_another_one() -> None:
    assert not Process(os.getpid(), "another boot:1").lives()


def test_a_dead_process_nobody_has_waited_for_counts_as_gone() -> None:
    dead = subprocess.Popen(["/bin/true"])
    os.waitid(os.P_PID, dead.pid, os.WEXITED | os.WNOWAIT)
    assert Process.of(dead.pid) is None
    dead.wait()


def test_a_process_left_behind_is_ended_with_its_own_stop_signal(tmp_path: Path) -> None:
    sleeper = _sleeper()
    process = Process.of(sleeper.pid)
    assert process is not None
    PidFile(tmp_path / "sleeper.json").write(process, signal.SIGINT)
    assert end_all_left_behind(tmp_path) == ["sleeper"]
    assert sleeper.wait(5) == -signal.SIGINT
    assert not (tmp_path / "sleeper.json").exists()


def test_a_process_deaf_to_its_stop_signal_is_killed() -> None:
    deaf = subprocess.Popen(
        ["/bin/sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"], stdout=subprocess.PIPE
    )
    assert deaf.stdout is not None
    deaf.stdout.readline()
    process = Process.of(deaf.pid)
    assert process is not None
    process.end(signal.SIGTERM, grace=0.3)
    assert deaf.wait(5) == -signal.SIGKILL
    deaf.stdout.close()


def test_a_stranger_with_a_recorded_pid_is_left_alone(tmp_path: Path) -> None:
    stranger = _sleeper()
    note = {"pid": stranger.pid, "born": "another boot:1", "stop": 9}
    (tmp_path / "postgres.json").write_text(json.dumps(note))
    assert end_all_left_behind(tmp_path) == []
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_pid_file_cut_short_names_nobody(tmp_path: Path) -> None:
    (tmp_path / "postgres.json").write_text('{"pid": 1')
    assert end_all_left_behind(tmp_path) == []
    assert not (tmp_path / "postgres.json").exists()
