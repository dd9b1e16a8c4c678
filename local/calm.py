"""Signals: every polite end becomes an orderly one, and an orderly end is not interrupted half-way."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

_POLITE = (signal.SIGTERM, signal.SIGHUP)


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextmanager
def ending_in_order() -> Generator[None, None, None]:
    """Within, SIGTERM and SIGHUP raise SystemExit, as Ctrl-C raises KeyboardInterrupt, so that clean-up runs.

    A handler that somebody else installed stays; in other threads than the main one nothing changes.
    """
    mine = threading.current_thread() is threading.main_thread()
    taken = [number for number in _POLITE if mine and signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in taken:
            if signal.getsignal(number) is _leave:
                signal.signal(number, signal.SIG_DFL)


@contextmanager
def undisturbed() -> Generator[None, None, None]:
    """Within, SIGINT, SIGTERM and SIGHUP are ignored: an impatient second Ctrl-C leaves nothing behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, *_POLITE)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
