"""Programs compiled once by Go into a cache that every clone shares."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local import nursery
from local.elapsed import Elapsed
from local.failure import LocalFailure

Say = Callable[[str], None]


@dataclass(frozen=True)
class Program:
    """What ``go install`` makes; ``takes`` is its cold time, ``instead`` what saves one from the build."""

    name: str
    version: str
    module: str
    takes: str
    instead: str
    tags: str = ""

    def program(self, cache: Path) -> Path:
        """Where it lies once it is whole."""
        return cache / "engine" / f"{self.name}-{self.version}" / "server"

    def __str__(self) -> str:
        """Name and version, as messages show it."""
        return f"{self.name} {self.version}"


SERVER = Program(
    "temporal-server",
    "1.32.0",
    "go.temporal.io/server/cmd/server@v1.32.0",
    takes="about 8 minutes on 2 cores",
    instead="to do without: put `temporal` on PATH, or set TEMPORAL_ADDRESS",
    tags="disable_grpc_modules",
)
UI = Program(
    "temporal-ui",
    "2.54.1",
    "github.com/temporalio/ui-server/v2/cmd/server@v2.54.1",
    takes="about 40 seconds on 2 cores",
    instead="to do without: switch the web UI off",
)


def built(program: Program, cache: Path) -> Path | None:
    """The program of an earlier build; None when there is none."""
    there = program.program(cache)
    return there if os.access(there, os.X_OK) else None


def go_install(program: Program, cache: Path, say: Say) -> Path:
    """Compile it into the cache unless it is there; LocalFailure when there is no Go or the build fails.

    Made in a folder of another name and renamed: an interrupted build is never taken for a whole one. Two
    clones do not build at once: the second waits, and finds it done.
    """
    there = built(program, cache)
    if there is not None:
        return there
    go = shutil.which("go")
    if go is None:
        raise LocalFailure(f"build of {program}: there is no `go` on PATH")
    folder = program.program(cache).parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent / "build.lock", say):
        there = built(program, cache)
        if there is not None:
            return there
        say(f"compiling {program} with Go, once for this machine: {program.takes} ({program.instead})")
        for left_behind in folder.parent.glob(f"{folder.name}.*"):
            shutil.rmtree(left_behind)  # by a build that was killed: nobody else builds now
        began = time.monotonic()
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{folder.name}.") as fresh:
            _build([go, "install", *_flags(program), program.module], Path(fresh), program, say)
            folder.mkdir(exist_ok=True)
            (Path(fresh) / "server").replace(folder / "server")
        say(f"compiled {program} in {time.monotonic() - began:.0f} s: {folder / 'server'}")
    return folder / "server"


def _flags(program: Program) -> list[str]:
    stripped = ["-ldflags", "-s -w"]
    return [*stripped, "-tags", program.tags] if program.tags else stripped


@contextmanager
def _alone(lock: Path, say: Say) -> Generator[None, None, None]:
    with (
        lock.open("w") as holder,
        Elapsed("another run is compiling Temporal, waiting for it", say) as elapsed,
    ):
        while True:
            try:
                fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                elapsed.tell()
                time.sleep(0.5)
        elapsed.close()
        yield


def _build(argv: list[str], target: Path, program: Program, say: Say) -> None:
    # A log beside the target: a build says nothing for minutes, and then a page if it fails.
    log = target / "build.log"
    env = {**os.environ, "GOBIN": str(target), "CGO_ENABLED": "0"}
    with log.open("wb") as output, Elapsed(f"compiling {program}", say) as elapsed:
        go = nursery.spawn(argv, log=output, env=env)
        try:
            while go.poll() is None:
                elapsed.tell()
                time.sleep(0.2)
        finally:
            if go.poll() is None:
                # Go's compilers are its children: the whole group goes, or they would run on for minutes.
                os.killpg(go.pid, signal.SIGKILL)
                go.wait()
    if go.returncode != 0:
        last = log.read_text(errors="replace").strip().splitlines()[-3:]
        raise LocalFailure(f"build of {program}: go ended with {go.returncode}: " + " / ".join(last))
