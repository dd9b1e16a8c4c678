"""The hotline's four processes as an operator starts them, with figures and traces, on a database of their own."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from config.settings import Settings
from local.port import Ports
from local.stack import Stack
from tests.store.own_database import own_database
from vault.keyring import at_home
from workers.engine import ready_engine
from workers.ground import prepare

ROOT = Path(__file__).parents[2]
KINDS = ("worker", "relay", "notices", "api")
NAMESPACE = "telemetry"


@dataclass(frozen=True)
class House:
    """Where everything is."""

    database_url: str
    api_url: str
    pages: dict[str, str]
    logs: dict[str, Path]

    async def figures(self, kind: str) -> str:
        """The page of one process."""
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.get(self.pages[kind])
        assert answer.status_code == 200
        return answer.text


@asynccontextmanager
async def house(stack: Stack, home: Path, model: Path, collector: str) -> AsyncGenerator[House, None]:
    """Four processes that are up, until the block ends; then they have ended in order."""
    ports = Ports(home / "ports.json")
    (home / "classifier").symlink_to(model)
    at_home(home / "keys.json")
    await ready_engine(Settings().model_copy(update={"namespace": NAMESPACE}), stack.temporal_address)
    async with own_database(stack.database_url, "telemetry") as url, AsyncExitStack() as held:
        await prepare(url, ROOT / "policy", model, print)
        api_port = ports.take("api")
        known = {kind: ports.take(f"metrics-{kind}") for kind in KINDS}
        env = os.environ | {
            "DATABASE_URL": url,
            "TEMPORAL_ADDRESS": stack.temporal_address,
            "HOTLINE_HOME": str(home),
            "HOTLINE_NAMESPACE": NAMESPACE,
            "HOTLINE_API_PORT": str(api_port),
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector,
        }
        logs = {kind: home / f"{kind}.log" for kind in KINDS}
        for kind in KINDS:
            held.push_async_callback(_end, _start(kind, logs[kind], env | {"HOTLINE_METRICS_PORT": str(known[kind])}))
        pages = {kind: f"http://127.0.0.1:{port}/metrics" for kind, port in known.items()}
        running = House(url, f"http://127.0.0.1:{api_port}", pages, logs)
        for address in (f"{running.api_url}/health/live", *pages.values()):
            await _up(address)
        yield running


def _start(kind: str, log: Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
    with log.open("wb") as file:
        argv = [sys.executable, "-m", "cli.main", "process", kind]
        return subprocess.Popen(argv, cwd=ROOT, env=env, stdout=file, stderr=file)


async def _up(address: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        for _ in range(300):
            try:
                assert (await http.get(address)).status_code == 200
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
            else:
                return
    raise AssertionError(f"{address} never answered")


async def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    code = await asyncio.to_thread(process.wait, 30)
    assert code == 0, f"ended with {code}"
