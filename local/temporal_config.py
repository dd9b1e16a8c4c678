"""The configuration of our own temporal-server. Written as JSON, which every YAML reader reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local.port import LOOPBACK

SERVICES = ("frontend", "history", "matching", "worker")
# Rates are limits for a server shared by many; here there is one tenant on one box, and a burst of complaints
# or of due clocks should meet the machine's limit and no other.
_UNLIMITED = 1_000_000
_RATES = (
    "frontend.rps",
    "frontend.namespaceRPS",
    "frontend.namespaceRPS.visibility",
    "frontend.namespaceCount",
    "frontend.persistenceMaxQPS",
    "history.rps",
    "history.persistenceMaxQPS",
    "history.timerProcessorMaxPollRPS",
    "history.transferProcessorMaxPollRPS",
    "history.visibilityProcessorMaxPollRPS",
    "history.outboundProcessorMaxPollRPS",
    "matching.rps",
    "matching.persistenceMaxQPS",
    "worker.persistenceMaxQPS",
)
DYNAMIC: Mapping[str, int | bool | str] = {
    **dict.fromkeys(_RATES, _UNLIMITED),
    "matching.numTaskqueueReadPartitions": 1,
    "matching.numTaskqueueWritePartitions": 1,
    # Tasks that wait are handed out district by district; without this the server ignores a workflow's fairness key.
    "matching.enableFairness": True,
    # A complaint whose task fails is found by the guide's query after two failures, not five.
    "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute": 2,
    "frontend.WorkflowTimeSkippingEnabled": True,
    # How long a due timer may wait for others to be fired with it; the default second is a second late.
    "history.timerProcessorMaxTimeShift": "20ms",
}


@dataclass(frozen=True)
class Stores:
    """Where the server keeps workflows, and the list of them that people search (None: in the same place)."""

    workflows: Mapping[str, object]
    visibility: Mapping[str, object] | None
    shards: int


def write(folder: Path, stores: Stores, ports: Mapping[str, tuple[int, int]]) -> Path:
    """Write the server's two files into ``folder``; the path of the main one.

    ``ports``: for each of SERVICES its gRPC and its membership port.
    """
    folder.mkdir(parents=True, exist_ok=True)
    dynamic = folder / "dynamic.yaml"
    dynamic.write_text(json.dumps({key: [{"value": value}] for key, value in DYNAMIC.items()}, indent=2))
    main = folder / "server.yaml"
    main.unlink(missing_ok=True)
    main.touch(mode=0o600)  # it may hold a database's password
    main.write_text(json.dumps(_server(stores, dynamic, ports), indent=2))
    return main


def _server(stores: Stores, dynamic: Path, ports: Mapping[str, tuple[int, int]]) -> dict[str, object]:
    frontend = f"{LOOPBACK}:{ports['frontend'][0]}"
    kept = {"workflows": stores.workflows} | ({"visibility": stores.visibility} if stores.visibility else {})
    return {
        "log": {"stdout": True, "level": "warn"},
        "persistence": {
            "defaultStore": "workflows",
            "visibilityStore": "visibility" if stores.visibility else "workflows",
            "numHistoryShards": stores.shards,
            "datastores": {name: {"sql": store} for name, store in kept.items()},
        },
        "global": {"membership": {"maxJoinDuration": "30s", "broadcastAddress": LOOPBACK}},
        "services": {
            name: {"rpc": {"grpcPort": grpc, "membershipPort": membership, "bindOnLocalHost": True}}
            for name, (grpc, membership) in ports.items()
        },
        "clusterMetadata": {
            "enableGlobalNamespace": False,
            "failoverVersionIncrement": 10,
            "masterClusterName": "active",
            "currentClusterName": "active",
            "clusterInformation": {
                "active": {
                    "enabled": True,
                    "initialFailoverVersion": 1,
                    "rpcName": "frontend",
                    "rpcAddress": frontend,
                }
            },
        },
        "dcRedirectionPolicy": {"policy": "noop"},
        "dynamicConfigClient": {"filepath": str(dynamic), "pollInterval": "60s"},
    }


def on_file(database: Path) -> Stores:
    """Everything in one SQLite file."""
    store: dict[str, object] = {
        "pluginName": "sqlite",
        "databaseName": str(database),
        "connectAddr": "localhost",
        "connectProtocol": "tcp",
        "connectAttributes": {
            "cache": "private",
            "setup": "true",
            "journal_mode": "wal",
            "synchronous": "2",  # a commit is on disk before it is answered
        },
        # SQLite has one writer; a second connection would only meet "database is locked".
        "maxConns": 1,
        "maxIdleConns": 1,
        "maxConnLifetime": "1h",
    }
    return Stores(store, None, shards=1)


def on_postgres(port: int, role: str, password: str, databases: tuple[str, str], shards: int) -> Stores:
    """Two databases of one PostgreSQL on the loopback: workflows, and the list of them."""

    def store(database: str) -> dict[str, object]:
        return {
            "pluginName": "postgres12_pgx",
            "databaseName": database,
            "connectAddr": f"{LOOPBACK}:{port}",
            "connectProtocol": "tcp",
            "user": role,
            "password": password,
            "maxConns": 20,
            "maxIdleConns": 20,
            "maxConnLifetime": "1h",
        }

    workflows, visibility = databases
    return Stores(store(workflows), store(visibility), shards)
