"""Health of a process without a port of its own: exit 0 while this container has a connection to what it works for.

    connected.py DATABASE_URL       or       connected.py TEMPORAL_ADDRESS

It reads the kernel's table of connections and opens none itself: a check must not be a load.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

ESTABLISHED = "01"
DEFAULT_PORTS = {"DATABASE_URL": 5432, "TEMPORAL_ADDRESS": 7233}


def port_of(name: str, address: str) -> int:
    """The port that `address` names, or the usual one."""
    return urlsplit(address if "://" in address else f"//{address}").port or DEFAULT_PORTS[name]


def ports_connected_to() -> Iterator[int]:
    """Remote ports of the established connections, IPv4 and IPv6."""
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.exists():
            continue
        for line in table.read_text(encoding="ascii").splitlines()[1:]:
            _, _, remote, state, *_ = line.split()
            if state == ESTABLISHED:
                yield int(remote.rpartition(":")[2], 16)


if __name__ == "__main__":
    name = sys.argv[1]
    sys.exit(port_of(name, os.environ[name]) not in ports_connected_to())
