"""`hotline up`: everything on one machine, until Ctrl-C; what dies is started again."""

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import structlog

from config.settings import Settings
from local.child import YIELDING
from local.failure import LocalFailure
from local.port import Ports, free
from local.stack import Stack
from workers.engine import ready_engine
from workers.ground import prepare
from workers.home import model_folder, open_vault
from workers.pages import Pages
from workflows.attributes import REGISTERED

_log = structlog.stdlib.get_logger(__name__)
_LOOK = 0.5


@dataclass(frozen=True, slots=True)
class Running:
    """A hotline that runs: its addresses, and the settings that reach it."""

    settings: Settings
    database_url: str
    temporal_address: str
    api_url: str
    ui_url: str | None
    stack: Stack


@contextmanager
def running(
    settings: Settings,
    say: Callable[[str], None],
    *,
    time_skipping: bool = False,
    ui: bool = True,
    on_postgres: bool = False,
    split: bool = False,
    keep: bool = True,
) -> Generator[Running, None, None]:
    """PostgreSQL, Temporal, its UI, the API, relay, workers and notices, for as long as the block lasts. The options
    are those of the stack."""
    given = settings.database_url.get_secret_value() if settings.database_url else None
    home = settings.home.resolve()
    with Stack(
        home,
        say=say,
        cache=settings.cache,
        database_url=given,
        temporal_address=settings.temporal_address,
        namespace=settings.namespace,
        search_attributes=REGISTERED,
        time_skipping=time_skipping,
        ui=ui,
        on_postgres=on_postgres,
        split=split,
        keep=keep,
    ) as stack:
        asyncio.run(ready_engine(settings, stack.temporal_address))
        asyncio.run(prepare(stack.database_url, settings.policy, model_folder(settings), say, open_vault(settings)))
        port = _api_port(settings, stack)
        api_url = f"http://127.0.0.1:{port}"
        running = Running(settings, stack.database_url, stack.temporal_address, api_url, stack.ui_url, stack)
        _start(running, port)
        with _noted(running, home / "running.json"), _watched(stack):
            yield running


def _api_port(settings: Settings, stack: Stack) -> int:
    """The port asked for, or when somebody else has it, a free one that is kept for the next run."""
    return settings.api_port if free(settings.api_port) else Ports(stack.home.ports).take("api")


def _start(running: Running, port: int) -> None:
    settings, stack = running.settings, running.stack
    figures = Pages(stack.home.root)
    env = os.environ | {
        "DATABASE_URL": running.database_url,
        "TEMPORAL_ADDRESS": running.temporal_address,
        "HOTLINE_HOME": str(settings.home.resolve()),
        "HOTLINE_NAMESPACE": settings.namespace,
        "HOTLINE_API_PORT": str(port),
        "HOTLINE_LOGS": "json",
        "HOTLINE_RELAY_WORKS": str(settings.workers == 1),  # several were asked for to share the work
    }

    def process(name: str, kind: str, ready: Callable[[], bool] | None = None) -> None:
        argv = [sys.executable, "-m", "cli.main", "process", kind]
        niceness = 0 if kind == "api" else YIELDING
        own = env | figures.of(name)
        stack.run(name, argv, env=own, cwd=Path(__file__).parent.parent, ready=ready, niceness=niceness)

    for number in range(1, settings.workers + 1):
        process(f"worker-{number}", "worker")
    process("relay", "relay")
    process("notices", "notices")
    process("api", "api", lambda: _answers(f"{running.api_url}/health/live"))


@contextmanager
def _noted(running: Running, path: Path) -> Generator[None, None, None]:
    """Leave the addresses where `hotline ticket` and its like find them; they hold a password, so nobody else may."""
    told = {
        "database_url": running.database_url,
        "temporal_address": running.temporal_address,
        "api_url": running.api_url,
    }
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(told, file)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=1).status_code == 200
    except httpx.HTTPError:
        return False


@contextmanager
def _watched(stack: Stack) -> Generator[None, None, None]:
    """Start again whatever dies, from a thread of its own: nothing that the caller waits for can keep it from that."""
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(_LOOK):
            try:
                for name in stack.restart_dead():
                    _log.warning("started again", process=name)
            except LocalFailure as failure:  # it is tried again at the next look
                _log.error("will not start", error=str(failure))

    watching = threading.Thread(target=watch, name="watch")
    watching.start()
    try:
        yield
    finally:
        stop.set()
        watching.join()


def stay_up() -> None:
    """Wait for Ctrl-C."""
    while True:
        time.sleep(3600)
