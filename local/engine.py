"""Which Temporal to use: one that is there, one that was built before, one that can be had."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from local.build import SERVER, built, go_install
from local.download import downloaded
from local.failure import LocalFailure, NoEngine

Say = Callable[[str], None]
# The first server that skips one workflow's time on request.
_SKIPS_TIME_SINCE = (1, 32)

_NO_ENGINE = """no Temporal engine: none is here, and none could be got. Any one of these is enough:
  - set TEMPORAL_ADDRESS=host:port to a Temporal server that you run (for example from docker-compose.yml);
  - put the `temporal` command line tool on PATH (its dev server is used);
  - install Go 1.26 or newer and allow its module proxy: temporal-server is then compiled once (minutes);
  - copy a compiled server to {place}
What was tried:
{tried}"""


@dataclass(frozen=True)
class Engine:
    """A Temporal to run, or the address of one that runs.

    ``skips_time``: whether one workflow's clock can be moved forward (tests and the demo need it). For an
    address it is False: whether somebody else's server allows that is theirs to know.
    """

    kind: Literal["address", "cli", "server"]
    skips_time: bool
    address: str | None = None
    executable: Path | None = None

    def __str__(self) -> str:
        """How it is named in messages and logs."""
        return f"Temporal at {self.address}" if self.kind == "address" else str(self.executable)


def find_engine(
    address: str | None,
    cache: Path,
    say: Say,
    *,
    time_skipping: bool = False,
    only: Literal["cli", "server"] | None = None,
) -> Engine:
    """The first engine that there is, in this order; NoEngine when there is none.

    The address given, ``temporal`` on PATH, our earlier build, a download by the SDK, a build by Go. With
    ``time_skipping`` a `temporal` that cannot skip time is passed over, and said so. ``only`` one kind of
    engine suits a home whose workflows lie in the file of that kind: another would start with none of them.
    """
    if address:
        return Engine("address", skips_time=False, address=address)
    for find in (_on_path, _built_before):
        engine = find(cache)
        if engine is not None and _suits(engine, time_skipping, only, say):
            return engine
    tried: list[str] = []
    for kind, get in (("cli", _download), ("server", _compile)):
        if only not in (None, kind):
            continue
        try:
            engine = get(cache, say)
        except LocalFailure as failure:
            tried.append(f"  - {failure}")
            continue
        if _suits(engine, time_skipping, only, say):
            return engine
        tried.append(f"  - {engine} cannot skip time")
    raise NoEngine(_NO_ENGINE.format(place=SERVER.program(cache), tried="\n".join(tried)))


def _suits(engine: Engine, time_skipping: bool, only: str | None, say: Say) -> bool:
    if only not in (None, engine.kind):
        say(f"{engine} is passed over: the workflows of this home belong to another kind of engine")
        return False
    if time_skipping and not engine.skips_time:
        say(f"{engine} cannot skip a workflow's time, which is needed here: looking further")
        return False
    say(f"Temporal engine: {engine}")
    return True


def _on_path(cache: Path) -> Engine | None:
    found = shutil.which("temporal")
    if found is None:
        return None
    try:
        return _command_line(Path(found))
    except (OSError, subprocess.SubprocessError):
        return None  # a broken one, or another program of that name


def _built_before(cache: Path) -> Engine | None:
    program = built(SERVER, cache)
    return None if program is None else Engine("server", skips_time=True, executable=program)


def _download(cache: Path, say: Say) -> Engine:
    return _command_line(downloaded(cache, say))


def _compile(cache: Path, say: Say) -> Engine:
    return Engine("server", skips_time=True, executable=go_install(SERVER, cache, say))


def _command_line(program: Path) -> Engine:
    return Engine("cli", skips_time=_server_version(program) >= _SKIPS_TIME_SINCE, executable=program)


def _server_version(program: Path) -> tuple[int, int]:
    """The version of the server inside the command line tool; (0, 0) when it does not tell."""
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=True)
    told = re.search(r"[Ss]erver\D{0,3}(\d+)\.(\d+)", asked.stdout)
    return (0, 0) if told is None else (int(told[1]), int(told[2]))
