"""PostgreSQL 18 from a wheel: one cluster a home, on the loopback, with a password of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from local.child import Child
from local.failure import LocalFailure
from local.home import Home
from local.port import LOOPBACK, Ports
from local.postgres_orphans import clear
from local.postgres_place import SHARED, discard, place
from local.postgres_tree import MAJOR, programs, wheel_folder
from local.user import User

ROLE = "hotline"
_START_LIMIT = 60.0  # seconds; crash recovery after a kill is part of a start
_STOP_GRACE = 20.0
_SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "wal_compression": "on",
    "synchronous_commit": "on",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class Postgres:
    """The server of one home. ``start`` returns when it answers, ``stop`` when its data is safe on disk."""

    def __init__(
        self,
        home: Home,
        *,
        shared: tuple[Path, ...] = SHARED,
        wheel: Path | None = None,
        port: int | None = None,
    ) -> None:
        """``shared``: where root may keep what the home cannot; ``wheel``: another copy of the wheel."""
        home.root.mkdir(parents=True, exist_ok=True)
        self._home = home
        self.password = _password(home.root / "postgres.password")
        self._folder, self._user = place(home, shared)
        self._data = self._folder / f"data-{MAJOR}"
        self._programs = programs(self._user, shared, wheel or wheel_folder())
        self.port = port or Ports(home.ports).take("postgres")
        self.child = self._child()

    def _child(self) -> Child:
        argv: list[str | Path] = [self._programs / "postgres", "-D", self._data, "-p", str(self.port)]
        for name, value in _SETTINGS.items():
            argv += ["-c", f"{name}={value}"]
        return Child(
            "postgres",
            argv,
            self._home,
            cwd=Path("/"),
            user=self._user,
            # The fast shutdown: it does not wait for clients, and leaves nothing to recover.
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGINT,
        )

    def url(self, database: str = ROLE) -> str:
        """The address of one database, password included."""
        return f"postgresql://{ROLE}:{self.password}@{LOOPBACK}:{self.port}/{database}"

    def start(self) -> None:
        """Make the cluster if there is none, start the server and make the database ``hotline``."""
        if not self._data.exists():
            self._init()
        if not self.child.alive():
            clear(self._data)
            self.child.start()
        self.child.wait_ready(self._answers, _START_LIMIT)
        self.create_database(ROLE)

    def stop(self) -> None:
        """Stop it the fast way: clients are cut off, data is written out."""
        self.child.stop(_STOP_GRACE)

    def discard(self) -> None:
        """Stop it and delete its data, wherever that lies."""
        self.stop()
        discard(self._home)

    def create_database(self, database: str) -> str:
        """Make the database unless it is there; its address."""
        script = (
            "SELECT format('CREATE DATABASE %I', :'name')"
            " WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \\gexec\n"
        )
        made = self._psql(script, "-v", f"name={database}")
        if made.returncode != 0:
            raise LocalFailure(f"database {database} could not be made: {made.stderr.strip()}")
        return self.url(database)

    def run_script(self, database: str, script: str) -> str:
        """Run it in one transaction: all of it or, with a LocalFailure, nothing. What its queries told, unadorned."""
        done = self._psql(script, "--single-transaction", "--no-align", "--tuples-only", database=database)
        if done.returncode != 0:
            raise LocalFailure(f"database {database}: {done.stderr.strip()}")
        return done.stdout.strip()

    def _answers(self) -> bool:
        return self._psql("SELECT 1;").returncode == 0

    def _psql(self, script: str, *options: str, database: str = "postgres") -> subprocess.CompletedProcess[str]:
        where = ["-h", LOOPBACK, "-p", str(self.port), "-U", ROLE, "-d", database]
        return subprocess.run(
            [self._programs / "psql", "-X", "-w", "-q", "-v", "ON_ERROR_STOP=1", *where, *options],
            env={"PGPASSWORD": self.password, "PGCONNECT_TIMEOUT": "5"},
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )

    def _init(self) -> None:
        # Into a folder of another name, so that an interrupted initdb is never taken for a whole cluster.
        fresh = self._folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        secret = self._folder / "password.new"
        _write_secret(secret, self.password)
        try:
            if self._user is not None:
                os.chown(secret, self._user.uid, self._user.gid)
            self._run_initdb(fresh, secret, self._user)
        finally:
            secret.unlink()
        fresh.rename(self._data)

    def _run_initdb(self, fresh: Path, secret: Path, user: User | None) -> None:
        made = subprocess.run(
            [
                self._programs / "initdb",
                f"--pgdata={fresh}",
                f"--username={ROLE}",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
            ],
            user=None if user is None else user.uid,
            group=None if user is None else user.gid,
            extra_groups=None if user is None else [],
            cwd="/",
            env={"PATH": "/usr/bin:/bin"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode != 0:
            raise LocalFailure(f"initdb could not make {fresh}:\n{made.stdout}{made.stderr}")


def _password(file: Path) -> str:
    if not file.exists():
        fresh = file.with_suffix(".new")
        _write_secret(fresh, secrets.token_hex(24))
        fresh.replace(file)
    return file.read_text().strip()


def _write_secret(file: Path, secret: str) -> None:
    file.unlink(missing_ok=True)
    file.touch(mode=0o600, exist_ok=False)  # closed to others before anything is in it
    file.write_text(secret)
