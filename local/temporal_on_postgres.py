"""A Temporal server of our own whose data lies in our own PostgreSQL: what benches and drills stand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from temporalio.api.enums.v1 import IndexedValueType

from local import temporal_config
from local.apart import run_apart
from local.child import YIELDING, Child
from local.engine import Engine
from local.failure import LocalFailure
from local.home import Home
from local.namespace import ensure_namespace
from local.port import LOOPBACK, Ports, answers
from local.postgres import ROLE, Postgres
from local.temporal import NAMESPACE
from local.temporal_schema import ready_database, schemas

DATABASES = ("temporal", "temporal_visibility")
SHARDS = 4
"""Shards of workflows. Fixed for the life of the data; one shard's writes wait for each other."""
_START_LIMIT = 60.0  # seconds
_STOP_GRACE = 10.0


SPLIT = (("frontend", "history"), ("matching", "worker"))
"""Services of two processes that are one cluster together, as on several machines."""


class TemporalOnPostgres:
    """The compiled server on two databases of ``postgres``, which has to run when this one starts.

    ``start`` makes the databases and their tables if missing, and returns when the namespace can be used.
    ``others`` are the cluster's further processes, to be started after this one.
    """

    ui_url: str | None = None

    def __init__(
        self,
        engine: Engine,
        home: Home,
        postgres: Postgres,
        cache: Path,
        say: Callable[[str], None],
        namespace: str = NAMESPACE,
        search_attributes: Mapping[str, IndexedValueType.ValueType] | None = None,
        roles: Sequence[Sequence[str]] = (temporal_config.SERVICES,),
    ) -> None:
        """``engine`` must be the compiled server; ``cache`` keeps its SQL. ``roles``: the services of each process, the
        front end among the first one's."""
        if engine.kind != "server" or engine.executable is None:
            raise ValueError("only the compiled server keeps its data in PostgreSQL")
        self._postgres = postgres
        self._cache = cache
        self._say = say
        self._namespace = namespace
        self._search_attributes = dict(search_attributes or {})
        folder = home.root / "temporal-on-postgres"
        take = Ports(home.ports).take
        ports = {name: (take(f"temporal-{name}"), take(f"{name}-member")) for name in temporal_config.SERVICES}
        stores = temporal_config.on_postgres(postgres.port, ROLE, postgres.password, DATABASES, SHARDS)
        config = temporal_config.write(folder, stores, ports)
        self.port = ports["frontend"][0]
        self.address = f"{LOOPBACK}:{self.port}"
        argv: list[str | Path] = [engine.executable, "--allow-no-auth", "--config-file", config, "start"]
        self.child = Child("temporal", [*argv, *_only(roles[0])], home, cwd=folder, niceness=YIELDING)
        others = [(f"temporal-{'-'.join(role)}", role) for role in roles[1:]]
        self.others = [
            _Part(Child(name, [*argv, *_only(role)], home, cwd=folder, niceness=YIELDING), ports[role[0]][0])
            for name, role in others
        ]

    def start(self) -> None:
        """Start the server unless it runs; LocalFailure when it, its tables or its namespace cannot be had."""
        for database, schema in zip(DATABASES, schemas(self._cache, self._say), strict=True):
            ready_database(self._postgres, database, schema)
        self.child.start()
        self.child.wait_ready(lambda: answers(self.port), _START_LIMIT)
        try:
            run_apart(lambda: ensure_namespace(self.address, self._namespace, self._search_attributes))
        except LocalFailure as failure:
            raise self.child.failed(str(failure)) from failure

    def stop(self) -> None:
        """Stop it; what it has answered is in PostgreSQL already."""
        self.child.stop(_STOP_GRACE)


class _Part:
    """One more process of a cluster; it finds the others by the table in which all of them write where they are."""

    def __init__(self, child: Child, port: int) -> None:
        self.child = child
        self._port = port

    def start(self) -> None:
        """Start it unless it runs; ChildFailed when it does not answer."""
        self.child.start()
        self.child.wait_ready(lambda: answers(self._port), _START_LIMIT)

    def stop(self) -> None:
        """Stop it; what it works on is in PostgreSQL."""
        self.child.stop(_STOP_GRACE)


def _only(services: Sequence[str]) -> list[str]:
    return [f"--service={name}" for name in services]
