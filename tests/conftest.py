"""The engine room of the tests: started once, real, and gone afterwards."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import httpx
import pytest
from temporalio.client import Client

from api.delivery import Delivery
from api.gateway import Gateway
from api.house import House
from classifier.model import Model
from config.settings import Settings
from local.stack import Stack
from rulebook.shelf import Shelf
from store.connection import Pool, open_pool
from tests.api.door import door
from tests.city import City
from vault.keyring import KeyRing
from vault.seal import Vault
from workers.engine import connect
from workers.ground import prepare
from workers.worker import worker
from workflows.attributes import REGISTERED

ROOT = Path(__file__).parent.parent
MODEL = ROOT / ".run" / "tests" / "classifier"
TASK_QUEUE = "tests"


@pytest.fixture(scope="session")
def stack() -> Generator[Stack, None, None]:
    """PostgreSQL and a Temporal that can skip time."""
    home = Path(tempfile.mkdtemp(prefix="hotline-tests-"))
    home.chmod(0o755)
    try:
        with Stack(home, say=print, ui=False, search_attributes=REGISTERED, time_skipping=True, keep=False) as stack:
            asyncio.run(prepare(stack.database_url, ROOT / "policy", MODEL, print))
            yield stack
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def model(stack: Stack) -> Model:
    """The shipped classifier."""
    return Model.load(MODEL)


@pytest.fixture(scope="session")
def vault() -> Vault:
    """A key ring of the tests' own."""
    return Vault(KeyRing.fresh())


@pytest.fixture(scope="session")
async def pool(stack: Stack) -> AsyncGenerator[Pool, None]:
    """Connections to the tests' database."""
    async with await open_pool(stack.database_url) as pool:
        yield pool


@pytest.fixture(scope="session")
async def client(stack: Stack) -> Client:
    """A client of the tests' Temporal."""
    return await connect(Settings(), stack.temporal_address)


@pytest.fixture(scope="session")
async def rooms(pool: Pool, client: Client, vault: Vault) -> House:
    """What the API stands on."""
    gateway = Gateway(client, TASK_QUEUE)
    return House(pool, gateway, Delivery(pool, gateway), Shelf(pool), vault)


@pytest.fixture(scope="session")
async def api_url(rooms: House) -> AsyncGenerator[str, None]:
    """The API on a real socket."""
    async with door(rooms) as http:
        yield str(http.base_url).rstrip("/")


@pytest.fixture(scope="session")
async def city(
    api_url: str, rooms: House, client: Client, pool: Pool, vault: Vault, model: Model
) -> AsyncGenerator[City, None]:
    """Everything together, with one worker that runs workflows in the strict sandbox."""
    async with (
        httpx.AsyncClient(base_url=api_url, timeout=30) as http,
        worker(client, TASK_QUEUE, pool, vault, model, release="dev", strict=True),
    ):
        yield City(http, rooms, client, TASK_QUEUE)
