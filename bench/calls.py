"""Speaks HTTP to the API as cheaply as Python can: the load shares the machine with what it loads."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlsplit

_MOST_HEAD = 1 << 16
_Connection: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Cut(Exception):
    """The API closed a connection before it had answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and the JSON object that came with it."""

    status: int
    body: dict[str, Any]


class Calls:
    """Connections to one API, kept open and used again: as many as there are requests at one time."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._idle: list[_Connection] = []

    async def __aenter__(self) -> "Calls":
        """Nothing is opened before the first request."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close them all."""
        for _reader, writer in self._idle:
            writer.close()

    async def post(self, path: str, key: str, body: dict[str, Any], idempotency_key: str) -> Answer:
        """One request by the holder of `key`. OSError or Cut when the API is away."""
        sent = json.dumps(body, ensure_ascii=False).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nAuthorization: Bearer {key}\r\n"
            f"Idempotency-Key: {idempotency_key}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(sent)}\r\n\r\n"
        )
        return await self._ask(head.encode() + sent)

    async def get(self, path: str, key: str) -> Answer:
        """One look by the holder of `key`. OSError or Cut when the API is away."""
        return await self._ask(
            f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nAuthorization: Bearer {key}\r\n\r\n".encode()
        )

    async def _ask(self, request: bytes) -> Answer:
        """An idle connection may have been closed by the other side meanwhile: then a fresh one is tried."""
        while self._idle:
            try:
                return await self._asked(self._idle.pop(), request)
            except Cut:
                continue
        return await self._asked(await self._connected(), request)

    async def _asked(self, connection: _Connection, request: bytes) -> Answer:
        reader, writer = connection
        try:
            writer.write(request)
            status, length, stays = _told(await reader.readuntil(b"\r\n\r\n"))
            body = await reader.readexactly(length)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError) as cut:
            writer.close()
            raise Cut(str(cut)) from cut
        except BaseException:
            writer.close()
            raise
        if stays:
            self._idle.append(connection)
        else:
            writer.close()
        return Answer(status, json.loads(body) if body else {})

    async def _connected(self) -> _Connection:
        return await asyncio.open_connection(self._host, self._port, limit=_MOST_HEAD)


def _told(head: bytes) -> tuple[int, int, bool]:
    """Status, length of the body, and whether the connection stays open."""
    lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    return int(lines[0].split(" ", 2)[1]), int(fields.get("content-length", 0)), fields.get("connection") != "close"
