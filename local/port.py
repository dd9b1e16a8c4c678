"""Loopback ports that stay the same from run to run, as long as nobody else has taken them."""

from __future__ import annotations

import json
import random
import socket
from pathlib import Path

from local.failure import LocalFailure

LOOPBACK = "127.0.0.1"
# Below the range from which systems hand out ports for outgoing connections. A client that keeps calling a
# dead server's port within that range can end up connected to itself, and the server finds its port taken.
_LOWEST, _HIGHEST = 20_000, 32_000


class Ports:
    """The ports of one home, by name."""

    def __init__(self, file: Path) -> None:
        """``file`` remembers them; it is made when the first port is taken."""
        self._file = file

    def take(self, name: str) -> int:
        """The remembered port if it is free, else a new free one, remembered from now on."""
        known = self._known()
        port = known.get(name)
        if port is None or not free(port):
            known[name] = port = _fresh(set(known.values()))
            self._write(known)
        return port

    def _known(self) -> dict[str, int]:
        try:
            return {str(name): int(port) for name, port in json.loads(self._file.read_text()).items()}
        except (FileNotFoundError, ValueError, AttributeError, TypeError):
            return {}  # missing or cut short: every port is simply new

    def _write(self, known: dict[str, int]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(known, indent=2))
        fresh.replace(self._file)


def free(port: int) -> bool:
    """Whether a server can listen on the loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether a server listens on the loopback port now."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1.0):
            return True
    except OSError:
        return False


def _fresh(taken: set[int]) -> int:
    for _ in range(1_000):
        port = random.randrange(_LOWEST, _HIGHEST)
        if port not in taken and free(port):
            return port
    raise LocalFailure(f"no free port between {_LOWEST} and {_HIGHEST} on {LOOPBACK}")
