"""Which process spent how much of the machine: CPU time and memory, read from the kernel (Linux)."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from local.child import Child

_TICK = os.sysconf("SC_CLK_TCK")

_UTIME, _STIME, _CUTIME, _CSTIME, _PPID = 11, 12, 13, 14, 1
"""Fields of /proc/PID/stat, counted after the command name."""
LOAD = "load"
"""This very process, which makes the load."""
ELSEWHERE = "elsewhere"
"""Whatever else the machine does: other people's processes."""
_DATABASE = "postgres"


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU milliseconds by process since boot, and of all processors together with what others ran on them.

    PostgreSQL is told by the database that its back ends serve (`postgres:hotline`, `postgres:temporal`, …) and, for
    writers, checkpoints and back ends that have ended, as `postgres`.
    """

    by_process: Mapping[str, float]
    machine: float

    def since(self, before: "Spent") -> dict[str, float]:
        """Milliseconds by process between `before` and now, those that spent most first, and ELSEWHERE."""
        own = {name: ms - before.by_process.get(name, 0.0) for name, ms in self.by_process.items()}
        ordered = dict(sorted(own.items(), key=lambda each: -each[1]))
        return ordered | {ELSEWHERE: max(0.0, self.machine - before.machine - sum(own.values()))}


def apiece(cpu: Mapping[str, float], count: float) -> dict[str, float]:
    """Milliseconds by process for one of `count`."""
    return {name: round(ms / max(1, count), 2) for name, ms in cpu.items()}


def together(cpu: Mapping[str, float], count: float = 1) -> float:
    """Milliseconds of all our processes for one of `count`."""
    return round(sum(ms for name, ms in cpu.items() if name != ELSEWHERE) / max(1, count), 2)


def spent(children: Iterable[Child]) -> Spent:
    """What the children, their own children, and this process have spent so far."""
    by_process: defaultdict[str, float] = defaultdict(float)
    below = _below()
    for child in children:
        if child.pid is None:
            continue
        by_process[child.name] += _ms(child.pid, ended=True)
        for pid in _tree(child.pid, below):
            by_process[_name(child.name, pid)] += _ms(pid, ended=True)
    by_process[LOAD] = _ms(os.getpid(), ended=False)
    return Spent(by_process, _machine())


def resident_mb(child: Child) -> float:
    """Megabytes of memory that belong to a process and its children: what they share with others is divided."""
    if child.pid is None:
        return 0.0
    return sum(_share(pid) for pid in (child.pid, *_tree(child.pid, _below()))) / 1e6


def _share(pid: int) -> float:
    """Bytes; the proportional share where the kernel tells it, which counts PostgreSQL's shared buffers once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (PermissionError, FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((float(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _below() -> dict[int, list[int]]:
    """The children of every process."""
    found: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _fields(int(entry.name))):
            found.setdefault(int(fields[_PPID]), []).append(int(entry.name))
    return found


def _tree(pid: int, below: Mapping[int, list[int]]) -> list[int]:
    return [each for child in below.get(pid, ()) for each in (child, *_tree(child, below))]


def _name(parent: str, pid: int) -> str:
    """A back end of PostgreSQL names its database in its title: `postgres: role database host(port) …`."""
    if parent != _DATABASE:
        return parent
    try:
        title = Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split()
    except (FileNotFoundError, ProcessLookupError):
        return parent
    serves = len(title) > 3 and title[0] == "postgres:" and "(" in title[3]
    return f"{parent}:{title[2]}" if serves else parent


def _ms(pid: int, *, ended: bool) -> float:
    """User and system time; with that of children that have ended, if asked."""
    fields = _fields(pid)
    wanted = (_UTIME, _STIME, _CUTIME, _CSTIME) if ended else (_UTIME, _STIME)
    return sum(int(fields[place]) for place in wanted) * 1000 / _TICK if fields else 0.0


def _fields(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _machine() -> float:
    """All that the processors have done for anybody: user, nice, system, interrupts, stolen time not among them."""
    numbers = [int(word) for word in Path("/proc/stat").read_text().partition("\n")[0].split()[1:]]
    user, nice, system, _idle, _waiting, hard, soft = numbers[:7]
    return (user + nice + system + hard + soft) * 1000 / _TICK
