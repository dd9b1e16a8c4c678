"""A whole demo on a home of its own, played from outside by its command alone, and still up when it has been played."""

import asyncio
import csv
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.city import Json
from tests.conftest import MODEL, ROOT

PATIENCE = 300
"""Seconds in which a loaded machine has to get there; an idle one takes a tenth."""


@dataclass
class Demo:
    """One demo: its home, its process, and what it told at the end."""

    home: Path
    process: asyncio.subprocess.Process
    account: Json

    @property
    def addresses(self) -> Json:
        """Where API, database and engine answer."""
        return json.loads((self.home / "running.json").read_text(encoding="utf-8"))

    def logs(self) -> dict[str, str]:
        """Everything that its processes and its servers have written, by file; and the demo itself."""
        files = [path for path in (self.home / "logs").rglob("*") if path.is_file()] + [self.home / "told.txt"]
        return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in files}


@asynccontextmanager
async def played(texts: list[str], seconds: float) -> AsyncGenerator[Demo, None]:
    """The demo of these texts, from the moment that it has been played until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="hotline-demo-"))
    folder.chmod(0o755)
    home = folder / "demo"  # where the command has its own
    process = None
    try:
        home.mkdir()
        shutil.copytree(MODEL, home / "classifier")
        _write(home / "texts.csv", texts)
        with (home / "told.txt").open("wb") as told:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "cli.main", "demo", "--json"),
                *("--input", str(home / "texts.csv"), "--seconds", str(seconds)),
                cwd=ROOT,
                env=os.environ | {"HOTLINE_HOME": str(folder)},
                stdout=asyncio.subprocess.PIPE,
                stderr=told,
            )
        yield Demo(home, process, await _account(process, home))
    finally:
        if process is not None and process.returncode is None:
            process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, texts: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["text"])
        rows.writerows([text] for text in texts)


async def _account(process: asyncio.subprocess.Process, home: Path) -> Json:
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while line := await process.stdout.readline():
            if line.startswith(b"{"):
                return json.loads(line)
    raise AssertionError(f"the demo ended early: {(home / 'told.txt').read_text(encoding='utf-8')[-2000:]}")
