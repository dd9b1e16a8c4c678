"""Where the database's data lies: in the home, or where the server's user can reach it."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from local.failure import LocalFailure
from local.home import Home
from local.user import User, is_root

# Tried in this order when we are root and the home is closed to others. Both survive a restart.
SHARED = (Path("/var/lib/hotline"), Path("/var/tmp/hotline-root"))


def shared_folder(candidates: tuple[Path, ...] = SHARED) -> Path:
    """A folder of root's that every user can reach, for what may not lie in a closed home."""
    for folder in candidates:
        try:
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        except OSError:
            continue  # a read-only system: the next one
        found = folder.lstat()
        # In a folder open to all somebody else may have been first.
        if found.st_uid == os.geteuid() and not found.st_mode & 0o022 and User.nobody().can_run(_enter(folder)):
            return folder
    names = " or ".join(map(str, candidates))
    raise LocalFailure(f"no folder for PostgreSQL that an unprivileged user can reach: tried {names}")


def _enter(folder: Path) -> list[str]:
    return ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]


def place(home: Home, shared: tuple[Path, ...] = SHARED) -> tuple[Path, User | None]:
    """The folder for the data, made if missing, and the user to run the server as (None: ourselves).

    It lies in the home where the server's user can reach that, else under ``shared``, which is then noted in
    the home and stays so.
    """
    inside, note = home.root / "postgres", home.root / "postgres.place"
    if not is_root():
        inside.mkdir(mode=0o700, exist_ok=True)
        if not os.access(inside, os.W_OK | os.X_OK):
            raise LocalFailure(f"{inside} belongs to another user: run as that user, or choose another home")
        return inside, None
    if note.exists():
        folder = Path(note.read_text().strip())
        if not folder.is_dir():
            raise LocalFailure(
                f"{note} says that the data lies in {folder}, which is not there: bring it back, "
                f"or delete {note} to start with an empty database"
            )
        return folder, User.owner(folder)
    if not inside.exists():
        inside.mkdir(mode=0o700)
        os.chown(inside, User.nobody().uid, User.nobody().gid)
    # An ordinary user's home, run by root once: the server then runs as that user, or he could not go on.
    user = User.owner(inside)
    if user.uid == 0:
        raise LocalFailure(f"{inside} belongs to root, and PostgreSQL does not run as root: give it to another user")
    if user.can_write(inside):
        return inside, user
    folder = shared_folder(shared) / "data" / f"{home.root.name}-{secrets.token_hex(4)}"
    folder.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    shutil.move(inside, folder)  # empty, or data of a home that was closed to others since
    _give(folder, user)
    note.write_text(f"{folder}\n")
    return folder, user


def _give(folder: Path, user: User) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.uid, user.gid, follow_symlinks=False)


def discard(home: Home) -> None:
    """Delete the data of ``home``, also where it lies elsewhere. The server must be stopped."""
    note = home.root / "postgres.place"
    if note.exists():
        shutil.rmtree(Path(note.read_text().strip()), ignore_errors=True)
        note.unlink()
    shutil.rmtree(home.root / "postgres", ignore_errors=True)
    (home.root / "postgres.password").unlink(missing_ok=True)
