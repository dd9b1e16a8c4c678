"""A second door into the same city: another House behind a socket of its own."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import uvicorn

from api.app import create_app
from api.house import House


def _listening() -> socket.socket:
    """A free port. asyncio turns Nagle's delay off only where it is told that the socket is TCP, and without that
    every answer takes 40 ms."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    return listening


@asynccontextmanager
async def door(rooms: House) -> AsyncGenerator[httpx.AsyncClient, None]:
    """A client of an API over `rooms`, on a real socket, for as long as the block lasts."""
    listening = _listening()
    config = uvicorn.Config(create_app(rooms), log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=address, timeout=30) as http:
            yield http
    finally:
        server.should_exit = True
        await serving
