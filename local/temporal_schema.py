"""The tables of a temporal-server on PostgreSQL: its own SQL, fitted to a database without contrib."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from local.build import SERVER
from local.failure import LocalFailure
from local.postgres import Postgres

_MODULE = f"go.temporal.io/server@v{SERVER.version}"
_INSIDE = "schema/postgresql/v12"
_CONSTANT = {"temporal": "Version", "visibility": "VisibilityVersion"}
_LIMIT = 600.0  # seconds for the download of one Go module
_EXTENSION = re.compile(r"DO LANGUAGE 'plpgsql' \$\$.*?btree_gin.*?\$\$;", re.DOTALL)
_GIN = re.compile(r"USING GIN \(namespace_id, ")
_VERSIONS = """
CREATE TABLE schema_version (
    version_partition int NOT NULL,
    db_name varchar(255) NOT NULL,
    creation_time timestamp,
    curr_version varchar(64),
    min_compatible_version varchar(64),
    PRIMARY KEY (version_partition, db_name)
);
INSERT INTO schema_version VALUES (0, '{database}', now() AT TIME ZONE 'UTC', '{version}', '{version}');
"""
"""What the server asks at its start. Its schema tool keeps the same table, and could go on from here."""


@dataclass(frozen=True)
class Schema:
    """One database's tables as SQL, and the version that the server expects of them."""

    sql: str
    version: str


def ready_database(postgres: Postgres, database: str, schema: Schema) -> None:
    """Make the database and its tables unless they are there. All tables or none: it is one transaction."""
    postgres.create_database(database)
    if postgres.run_script(database, "SELECT to_regclass('schema_version');"):
        return
    postgres.run_script(database, schema.sql + _VERSIONS.format(database=database, version=schema.version))


def schemas(cache: Path, say: Callable[[str], None]) -> tuple[Schema, Schema]:
    """The schemas of workflows and of their list. Read out of the server's Go module once, kept in the cache."""
    folder = cache / "engine" / f"temporal-schema-{SERVER.version}"
    if not folder.exists():
        source = _module(say) / _INSIDE
        fresh = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for kind in _CONSTANT:
            (fresh / f"{kind}.sql").write_text((source / kind / "schema.sql").read_text())
        (fresh / "version.go").write_text((source / "version.go").read_text())
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.exists():  # not another run that was first
                raise
    versions = (folder / "version.go").read_text()
    workflows, visibility = (
        Schema((folder / f"{kind}.sql").read_text(), _constant(versions, name)) for kind, name in _CONSTANT.items()
    )
    return workflows, Schema(without_contrib(visibility.sql), visibility.version)


def without_contrib(sql: str) -> str:
    """The list's tables for a server without the extension btree_gin. Only the namespace's place in GIN indexes needs
    it: they are kept, over the searched column alone."""
    fitted = _GIN.sub("USING GIN (", _EXTENSION.sub("", sql))
    if "btree_gin" in fitted:
        raise LocalFailure(f"the visibility schema of {SERVER} asks for btree_gin in a way that is new to us")
    return fitted


def _module(say: Callable[[str], None]) -> Path:
    go = shutil.which("go")
    if go is None:
        raise LocalFailure(f"Temporal's tables are read out of {_MODULE}, and there is no `go` on PATH to get it")
    say(f"reading Temporal's tables out of {_MODULE}")
    got = subprocess.run(
        [go, "mod", "download", "-json", _MODULE],
        capture_output=True,
        text=True,
        timeout=_LIMIT,
        check=False,
        cwd="/",
    )
    if got.returncode != 0:
        raise LocalFailure(f"go mod download {_MODULE}: {(got.stdout + got.stderr).strip()[-500:]}")
    return Path(json.loads(got.stdout)["Dir"])


def _constant(source: str, name: str) -> str:
    found = re.search(rf'^const {name} = "([\d.]+)"$', source, re.MULTILINE)
    if found is None:
        raise LocalFailure(f"{_MODULE} does not tell its schema's {name}")
    return found[1]
