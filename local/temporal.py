"""A Temporal server of our own on a durable SQLite file in the home."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from temporalio.api.enums.v1 import IndexedValueType

from local import temporal_config
from local.apart import run_apart
from local.child import YIELDING, Child
from local.engine import Engine
from local.failure import LocalFailure
from local.home import Home
from local.namespace import RETENTION, ensure_namespace
from local.port import LOOPBACK, Ports, answers

NAMESPACE = "hotline"
# Two files: the two kinds differ in version, and a server refuses the file of a later one.
_SERVER_FILE, _CLI_FILE = "server.db", "dev-server.db"
_START_LIMIT = 60.0  # seconds
_STOP_GRACE = 10.0

__all__ = ["NAMESPACE", "RETENTION", "Temporal", "engine_of", "ensure_namespace"]


def engine_of(home: Home) -> Literal["cli", "server"] | None:
    """The kind of engine that this home's workflows lie in; None while there are none."""
    if (home.root / "temporal" / _SERVER_FILE).exists():
        return "server"
    return "cli" if (home.root / "temporal" / _CLI_FILE).exists() else None


class Temporal:
    """The server of one home. ``start`` returns when its namespace can be used.

    ``ui_url`` is the web UI's address where the engine brings its own (the command line tool), else None.
    """

    def __init__(
        self,
        engine: Engine,
        home: Home,
        namespace: str = NAMESPACE,
        search_attributes: Mapping[str, IndexedValueType.ValueType] | None = None,
        *,
        ui: bool = True,
    ) -> None:
        """``engine`` must be one to run, not an address."""
        if engine.executable is None:
            raise ValueError("an engine at an address is not ours to run")
        self._namespace = namespace
        self._search_attributes = dict(search_attributes or {})
        self._home = home
        self._folder = home.root / "temporal"
        self._folder.mkdir(parents=True, exist_ok=True)
        self.ui_url: str | None = None
        if engine.kind == "cli":
            self.port, argv = self._command_line(engine.executable, ui)
        else:
            self.port, argv = self._server(engine.executable)
        self.address = f"{LOOPBACK}:{self.port}"
        self.child = Child("temporal", argv, home, cwd=self._folder, niceness=YIELDING)

    def _server(self, program: Path) -> tuple[int, list[str | Path]]:
        take = Ports(self._home.ports).take
        ports = {name: (take(f"temporal-{name}"), take(f"{name}-member")) for name in temporal_config.SERVICES}
        config = temporal_config.write(self._folder, temporal_config.on_file(self._folder / _SERVER_FILE), ports)
        return ports["frontend"][0], [program, "--allow-no-auth", "--config-file", config, "start"]

    def _command_line(self, program: Path, ui: bool) -> tuple[int, list[str | Path]]:
        take = Ports(self._home.ports).take
        port = take("temporal-frontend")
        argv: list[str | Path] = [program, "server", "start-dev", "--ip", LOOPBACK, "--port", str(port)]
        argv += ["--db-filename", self._folder / _CLI_FILE, "--log-level", "warn"]
        for key, value in temporal_config.DYNAMIC.items():
            argv += ["--dynamic-config-value", f"{key}={str(value).lower()}"]
        if not ui:
            return port, [*argv, "--headless"]
        ui_port = take("ui")
        self.ui_url = f"http://{LOOPBACK}:{ui_port}"
        return port, [*argv, "--ui-port", str(ui_port)]

    def start(self) -> None:
        """Start the server unless it runs, and make the namespace and its search attributes if missing."""
        self.child.start()
        self.child.wait_ready(lambda: answers(self.port), _START_LIMIT)
        try:
            run_apart(lambda: ensure_namespace(self.address, self._namespace, self._search_attributes))
        except LocalFailure as failure:
            raise self.child.failed(str(failure)) from failure

    def stop(self) -> None:
        """Stop it; what it has answered is on disk already."""
        self.child.stop(_STOP_GRACE)
