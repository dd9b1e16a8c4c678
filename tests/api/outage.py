"""An engine that cannot be reached, and comes back."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from api.delivery import Delivery
from api.gateway import Gateway
from api.house import House
from config.settings import Settings
from workers.engine import connect


@dataclass
class Outage:
    """A House whose engine is behind a dead port until `end` is called."""

    rooms: House
    _bound: socket.socket
    _engine: str
    _forwarder: asyncio.Server | None = None

    async def end(self) -> None:
        """From now on the port leads to the engine."""
        self._forwarder = await asyncio.start_server(self._forward, sock=self._bound)

    async def close(self) -> None:
        """Nothing listens any more."""
        if self._forwarder is not None:
            self._forwarder.close()
        self._bound.close()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, _, port = self._engine.rpartition(":")
        there, back = await asyncio.open_connection(host, int(port))
        await asyncio.gather(pump(reader, back), pump(there, writer), return_exceptions=True)


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hand on what comes, until nothing more does."""
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def outage(rooms: House, engine: str, task_queue: str) -> AsyncGenerator[Outage, None]:
    """`rooms`, but with a dead port in place of the `engine`."""
    bound = socket.socket()  # ours, so that nobody else gets the port, and dead as long as it does not listen
    bound.bind(("127.0.0.1", 0))
    away = Outage(await _behind(rooms, bound.getsockname()[1], task_queue), bound, engine)
    try:
        yield away
    finally:
        await away.close()


@asynccontextmanager
async def deaf(rooms: House, task_queue: str) -> AsyncGenerator[House, None]:
    """`rooms`, but with an engine whose address takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield await _behind(rooms, listening.getsockname()[1], task_queue)


async def _behind(rooms: House, port: int, task_queue: str) -> House:
    gateway = Gateway(await connect(Settings(), f"127.0.0.1:{port}", lazy=True), task_queue)
    return replace(rooms, gateway=gateway, delivery=Delivery(rooms.pool, gateway))
