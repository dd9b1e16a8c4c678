"""PostgreSQL, Temporal and its web UI together, for as long as a ``with`` block lasts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Protocol

from temporalio.api.enums.v1 import IndexedValueType

from local.build import UI, go_install
from local.calm import ending_in_order, undisturbed
from local.child import Child
from local.engine import Engine, find_engine
from local.failure import LocalFailure
from local.home import Home
from local.pidfile import end_all_left_behind
from local.postgres import Postgres
from local.temporal import NAMESPACE, Temporal, engine_of
from local.temporal_config import SERVICES
from local.temporal_on_postgres import SPLIT, TemporalOnPostgres
from local.ui import Ui


class Supervised(Protocol):
    """What the stack starts, watches and stops."""

    @property
    def child(self) -> Child:
        """Its process."""
        ...

    def start(self) -> None:
        """Start it unless it runs; return when it is ready."""
        ...

    def stop(self) -> None:
        """Stop it in an orderly way."""
        ...


class _Extra:
    """A process of the caller's, in the stack's care."""

    def __init__(self, child: Child, ready: Callable[[], bool] | None, timeout: float) -> None:
        self.child = child
        self._ready = ready
        self._timeout = timeout

    def start(self) -> None:
        self.child.start()
        if self._ready is not None:
            self.child.wait_ready(self._ready, self._timeout)

    def stop(self) -> None:
        self.child.stop()


class Stack:
    """Everything that the hotline stands on.

    Inside the block ``database_url``, ``temporal_address``, ``namespace``, ``ui_url`` (None without a UI) and
    ``engine`` hold. What is given by address is used and never started or stopped. Leaving the block stops
    all children in reverse order, also on Ctrl-C, SIGTERM, and when a start fails half-way; if we are killed
    they die with us (on Linux), and the next run ends what may be left.
    """

    database_url: str
    temporal_address: str
    engine: Engine
    ui_url: str | None

    def __init__(
        self,
        home: Path,
        *,
        say: Callable[[str], None],
        cache: Path | None = None,
        database_url: str | None = None,
        temporal_address: str | None = None,
        ui: bool = True,
        namespace: str = NAMESPACE,
        search_attributes: Mapping[str, IndexedValueType.ValueType] | None = None,
        time_skipping: bool = False,
        on_postgres: bool = False,
        split: bool = False,
        keep: bool = True,
    ) -> None:
        """``home``: all data, logs and secrets of this run; ``cache``: compiled engines (~/.cache/hotline).

        ``time_skipping`` asks for an engine that can skip a workflow's time. ``on_postgres`` keeps Temporal's
        data in the PostgreSQL that is started here (docs/decisions/0010), not in a file; ``split`` makes two processes
        of it, as on several machines. ``keep=False`` deletes the database's data at the end, wherever it had to lie.
        """
        if on_postgres and (database_url or temporal_address):
            raise ValueError("servers that are given are not set up here: use them as they are")
        if split and not on_postgres:
            raise ValueError("one file has one server: only on PostgreSQL can there be two processes")
        self.home = Home(home)
        self.namespace = namespace
        self._say = say
        self._cache = cache or Path.home() / ".cache" / "hotline"
        self._given = (database_url, temporal_address)
        self._ui = ui
        self._search_attributes = search_attributes
        self._time_skipping = time_skipping
        self._on_postgres = on_postgres
        self._roles = SPLIT if split else (SERVICES,)
        self._keep = keep
        self._held = ExitStack()
        self._started = ExitStack()
        self._supervised: list[Supervised] = []

    @property
    def children(self) -> list[Child]:
        """The processes in the order of their start."""
        return [one.child for one in self._supervised]

    def __enter__(self) -> Stack:
        """Start everything; HomeBusy, NoEngine, ChildFailed or another LocalFailure says why not."""
        self._held.enter_context(self.home.held())
        self._held.enter_context(ending_in_order())
        try:
            for name in end_all_left_behind(self.home.pids):
                self._say(f"stopped {name}, left behind by a run that was killed")
            # First the engine: getting one can take minutes, and can fail.
            database_url, temporal_address = self._given
            self.engine = find_engine(
                temporal_address,
                self._cache,
                self._say,
                time_skipping=self._time_skipping,
                only="server" if self._on_postgres else engine_of(self.home),
            )
            postgres = self._start_postgres(database_url)
            self._start_temporal(postgres)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything that was started here."""
        self._stop()

    def _start_postgres(self, given: str | None) -> Postgres | None:
        if given is not None:
            self.database_url = given
            return None
        postgres = Postgres(self.home)
        if not self._keep:
            self._started.callback(postgres.discard)
        self._start(postgres)
        self.database_url = postgres.url()
        self._say(f"PostgreSQL 18 on port {postgres.port}")
        return postgres

    def _start_temporal(self, postgres: Postgres | None) -> None:
        self.ui_url = None
        if self.engine.address is not None:
            self.temporal_address = self.engine.address
            return
        names = (self.namespace, self._search_attributes)
        if self._on_postgres and postgres is not None:
            temporal = TemporalOnPostgres(
                self.engine, self.home, postgres, self._cache, self._say, *names, roles=self._roles
            )
            parts: list[Supervised] = [temporal, *temporal.others]
        else:
            temporal = Temporal(self.engine, self.home, *names, ui=self._ui)
            parts = [temporal]
        for part in parts:
            self._start(part)
        self.temporal_address = temporal.address
        self.ui_url = temporal.ui_url
        self._say(f"Temporal on port {temporal.port}")
        if self._ui and self.ui_url is None:
            self._start_ui()

    def _start_ui(self) -> None:
        try:
            program = go_install(UI, self._cache, self._say)
        except LocalFailure as failure:
            # Nothing depends on the UI: without it one sees less, and everything works.
            self._say(f"no Temporal UI: {failure}")
            return
        ui = Ui(program, self.home, address=self.temporal_address, namespace=self.namespace)
        self._start(ui)
        self.ui_url = ui.url
        self._say(f"Temporal UI at {ui.url}")

    def _start(self, one: Supervised) -> None:
        self._supervised.append(one)
        self._started.callback(one.stop)  # before its start, so that half a start is stopped too
        one.start()

    def run(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        ready: Callable[[], bool] | None = None,
        timeout: float = 30.0,
        niceness: int = 0,
    ) -> Child:
        """Start one more process in the stack's care: restarted and (before the others) stopped with them."""
        extra = _Extra(Child(name, argv, self.home, env=env, cwd=cwd, niceness=niceness), ready, timeout)
        self._start(extra)
        return extra.child

    def restart_dead(self, but: Collection[str] = ()) -> list[str]:
        """Start again what has died, on its own port and data; the names. What is named in ``but`` stays dead. May be
        called from any thread."""
        dead = [one for one in self._supervised if one.child.name not in but and not one.child.alive()]
        for one in dead:
            one.start()
        return [one.child.name for one in dead]

    def _stop(self) -> None:
        try:
            with undisturbed():
                self._started.close()
        finally:
            self._supervised.clear()
            self._held.close()
