"""Notices leave at least once, signed; a receiver that fails gets them again."""

import asyncio
import base64
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from standardwebhooks import Webhook

from domain.actor import Role
from store import outbox
from tests.city import DISTRICT, STREET, City
from workers import notices
from workers.notices import send_notices


@dataclass
class Receiver:
    """A real HTTP server that fails the first `failing` times."""

    url: str = ""
    failing: int = 0
    slow: float = 0
    """Seconds until it answers."""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list[tuple[dict[str, str], bytes]])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        pairs = [line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line]
        headers = {name.lower(): value for name, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        status = "503 Service Unavailable" if self.failing > 0 else "200 OK"
        self.failing -= 1
        if status.startswith("200"):
            self.got.append((headers, body))
        await asyncio.sleep(self.slow)
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def listening() -> AsyncGenerator[Receiver, None]:
    """It listens on a free port."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/notices"
    yield receiver
    server.close()


@pytest.fixture
async def receiver() -> AsyncGenerator[Receiver, None]:
    """One that listens."""
    async with listening() as made:
        yield made


async def test_a_unit_gets_its_notice_signed_although_its_receiver_failed_at_first(
    city: City, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "PAUSE", notices.timedelta(milliseconds=50))
    monkeypatch.setattr(notices, "IDLE", 0.05)
    secret = secrets.token_bytes(32)
    await outbox.receive_at(city.rooms.pool, STREET, receiver.url, city.rooms.vault.seal_secret(secret))
    receiver.failing = 2
    ticket_no = await city.take_in()
    await city.done(ticket_no, "supplement", Role.SEAT, note="还有一处")
    stop = asyncio.Event()
    sending = asyncio.create_task(send_notices(city.rooms.pool, city.rooms.vault, stop))
    for _ in range(400):
        if {"Dispatched", "Supplemented"} <= _kinds(receiver, ticket_no):
            break
        await asyncio.sleep(0.05)
    stop.set()
    await sending
    await city.rooms.pool.execute("DELETE FROM receivers WHERE audience = $1", STREET)
    assert {"Dispatched", "Supplemented"} <= _kinds(receiver, ticket_no)
    headers, body = receiver.got[-1]
    assert Webhook(base64.b64encode(secret).decode()).verify(body, headers)["kind"]


async def test_a_receiver_that_is_slow_keeps_no_other_waiting(
    city: City, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "IDLE", 0.05)
    vault, pool, stop = city.rooms.vault, city.rooms.pool, asyncio.Event()
    async with listening() as slow:
        slow.slow = 3
        for audience, each in ((DISTRICT, slow), (STREET, receiver)):
            await outbox.receive_at(pool, audience, each.url, vault.seal_secret(secrets.token_bytes(32)))
        await city.take_in()
        sending = asyncio.create_task(send_notices(pool, vault, stop))
        while not slow.got:
            await asyncio.sleep(0.02)
        ticket_no = await city.take_in()
        async with asyncio.timeout(2):
            while "Dispatched" not in _kinds(receiver, ticket_no):
                await asyncio.sleep(0.02)
        stop.set()
        await sending
    await pool.execute("DELETE FROM receivers WHERE audience = ANY ($1)", [STREET, DISTRICT])


def _kinds(receiver: Receiver, ticket_no: str) -> set[str]:
    """The kinds of notices that arrived about one complaint, by the key that each carries."""
    keys = [headers["webhook-id"].split("/") for headers, _ in receiver.got]
    return {kind for number, _, kind, _ in keys if number == ticket_no}
