"""One supervised child process: its log, its pid file, its start, its readiness and its orderly end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from local import nursery
from local.failure import ChildFailed
from local.home import Home
from local.pidfile import PidFile
from local.process import Process
from local.user import User

_LOG_LIMIT = 32 * 1024 * 1024  # bytes; a longer log is set aside at the next start
YIELDING = 10
"""Niceness of what works complaints off: where all of it shares a machine, taking the next call goes first."""
_PLAIN_ENV = ("PATH", "HOME", "TMPDIR", "LANG", "TZ")


class Child:
    """A process that we start, watch and stop, and that on Linux dies with us even when we are killed.

    It has a session of its own, so the terminal's Ctrl-C does not reach it: we stop children in order.
    Without ``env`` it gets PATH, HOME, TMPDIR, LANG and TZ only, so that no PG… or TEMPORAL_… of a person's
    own leaks in.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        home: Home,
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: User | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        death_signal: signal.Signals = signal.SIGKILL,
        niceness: int = 0,
    ) -> None:
        """``stop_signal`` asks for an orderly end; the kernel sends ``death_signal`` when we are gone. ``niceness``
        above 0 has it wait for others where processors are short."""
        self.name = name
        self.argv = [str(word) for word in argv]
        self.log = home.logs / f"{name}.log"
        self._pid_file = PidFile(home.pids / f"{name}.json")
        self._env = {k: os.environ[k] for k in _PLAIN_ENV if k in os.environ} if env is None else dict(env)
        self._cwd = cwd
        self._user = user
        self._stop_signal = stop_signal
        self._death_signal = death_signal
        self._niceness = niceness
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The pid while it was last seen running; None before the start and after the stop."""
        return None if self._running is None else self._running.pid

    def alive(self) -> bool:
        """Whether it runs now."""
        return self._running is not None and self._running.poll() is None

    def start(self) -> None:
        """Start it, after ending what a killed run left behind. Does nothing when it runs already."""
        if self.alive():
            return
        self._pid_file.end_left_behind()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._running = nursery.spawn(
                self.argv,
                log=log,
                env=self._env,
                cwd=self._cwd,
                user=self._user,
                death_signal=self._death_signal,
                niceness=self._niceness,
            )
        process = Process.of(self._running.pid)
        if process is not None:
            self._pid_file.write(process, self._stop_signal)

    def wait_ready(self, check: Callable[[], bool], timeout: float) -> None:
        """Return once ``check`` holds; ChildFailed if the process ends or ``timeout`` seconds pass first."""
        until = time.monotonic() + timeout
        while True:
            if not self.alive():
                raise self.failed(f"ended at its start with exit code {self.exit_code}")
            if check():
                return
            if time.monotonic() > until:
                raise self.failed(f"did not become ready in {timeout:.0f} s")
            time.sleep(0.05)

    @property
    def exit_code(self) -> int | None:
        """The exit code (negative: the signal that ended it); None while it runs or before its start."""
        return None if self._running is None else self._running.poll()

    def failed(self, what: str) -> ChildFailed:
        """The error that says what happened to this child and shows the end of its log."""
        return ChildFailed(f"{self.name} {what}; its log {self.log} ends:\n{self.log_end()}")

    def log_end(self, lines: int = 12) -> str:
        """The last lines of its log."""
        if not self.log.exists():
            return "(no log)"
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 8192))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-lines:])

    def stop(self, grace: float = 10.0) -> None:
        """End it in order, and by force after ``grace`` seconds. Does nothing when it does not run."""
        running, self._running = self._running, None
        if running is None:
            return
        if running.poll() is None:
            running.send_signal(self._stop_signal)
            try:
                running.wait(grace)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
        self._pid_file.remove()
