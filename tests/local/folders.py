"""Folders as people have them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.local.processes import working_below


@contextmanager
def open_folder() -> Generator[Path]:
    """A folder that every user can reach, as a clone usually is; pytest's own are closed to others.

    At the end it goes, and nothing may still run in it.
    """
    path = Path(tempfile.mkdtemp(prefix="hotline-test-"))
    path.chmod(0o755)
    try:
        yield path
        assert working_below(path) == [], "every test must leave no process behind"
    finally:
        shutil.rmtree(path, ignore_errors=True)
