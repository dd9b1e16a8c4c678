"""What a killed database server leaves behind: back ends still at work, a lock file that names a stranger."""

from __future__ import annotations

import signal
from pathlib import Path

from local.process import Process

_GRACE = 15.0  # seconds


def clear(data: Path) -> None:
    """Make way for a new server on ``data``: nobody else may be running one there (the home is held).

    A server that still runs is stopped the fast way. Back ends without their server are killed: one that
    computes does not notice the loss, and as long as it holds the shared memory no new server starts. A lock
    file whose pid is by now another program's goes: common in containers, where pids are small and come
    again.
    """
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    first = lock.read_text().partition("\n")[0].strip()
    server = Process.of(int(first)) if first.isdigit() else None
    if server is not None and _works_in(server.pid, data):
        server.end(signal.SIGINT, _GRACE)
    elif server is not None and Path("/proc").is_dir():
        lock.unlink(missing_ok=True)
    for left in _working_in(data):
        left.end(signal.SIGKILL, grace=5.0)


def _working_in(data: Path) -> list[Process]:
    proc = Path("/proc")
    if not proc.is_dir():
        return []
    pids = [int(entry.name) for entry in proc.iterdir() if entry.name.isdigit()]
    found = [Process.of(pid) for pid in pids if _works_in(pid, data)]
    return [process for process in found if process is not None]


def _works_in(pid: int, data: Path) -> bool:
    # Each of the server's processes has the data folder as its working directory.
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except OSError:
        return False  # gone, or not ours to look at
