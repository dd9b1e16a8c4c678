"""Where the processes of one machine tell their figures: a port of its own for each, and a file that lists them in the
form in which Prometheus discovers what to ask."""

import json
from pathlib import Path

from local.port import LOOPBACK, Ports

FILE = "metrics.json"


class Pages:
    """The pages of the processes that are started in one home."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._ports = Ports(home / "ports.json")
        self._known: dict[str, int] = {}

    def of(self, process: str) -> dict[str, str]:
        """The settings that give `process` its page, which is listed from now on."""
        self._known[process] = self._ports.take(f"metrics-{process}")
        listed = [
            {"targets": [f"{LOOPBACK}:{port}"], "labels": {"process": name.partition("-")[0], "instance": name}}
            for name, port in self._known.items()
        ]
        draft = self._home / f".{FILE}"
        draft.write_text(json.dumps(listed, indent=2), encoding="utf-8")
        draft.replace(self._home / FILE)
        return {"HOTLINE_METRICS_HOST": LOOPBACK, "HOTLINE_METRICS_PORT": str(self._known[process])}
