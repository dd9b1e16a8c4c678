"""Temporal's web UI as a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

from local.child import Child
from local.home import Home
from local.port import LOOPBACK, Ports, answers

_START_LIMIT = 20.0  # seconds
_STOP_GRACE = 3.0


class Ui:
    """The UI that shows one server, on a port of its own."""

    def __init__(self, program: Path, home: Home, *, address: str, namespace: str) -> None:
        """``address`` and ``namespace``: of the server that it shows."""
        self.port = Ports(home.ports).take("ui")
        self.url = f"http://{LOOPBACK}:{self.port}"
        folder = home.root / "ui"
        (folder / "config").mkdir(parents=True, exist_ok=True)
        settings = {
            "temporalGrpcAddress": address,
            "host": LOOPBACK,
            "port": self.port,
            "enableUi": True,
            "defaultNamespace": namespace,
            "disableNewsFetch": True,
            "cors": {"cookieInsecure": True, "allowOrigins": [self.url]},
        }
        # JSON, which every YAML reader reads.
        (folder / "config" / "development.yaml").write_text(json.dumps(settings, indent=2))
        self.child = Child("ui", [program, "start"], home, cwd=folder)

    def start(self) -> None:
        """Start it unless it runs; returns when it answers."""
        self.child.start()
        self.child.wait_ready(lambda: answers(self.port), _START_LIMIT)

    def stop(self) -> None:
        """Stop it."""
        self.child.stop(_STOP_GRACE)
