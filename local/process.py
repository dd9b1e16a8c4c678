"""Which process is meant: a pid alone is not enough, because pids are used again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_STATE, _STARTED = 0, 19  # fields 3 and 22 of /proc/PID/stat, counted after the command name


@dataclass(frozen=True)
class Process:
    """One process of this boot: ``born`` is its start time as the kernel tells it, an opaque text."""

    pid: int
    born: str

    @classmethod
    def of(cls, pid: int) -> Process | None:
        """Describe the living process ``pid``; None when there is none (a zombie counts as none)."""
        born = _born(pid)
        return None if born is None else cls(pid, born)

    def lives(self) -> bool:
        """Whether this very process, and not a later one with its number, still runs."""
        return _born(self.pid) == self.born

    def end(self, gently: signal.Signals, grace: float) -> None:
        """Stop it: the gentle signal, after ``grace`` seconds the hard one. Does nothing when it is gone."""
        for how, patience in ((gently, grace), (signal.SIGKILL, 5.0)):
            if not self.lives():
                return
            try:
                os.kill(self.pid, how)
            except ProcessLookupError:
                return
            until = time.monotonic() + patience
            while self.lives() and time.monotonic() < until:
                time.sleep(0.05)


def _born(pid: int) -> str | None:
    return _born_linux(pid) if sys.platform == "linux" else _born_elsewhere(pid)


def _born_linux(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The command name may hold spaces and brackets; the numbers start after its last bracket.
    fields = stat.rpartition(")")[2].split()
    return None if fields[_STATE] in "ZX" else f"{boot}:{fields[_STARTED]}"


def _born_elsewhere(pid: int) -> str | None:
    asked = subprocess.run(["ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, born = asked.stdout.strip().partition(" ")
    return None if not born or state.startswith("Z") else born.strip()
