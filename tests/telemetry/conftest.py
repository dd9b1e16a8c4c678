"""Four real processes through which one complaint has gone, and what they have shown of it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from temporalio.client import WorkflowHistory
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from classifier.model import Model
from config.settings import Settings
from domain.actor import Actor, Role
from local.stack import Stack
from store import api_keys, outbox
from store.connection import Pool, open_pool
from telemetry.traces import root
from tests.api.test_privacy import NAME, NOTE, PHONE, SAID
from tests.city import ORDINARY, STREET, Json
from tests.conftest import MODEL
from tests.telemetry.collector import Seen, collecting
from tests.telemetry.house import KINDS, NAMESPACE, House, house
from tests.workers.test_notices import Receiver
from vault.keyring import at_home
from vault.seal import Vault
from workers.engine import connect


@dataclass(frozen=True)
class Shown:
    """What operators saw: the figures and the log lines by process, the workflow's history, the
    complaint's spans, and all spans."""

    ticket_no: str
    pages: dict[str, str]
    lines: dict[str, list[str]]
    history: WorkflowHistory
    spans: list[Seen]
    every_span: list[Seen]


@pytest.fixture(scope="session")
async def shown(stack: Stack, model: Model, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Shown, None]:
    """A complaint full of marks was taken in and acted on, refused once; a clock rang; a receiver refused once."""
    home, receiver = tmp_path_factory.mktemp("watched"), Receiver(failing=1)
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with collecting() as collector:
        async with (
            server,
            house(stack, home, MODEL, collector.url) as running,
            await open_pool(running.database_url) as pool,
        ):
            secret = Vault(at_home(home / "keys.json")).seal_secret(bytes(24))
            await outbox.receive_at(pool, STREET, f"http://127.0.0.1:{port}/notices", secret)
            ticket_no, history = await _lived(running, pool, stack)
            pages = await _settled(running, pool)
        lines = {kind: path.read_text(encoding="utf-8").splitlines() for kind, path in running.logs.items()}
        yield Shown(ticket_no, pages, lines, history, collector.of(root(ticket_no).trace_id), collector.spans)


async def _lived(running: House, pool: Pool, stack: Stack) -> tuple[str, WorkflowHistory]:
    seat = {"Authorization": f"Bearer {await api_keys.issue(pool, Actor(Role.SEAT, 'seat'))}"}
    unit = {"Authorization": f"Bearer {await api_keys.issue(pool, Actor(Role.UNIT, 'unit', STREET))}"}
    async with httpx.AsyncClient(base_url=running.api_url, timeout=30, trust_env=False) as http:
        where = await _handed_in(http, seat)

        async def dispatched() -> bool:
            return (await http.get(where, headers=seat)).json()["stage"] == "handling"

        await until(dispatched)
        signed = await http.post(f"{where}/sign-in", json={"note": NOTE}, headers=unit)
        assert signed.status_code == 200, signed.text
        body = {"item": ORDINARY, "note": f"{NAME} {PHONE}"}
        refused = await http.post(f"{where}/classification", json=body, headers=seat)
        assert refused.json()["code"] == "wrong_stage"
    ticket_no = where.rpartition("/")[2]
    client = await connect(Settings().model_copy(update={"namespace": NAMESPACE}), stack.temporal_address)
    skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False))
    handle = client.get_workflow_handle(ticket_no)
    await skipper.fast_forward(handle, timedelta(days=2))
    return ticket_no, await handle.fetch_history()


async def _handed_in(http: httpx.AsyncClient, seat: dict[str, str]) -> str:
    """The address of a complaint that was handed in twice; beside it, what is refused and what makes no sense."""
    body: Json = SAID | {"item": ORDINARY, "street": STREET}
    key = seat | {"Idempotency-Key": "one"}
    where = (await http.post("/v1/complaints", json=body, headers=key)).headers["Location"]
    assert (await http.post("/v1/complaints", json=body, headers=key)).status_code == 200
    unknown = await http.post("/v1/complaints", json=body | {"item": "999999"}, headers=seat)
    assert unknown.json()["code"] == "unknown_item"
    assert (await http.request("PROPFIND", f"/{NAME}/{PHONE}")).status_code == 404
    return where


async def _settled(running: House, pool: Pool) -> dict[str, str]:
    """The figures, once the slowest of them has come: the notice that was taken at its second try."""

    async def taken() -> bool:
        return not await pool.fetchval(
            "SELECT count(*) FROM outbox JOIN receivers USING (audience) WHERE sent_at IS NULL"
        )

    await until(taken)
    return {kind: await running.figures(kind) for kind in KINDS}


async def until(true: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
    """Return once something is true."""
    for _ in range(int(seconds / 0.1)):
        if await true():
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"not true within {seconds} s")
