"""The user that the database server runs as. PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class User:
    """A system user by number."""

    uid: int
    gid: int

    @classmethod
    def nobody(cls) -> User:
        """Return the unprivileged user that every system has."""
        entry = pwd.getpwnam("nobody")
        return cls(entry.pw_uid, entry.pw_gid)

    @classmethod
    def owner(cls, path: Path) -> User:
        """Return the user that owns ``path``."""
        found = path.stat()
        return cls(found.st_uid, found.st_gid)

    def can_run(self, argv: list[str]) -> bool:
        """Whether this user can execute the command: asked by doing it, which no check of bits can match."""
        try:
            tried = subprocess.run(
                argv,
                user=self.uid,
                group=self.gid,
                extra_groups=[],
                cwd="/",
                env={},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        except OSError:
            return False
        return tried.returncode == 0

    def can_write(self, folder: Path) -> bool:
        """Whether this user can reach ``folder`` from the root and write there."""
        return self.can_run(["/bin/sh", "-c", 'cd "$1" && test -w .', "sh", str(folder)])


def is_root() -> bool:
    """Whether we run as root."""
    return os.geteuid() == 0
