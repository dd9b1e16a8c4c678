"""The Temporal command line tool as the SDK downloads it, kept in the cache."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from temporalio.testing import WorkflowEnvironment

from local.apart import run_apart
from local.failure import LocalFailure

VERSION = "v1.9.1"
_LIMIT = 180.0  # seconds; where downloads are closed it fails at once or never answers


def downloaded(cache: Path, say: Callable[[str], None]) -> Path:
    """The tool, downloaded unless it was before; LocalFailure where downloads are closed."""
    folder = cache / "engine" / f"temporal-cli-{VERSION}"
    program = folder / "temporal"
    if program.exists():
        return program
    say(f"downloading the Temporal command line tool {VERSION} (about 60 MB)")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="download.") as fresh:
        try:
            run_apart(lambda: _download(fresh))
            (found,) = Path(fresh).iterdir()
        except (RuntimeError, OSError, TimeoutError, ValueError) as failure:
            reason = str(failure).partition("\n")[0] or "no answer"
            raise LocalFailure(f"download of the Temporal tool: {reason}") from failure
        folder.mkdir(exist_ok=True)
        found.replace(program)
    return program


async def _download(folder: str) -> None:
    # The SDK downloads only on the way to starting a server, so one is started and stopped.
    start = WorkflowEnvironment.start_local(  # pyright: ignore[reportUnknownMemberType]
        dev_server_download_version=VERSION, download_dest_dir=folder
    )
    environment = await asyncio.wait_for(start, _LIMIT)
    await environment.shutdown()
