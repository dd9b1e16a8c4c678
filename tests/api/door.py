"""A second door into the same city: another House behind a socket of its own."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import uvicorn

from api.app import create_app
from api.house import House


@asynccontextmanager
async def door(rooms: House) -> AsyncGenerator[httpx.AsyncClient, None]:
    """A client of an API over `rooms`, on a real socket, for as long as the block lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(rooms), log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=address, timeout=30) as http:
            yield http
    finally:
        server.should_exit = True
        await serving
