"""What runs on this machine, as the tests look at it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def working_below(folder: Path) -> list[str]:
    """The command lines of the living processes that name ``folder`` or work in it."""
    found: list[str] = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            place = str((entry / "cwd").readlink())
        except OSError:
            continue
        if command and (str(folder) in command or place.startswith(str(folder))):
            found.append(command)
    return found


def until(holds: Callable[[], bool], seconds: float = 15.0) -> bool:
    """Wait for ``holds``; whether it came true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return holds()
