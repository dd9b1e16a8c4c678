"""How long something has been going on: a live line on a terminal, now and then a plain one elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from rich.console import Console
from rich.status import Status

_EVERY = 15.0  # seconds between plain lines


class Elapsed:
    """A context in which ``tell``, called often, keeps a waiting person informed. Silent until first told."""

    def __init__(self, what: str, say: Callable[[str], None]) -> None:
        """``what`` is going on; ``say`` takes the plain lines."""
        self._what = what
        self._say = say
        self._began = time.monotonic()
        self._told = self._began
        self._status: Status | None = None

    def __enter__(self) -> Elapsed:
        """Start the clock."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the live line away."""
        self.close()

    def tell(self) -> None:
        """Say how long it has been, if it is time to."""
        now = time.monotonic()
        minutes, seconds = divmod(int(now - self._began), 60)
        line = f"{self._what}: {minutes}:{seconds:02d}"
        if sys.stderr.isatty():
            if self._status is None:
                self._status = Console(stderr=True).status(line)
                self._status.start()
            self._status.update(line)
        elif now - self._told >= _EVERY:
            self._told = now
            self._say(line)

    def close(self) -> None:
        """Take the live line away; safe to call again."""
        if self._status is not None:
            self._status.stop()
            self._status = None
