"""The ground that a drill is done on: the whole hotline as real processes on this machine, each within reach."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import structlog

from config.settings import Settings
from domain.actor import Actor, Role
from drill.client import FRONTEND
from drill.disk import Disk, small_disk
from drill.limits import drilled
from drill.proxy import Proxy
from local.child import YIELDING
from local.failure import LocalFailure
from local.port import Ports
from local.stack import Stack
from rulebook.files import load
from store import api_keys, policy
from store.connection import open_pool
from workers.ground import prepare
from workers.home import key_ring
from workflows.attributes import REGISTERED

_log = structlog.stdlib.get_logger(__name__)
_CODE = Path(__file__).parent.parent
_LOOK = 0.1
"""Seconds between looks for what has died."""
STREETS = ["110105012", "110105015", "110108006", "110102003"]
WORKER, API, RELAY, NOTICES, TEMPORAL, POSTGRES = "worker", "api", "relay", "notices", "temporal", "postgres"
EVERY = (WORKER, API, RELAY, NOTICES, TEMPORAL, POSTGRES)
"""What must survive `kill -9` at any moment."""


class Ground:
    """A hotline that runs, what it is reached by, and the hands to hurt it with."""

    def __init__(self, stack: Stack, settings: Settings, proxy: Proxy, disk: Disk | None, api_port: int) -> None:
        """`disk`: the database's own small disk, where a drill has asked for one. `settings` are those of every
        process."""
        self.stack = stack
        self.settings = settings
        self.proxy = proxy
        self.disk = disk
        self.api_url = f"http://127.0.0.1:{api_port}"
        self.keys: Mapping[str, str] = {}
        """API keys of the load: by unit, and the front end's."""
        self._env = _environment(settings, stack, proxy, api_port)
        self._away: set[str] = set()
        self._turn = threading.Lock()

    @property
    def database_url(self) -> str:
        """The database itself, not through the proxy: the count must not be disturbed."""
        return self.stack.database_url

    def log_of(self, name: str) -> str:
        """Everything that a process has written so far."""
        path = self.stack.home.logs / f"{name}.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def pid_of(self, name: str) -> int | None:
        """The number of a process that runs."""
        return next((child.pid for child in self.stack.children if child.name == name), None)

    def kill(self, name: str) -> None:
        """`kill -9`. It is started again at the next look, unless it is held."""
        self._signal(name, signal.SIGKILL)

    def stop_short(self, name: str) -> None:
        """SIGSTOP: it keeps its connections and does nothing, as a process that hangs."""
        self._signal(name, signal.SIGSTOP)

    def go_on(self, name: str) -> None:
        """SIGCONT."""
        self._signal(name, signal.SIGCONT)

    def hold(self, name: str) -> None:
        """`kill -9`, and it stays away."""
        self._away.add(name)
        self.kill(name)

    def release(self, name: str) -> None:
        """It may come back."""
        self._away.discard(name)

    def put(self, name: str, *command: str, **env: str) -> None:
        """One more process of ours, `hotline process …` or a module of its own; or one that was taken away, again."""
        self._away.discard(name)
        if any(child.name == name for child in self.stack.children):
            return
        with self._turn:
            argv = [sys.executable, "-m", *command]
            self.stack.run(name, argv, env=self._env | env, cwd=_CODE, niceness=YIELDING)

    def take_away(self, name: str) -> None:
        """Stop a process in order, as a deployment does; it stays away until it is put again."""
        self._away.add(name)
        with self._turn:
            next(child for child in self.stack.children if child.name == name).stop()

    def start_processes(self) -> None:
        """One of each."""
        for kind in (WORKER, RELAY, NOTICES):
            self.put(kind, *process(kind))
        argv = [sys.executable, "-m", *process(API)]
        self.stack.run(API, argv, env=self._env, cwd=_CODE, ready=lambda: _answers(self.api_url))

    @contextmanager
    def watched(self) -> Generator[None, None, None]:
        """Start again whatever dies, as a supervisor does."""
        stop = threading.Event()

        def watch() -> None:
            while not stop.wait(_LOOK):
                try:
                    with self._turn:
                        self.stack.restart_dead(but=self._away)
                except LocalFailure as failure:  # a database without room does not start; it is tried again
                    _log.info("does not start yet", error=str(failure).partition(";")[0])

        watching = threading.Thread(target=watch, name="watch")
        watching.start()
        try:
            yield
        finally:
            stop.set()
            watching.join()

    def _signal(self, name: str, number: signal.Signals) -> None:
        for child in self.stack.children:
            if child.name == name and child.alive() and child.pid is not None:
                os.kill(child.pid, number)


