"""The processes of the hotline, each in the foreground until it is told to stop."""

import asyncio
import gc
import resource
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
import typer
import uvicorn
import uvloop
from temporalio.client import Client

from api.app import create_app
from api.delivery import Delivery, Ended
from api.gateway import Gateway
from api.house import House
from classifier.model import Model
from config import logs
from config.settings import Settings
from rulebook.shelf import Shelf
from store.connection import Pool, open_pool, open_replica
from telemetry.census import take_census
from telemetry.process import Shown, listener, shown, watch
from vault.seal import Vault
from workers.at_once import at_once, classifier
from workers.engine import connect
from workers.home import addresses, model_folder, open_vault
from workers.notices import send_notices
from workers.relay import relay
from workers.turning import keep_wrapped
from workers.worker import DEVELOPMENT, worker

app = typer.Typer(help="Single processes, for those who start them one by one.", no_args_is_help=True)

_log = structlog.stdlib.get_logger(__name__)

_FILES = 65_536
Process = Callable[[Settings, asyncio.Event], Awaitable[None]]


@asynccontextmanager
async def house(
    settings: Settings, *, connections: int = 20, ended: Ended | None = None, at_work: Client | None = None
) -> AsyncGenerator[House, None]:
    """Database, engine, keys and books, open for a while. `at_work`: a client that a worker runs on."""
    database_url, temporal_address = addresses(settings)
    pool = await _pool(database_url, connections)
    replica = await _replica(settings, connections)
    try:
        client = at_work or await connect(settings, temporal_address, lazy=True)
        gateway = Gateway(client, settings.task_queue, eager=at_work is not None)
        delivery = Delivery(pool, gateway, ended)
        yield House(pool, gateway, delivery, Shelf(pool), open_vault(settings), replica)
        await delivery.settled()
    finally:
        await pool.close()
        if replica is not None:
            await replica.close()


@app.command()
def api() -> None:
    """Serve the HTTP API."""
    _run("api", _serve)


@app.command("worker")
def run_worker() -> None:
    """Run complaints' workflows."""
    _run("worker", _work)


@app.command("relay")
def run_relay() -> None:
    """Bring kept commands to the engine."""
    _run("relay", _relay)


@app.command("notices")
def run_notices() -> None:
    """Send queued notices to their receivers, and keep everything sealed under the current key of the ring."""
    _run("notices", _send)


async def _serve(settings: Settings, stop: asyncio.Event) -> None:
    async with house(settings) as rooms:
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(rooms),
                host=settings.api_host,
                port=settings.api_port,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=10,
            )
        )
        serving = asyncio.create_task(server.serve())
        await asyncio.wait([serving, asyncio.create_task(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving


async def _work(settings: Settings, stop: asyncio.Event) -> None:
    database_url, temporal_address = addresses(settings)
    model = Model.load(model_folder(settings))
    pool = await _workers_pool(database_url, 10)
    client = await connect(settings, temporal_address)
    vault = open_vault(settings)
    async with pool, worker(client, settings.task_queue, pool, vault, model, release=settings.release):
        await stop.wait()


async def _relay(settings: Settings, stop: asyncio.Event) -> None:
    model, vault = classifier(settings), open_vault(settings)
    async with await _workers_pool(addresses(settings)[0], 6) as pool, AsyncExitStack() as working:
        at_work = await _at_work(settings, pool, vault, model, working) if model else None
        ended = at_once(pool, vault, model) if model else None
        async with house(settings, connections=8, ended=ended, at_work=at_work) as rooms:
            census = [] if settings.metrics_port is None else [take_census(rooms.pool, stop)]
            await asyncio.gather(relay(rooms.pool, rooms.delivery, stop), *census)


async def _at_work(
    settings: Settings, pool: Pool, vault: Vault, model: Model, working: AsyncExitStack
) -> Client | None:
    """The client of a worker of the relay's own, where the settings want one. None while the engine is away: then it
    relays all the same, and others work. Not with a release: the current one alone may be given work."""
    if not settings.relay_works or settings.release != DEVELOPMENT:
        return None
    try:
        client = await connect(settings, addresses(settings)[1])
    except RuntimeError as away:
        _log.warning("engine away", error=type(away).__name__)
        return None
    await working.enter_async_context(worker(client, settings.task_queue, pool, vault, model, release=settings.release))
    return client


async def _send(settings: Settings, stop: asyncio.Event) -> None:
    async with house(settings, connections=5) as rooms, asyncio.TaskGroup() as together:
        together.create_task(send_notices(rooms.pool, rooms.vault, stop))
        together.create_task(keep_wrapped(rooms.pool, rooms.vault, stop))


async def _pool(database_url: str, most: int) -> Pool:
    """Connections that are watched."""
    pool = await open_pool(database_url, most=most, listener=listener())
    watch(pool, "main")
    return pool


async def _workers_pool(database_url: str, most: int) -> Pool:
    """Those of what runs workflows: each statement names a ticket."""
    pool = await open_pool(database_url, most=most, listener=listener(), planned_once=True)
    watch(pool, "work")
    return pool


async def _replica(settings: Settings, most: int) -> "Pool | None":
    """Connections for lists, where they are read from a replica."""
    if settings.database_read_url is None:
        return None
    replica = await open_replica(settings.database_read_url.get_secret_value(), most=most, listener=listener())
    watch(replica, "replica")
    return replica


def _run(name: str, process: Process) -> None:
    settings = Settings()
    logs.set_up(settings.logs)
    traced = settings.traced_share if settings.traces_endpoint else None
    with shown(name, Shown(settings.metrics_host, settings.metrics_port, traced, settings.logs == "json")):
        _collect_seldom()
        _allow_connections()
        uvloop.run(_until_stopped(process, settings))


def _allow_connections() -> None:
    """Each caller is an open file: the usual 1,024 would be used up before anybody is told to come again."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if most == resource.RLIM_INFINITY else min(_FILES, most)
    if now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _collect_seldom() -> None:
    """What was imported stays for good, and a request makes and drops thousands of objects: looking for cycles among
    them every 700 took a twentieth of the time. Among the old ones often enough: a complaint that a worker drops from
    its cache is one, and with 20 instead of 5 those of an hour lay about, 13 MB a minute."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 5, 5)


async def _until_stopped(process: Process, settings: Settings) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await process(settings, stop)
