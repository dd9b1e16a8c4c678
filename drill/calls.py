"""HTTP as a load under faults needs it: each request has a connection of its own, so that one that was cut, or that
nobody answers any more, is in no other's way. A pool of connections stood still after its fortieth kill."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]


class Cut(Exception):
    """No answer: the connection was refused or broke, or nothing came in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: Json

    @property
    def is_success(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300


class Calls:
    """The way to one API."""

    def __init__(self, url: str, patience: float) -> None:
        """`patience`: seconds until a request without an answer counts as cut."""
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._patience = patience

    async def ask(self, method: str, path: str, headers: Mapping[str, str], body: Json | None = None) -> Answer:
        """One request and its answer. Raises Cut."""
        sent = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        every = {**headers, "Host": self._host, "Connection": "close", "Content-Length": str(len(sent))}
        if body is not None:
            every["Content-Type"] = "application/json"
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in every.items())
        try:
            async with asyncio.timeout(self._patience):
                return _answer(await self._asked(head.encode() + b"\r\n" + sent))
        except (OSError, TimeoutError, ValueError) as cut:
            raise Cut(type(cut).__name__) from cut

    async def _asked(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.close()


def _answer(told: bytes) -> Answer:
    """Raises ValueError when it was not told to its end."""
    head, ended, rest = told.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [line.partition(":") for line in lines]
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    if not ended or len(rest) != int(headers.get("content-length", 0)):
        raise ValueError("cut short")
    return Answer(int(first.split(" ", 2)[1]), headers, json.loads(rest) if rest else {})
