"""The folder in which one run keeps everything: data, logs, pids, ports, secrets."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.failure import HomeBusy


@dataclass(frozen=True)
class Home:
    """The layout of the folder; ``root`` is made when first needed."""

    root: Path

    def __post_init__(self) -> None:
        """Children have other working directories: the path must hold from everywhere."""
        object.__setattr__(self, "root", self.root.absolute())

    @property
    def logs(self) -> Path:
        """One log file a child."""
        return self.root / "logs"

    @property
    def pids(self) -> Path:
        """One pid file a child."""
        return self.root / "pids"

    @property
    def ports(self) -> Path:
        """The ports that this home's servers use."""
        return self.root / "ports.json"

    @contextmanager
    def held(self) -> Generator[None, None, None]:
        """Keep the home for this run; HomeBusy when another has it. If we are killed the kernel frees it."""
        self.root.mkdir(parents=True, exist_ok=True)
        lock = self.root / "lock"
        with lock.open("a+") as holder:
            try:
                fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder.seek(0)
                owner = holder.read().strip() or "unknown"
                raise HomeBusy(
                    f"{self.root} is in use by another run (process {owner}): "
                    "stop that one first, or give this one another home (HOTLINE_HOME)"
                ) from None
            holder.truncate(0)
            holder.write(str(os.getpid()))
            holder.flush()
            yield
