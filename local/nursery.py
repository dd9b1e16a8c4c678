"""The one thread that starts children.

The kernel sends the parent-death signal when the *thread* that started a child ends, not when the process
does. A child started from a short-lived thread would die with it, so every child is started here, in a thread
that lives as long as the process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from local.user import User

_LAUNCHER = Path(__file__).with_name("launcher.py")


class _Nursery:
    def __init__(self) -> None:
        self._orders = SimpleQueue[tuple[Callable[[], subprocess.Popen[bytes]], Future[subprocess.Popen[bytes]]]]()
        threading.Thread(target=self._serve, name="nursery", daemon=True).start()

    def spawn(self, start: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
        born: Future[subprocess.Popen[bytes]] = Future()
        self._orders.put((start, born))
        return born.result()

    def _serve(self) -> None:
        while True:
            start, born = self._orders.get()
            try:
                born.set_result(start())
            except Exception as failure:  # handed over whole to the caller's thread
                born.set_exception(failure)


_lock = threading.Lock()
_nurseries: dict[int, _Nursery] = {}


def spawn(
    argv: Sequence[str],
    *,
    log: BinaryIO,
    env: Mapping[str, str],
    cwd: Path | None = None,
    user: User | None = None,
    death_signal: signal.Signals = signal.SIGKILL,
    niceness: int = 0,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, as ``user``, with its output in ``log``; ``niceness`` is what it
    yields to others by.

    On Linux it gets ``death_signal`` when this process ends in any way. A command that cannot be executed
    shows as exit code 127 with a line in the log. May be called from any thread.
    """
    uid, gid = (-1, -1) if user is None else (user.uid, user.gid)
    words = map(str, (os.getpid(), int(death_signal), uid, gid, niceness))

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(_LAUNCHER), *words, *argv],
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    with _lock:
        # Keyed by pid: after a fork the thread is not there any more.
        nursery = _nurseries.get(os.getpid())
        if nursery is None:
            nursery = _nurseries[os.getpid()] = _Nursery()
    return nursery.spawn(start)