def process(kind: str) -> tuple[str, ...]:
    """The command of an ordinary process."""
    return ("cli.main", "process", kind)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a ground is made: `home` is new and empty, `model` a folder where the classifier is kept between drills."""

    home: Path
    model: Path
    settings: Settings
    say: Callable[[str], None]
    small_disk: bool = False
    """Whether the database gets a small disk of its own."""
    on_postgres: bool = False
    """Whether Temporal's data lies in the same PostgreSQL, and not in a file."""
    relay_works: bool = True
    """Whether the relay works on what it starts, as where there is one worker."""


@contextmanager
def ground(site: Site) -> Generator[Ground, None, None]:
    """Everything started, the drills' policy in force, keys issued; all of it gone afterwards. Raises NoSmallDisk."""
    home = site.home
    with ExitStack() as held:
        disk = held.enter_context(small_disk(home / "postgres")) if site.small_disk else None
        stack = held.enter_context(
            Stack(
                home,
                say=site.say,
                cache=site.settings.cache,
                ui=False,
                search_attributes=REGISTERED,
                on_postgres=site.on_postgres,
            )
        )
        (home / "classifier").symlink_to(site.model)
        asyncio.run(prepare(stack.database_url, site.settings.policy, site.model, site.say))
        settings = Settings(
            home=home,
            namespace=stack.namespace,
            policy=site.settings.policy,
            temporal_api_key=None,
            key_ring=None,
            relay_works=site.relay_works,
        )
        key_ring(settings)
        proxy = held.enter_context(closing(Proxy(int(stack.database_url.rpartition(":")[2].partition("/")[0]))))
        made = Ground(stack, settings, proxy, disk, Ports(stack.home.ports).take("api"))
        made.keys = asyncio.run(_keys(stack.database_url, site.settings.policy))
        made.start_processes()
        with made.watched():
            yield made


async def _keys(database_url: str, folder: Path) -> dict[str, str]:
    """Put the drills' policy in force, then issue the load's keys."""
    async with await open_pool(database_url, most=2) as pool:
        book = drilled(load(folder)[-1])
        await policy.apply(pool, book.version, book.effective_from, book.to_json(), "drill")
        units = {street: await api_keys.issue(pool, Actor(Role.UNIT, f"drill-{street}", street)) for street in STREETS}
        return units | {FRONTEND: await api_keys.issue(pool, Actor(Role.SEAT, "drill-seat"))}


def _environment(settings: Settings, stack: Stack, proxy: Proxy, api_port: int) -> dict[str, str]:
    """Ours, without what a person has set for a hotline of their own: that one is not to be hurt."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(("HOTLINE_", "TEMPORAL_"))}
    before, _, after = stack.database_url.rpartition(":")
    return others | {
        "DATABASE_URL": f"{before}:{proxy.port}/{after.partition('/')[2]}",
        "TEMPORAL_ADDRESS": stack.temporal_address,
        "HOTLINE_HOME": str(settings.home),
        "HOTLINE_NAMESPACE": settings.namespace,
        "HOTLINE_API_PORT": str(api_port),
        "HOTLINE_LOGS": "json",
        "HOTLINE_RELAY_WORKS": str(settings.relay_works),
    }


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/live", timeout=1).status_code == 200
    except httpx.HTTPError:
        return False
