"""The configuration of our own temporal-server. Written as JSON, which every YAML reader reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    "frontend.WorkflowTimeSkippingEnabled": True,
    # How long a due timer may wait for others to be fired with it; the default second is a second late.
    "history.timerProcessorMaxTimeShift": "20ms",
}


def write(folder: Path, database: Path, ports: Mapping[str, tuple[int, int]]) -> Path:
    """Write the server's two files into ``folder``; the path of the main one.

    ``ports``: for each of SERVICES its gRPC and its membership port.
    """
    folder.mkdir(parents=True, exist_ok=True)
    dynamic = folder / "dynamic.yaml"
    dynamic.write_text(json.dumps({key: [{"value": value}] for key, value in DYNAMIC.items()}, indent=2))
    main = folder / "server.yaml"
    main.write_text(json.dumps(_server(database, dynamic, ports), indent=2))
    return main


def _server(database: Path, dynamic: Path, ports: Mapping[str, tuple[int, int]]) -> dict[str, object]:
    frontend = f"{LOOPBACK}:{ports['frontend'][0]}"
    return {
        "log": {"stdout": True, "level": "warn"},
        "persistence": {
            "defaultStore": "file",
            "visibilityStore": "file",
            "numHistoryShards": 1,
            "datastores": {"file": {"sql": _sqlite(database)}},
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


def _sqlite(database: Path) -> dict[str, object]:
    return {
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
