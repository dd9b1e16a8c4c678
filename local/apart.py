"""Asynchronous calls from synchronous code, also where an event loop already runs in this thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def run_apart(call: Callable[[], Coroutine[object, object, T]]) -> T:
    """Run ``call`` to its end in a loop of its own in another thread; its exception is raised here."""
    outcome: Future[T] = Future()

    def work() -> None:
        try:
            outcome.set_result(asyncio.run(call()))
        except BaseException as failure:  # handed over whole to the caller's thread
            outcome.set_exception(failure)

    # A daemon: Ctrl-C in the caller must not wait for a server that never answers.
    threading.Thread(target=work, name="apart", daemon=True).start()
    return outcome.result()
