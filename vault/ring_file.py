"""The ring in its file, as a running process sees it: what `hotline keys` changes there is known within a second."""

import time
from collections.abc import Callable
from pathlib import Path

import structlog

from vault.keyring import BadKeyRing, KeyRing, at_home

LOOK_AGAIN = 1.0
"""Seconds for which the file is taken as unchanged."""

_log = structlog.stdlib.get_logger(__name__)


class RingFile:
    """The ring kept at a path, made at first use. Afterwards the file is only read: one that went missing, is broken or
    is another installation's does not take the place of the ring that is known."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._ring = at_home(path)
        self._mark = self._marked()
        self._looked = clock()

    def ring(self) -> KeyRing:
        """The ring, at most a second old."""
        return self._ring if self._clock() - self._looked < LOOK_AGAIN else self.newest()

    def newest(self) -> KeyRing:
        """The ring as it is in the file now."""
        self._looked = self._clock()
        if (mark := self._marked()) != self._mark:
            self._mark = mark
            self._read()
        return self._ring

    def _read(self) -> None:
        try:
            found = KeyRing.parse(self._path.read_text(encoding="utf-8"))
        except (OSError, BadKeyRing) as failure:
            _log.error("key ring not read", error=type(failure).__name__)
            return
        if found.pepper != self._ring.pepper:
            _log.error("key ring not read", error="another installation's")
            return
        self._ring = found

    def _marked(self) -> tuple[int, int, int] | None:
        """What changes when the file does: a new ring is a new file (`change_at_home`)."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size
