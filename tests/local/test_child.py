"""One supervised process: it starts, becomes ready, ends in order and dies with us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from local.child import Child
from local.failure import ChildFailed
from local.home import Home
from local.process import Process
from local.user import User, is_root
from tests.local.processes import until

_DEAF = ["/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"]


def _sleeper(home: Home) -> Child:
    return Child("sleeper", ["/bin/sleep", "60"], home)


def _runs(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"/bin/sleep")


def test_a_started_child_is_alive_until_it_is_stopped(home: Home) -> None:
    child = _sleeper(home)
    child.start()
    assert child.alive()
    child.stop()
    assert not child.alive()


def test_its_output_lands_in_its_log(home: Home) -> None:
    child = Child("speaker", ["/bin/sh", "-c", "echo out; echo err >&2"], home)
    child.start()
    assert until(lambda: not child.alive())
    assert child.log.read_text().split() == ["out", "err"]


def test_a_child_that_ends_before_it_is_ready_is_reported_with_its_log(home: Home) -> None:
    child = Child("faller", ["/bin/sh", "-c", "echo no such luck; exit 3"], home)
    child.start()
    with pytest.raises(ChildFailed, match="exit code 3") as caught:
        child.wait_ready(lambda: False, timeout=5)
    assert "no such luck" in str(caught.value)


def test_a_child_that_is_never_ready_is_reported(home: Home) -> None:
    child = _sleeper(home)
    child.start()
    with pytest.raises(ChildFailed, match="ready in 0 s"):
        child.wait_ready(lambda: False, timeout=0.2)
    child.stop()


def test_a_program_that_is_not_there_is_reported_by_name(home: Home) -> None:
    child = Child("ghost", ["/nowhere/ghost"], home)
    child.start()
    with pytest.raises(ChildFailed, match="/nowhere/ghost: No such file"):
        child.wait_ready(lambda: False, timeout=5)


def test_a_child_deaf_to_the_polite_signal_is_killed_after_the_grace(home: Home) -> None:
    child = Child("deaf", _DEAF, home)
    child.start()
    assert until(lambda: bool(Process.of(child.pid or 0)))
    child.stop(grace=0.3)
    assert not child.alive()


def test_it_has_a_session_of_its_own_so_that_ctrl_c_does_not_reach_it(home: Home) -> None:
    child = _sleeper(home)
    child.start()
    assert child.pid is not None
    assert os.getsid(child.pid) == child.pid != os.getsid(0)
    child.stop()


def test_it_hears_an_interrupt_even_when_we_were_told_to_ignore_it(home: Home) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        child = Child("sleeper", ["/bin/sleep", "60"], home, stop_signal=signal.SIGINT)
        child.start()
        pid = child.pid or 0
        # The launcher has handed over once the process is the command itself.
        assert until(lambda: _runs(pid))
        os.kill(pid, signal.SIGINT)
        assert until(lambda: not child.alive())
        assert child.exit_code == -signal.SIGINT
    finally:
        signal.signal(signal.SIGINT, before)


def test_nothing_of_a_persons_own_database_settings_reaches_it(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGDATA", "/somebody/elses")
    child = Child("shower", ["/usr/bin/env"], home)
    child.start()
    assert until(lambda: not child.alive())
    assert "PGDATA" not in child.log.read_text()


def test_it_outlives_the_thread_that_asked_for_it(home: Home) -> None:
    child = _sleeper(home)

    def ask() -> None:
        child.start()
        # The launcher has made the tie once the process is the command itself.
        assert until(lambda: _runs(child.pid or 0))

    asking = threading.Thread(target=ask)
    asking.start()
    asking.join()
    assert _runs(child.pid or 0)
    assert not until(lambda: not child.alive(), seconds=0.5)
    child.stop()


def test_what_a_killed_run_left_behind_is_ended_before_the_next_start(home: Home) -> None:
    left = _sleeper(home)
    left.start()
    again = _sleeper(home)
    again.start()
    assert not left.alive()
    assert again.alive()
    again.stop()


@pytest.mark.skipif(not is_root(), reason="only root can give a child another user")
def test_root_can_start_it_as_an_unprivileged_user(home: Home) -> None:
    nobody = User.nobody()
    child = Child("who", ["/usr/bin/id"], home, user=nobody, cwd=Path("/"))
    child.start()
    assert until(lambda: not child.alive())
    told = child.log.read_text()
    assert f"uid={nobody.uid}(" in told
    assert "0(root)" not in told


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ties lives together on Linux only")
@pytest.mark.parametrize("user", [None, pytest.param("nobody", marks=pytest.mark.skipif("not is_root()"))])
def test_it_dies_when_we_are_killed(home: Home, user: str | None) -> None:
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from local.child import Child\n"
        "from local.home import Home\n"
        "from local.user import User\n"
        "user = User.nobody() if sys.argv[2] else None\n"
        "child = Child('sleeper', ['/bin/sleep', '60'], Home(Path(sys.argv[1])), user=user, cwd=Path('/'))\n"
        "child.start()\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(home.root), user or ""], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert until(lambda: _runs(pid))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert until(lambda: Process.of(pid) is None, seconds=5)


def test_a_child_yields_to_others_when_it_is_told_to(home: Home) -> None:
    child = Child("nice", ["/bin/sleep", "60"], home, niceness=3)
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    child.start()
    try:
        child.wait_ready(lambda: os.getpriority(os.PRIO_PROCESS, child.pid or 0) == ours + 3, timeout=5)
    finally:
        child.stop()


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this kernel does not group by session")
def test_its_whole_session_yields_since_the_kernel_shares_between_sessions_first(home: Home) -> None:
    child = Child("nice", ["/bin/sleep", "60"], home, niceness=3)
    child.start()
    try:
        group = Path(f"/proc/{child.pid}/autogroup")
        child.wait_ready(lambda: group.read_text().endswith("nice 3\n"), timeout=5)
    finally:
        child.stop()
