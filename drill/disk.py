"""A small disk for the database, which can be filled and emptied: a tmpfs of its own, mounted where the data lies."""

import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from local.user import User, is_root

_SIZE = 320 * 1024 * 1024
"""Room for a fresh cluster, its WAL, and the complaints of a drill."""
_STEP = 1024 * 1024


class NoSmallDisk(Exception):
    """A small disk cannot be had here; the text says why."""


class Disk:
    """A mounted disk with a ballast on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Take all room that is left; called again, also what was freed since."""
        with self._ballast.open("ab") as ballast:
            for size in (_STEP, 4096):
                try:
                    while True:
                        os.posix_fallocate(ballast.fileno(), os.fstat(ballast.fileno()).st_size, size)
                except OSError:
                    continue

    def free(self) -> None:
        """Give the room back."""
        self._ballast.unlink()


@contextmanager
def small_disk(folder: Path) -> Generator[Disk, None, None]:
    """A disk of 320 MB at `folder`, owned by the database's user. Raises NoSmallDisk where mounting is forbidden."""
    if not is_root():
        raise NoSmallDisk("mounting a small disk for the database needs root")
    user = User.nobody()
    folder.mkdir(mode=0o700)
    options = f"size={_SIZE},uid={user.uid},gid={user.gid},mode=700"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "hotline-drill", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        folder.rmdir()
        raise NoSmallDisk(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
