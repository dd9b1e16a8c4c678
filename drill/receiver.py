"""A receiver of notices that can be down, slow, broken or forgetful; it keeps a record on disk and drops repeats."""

import asyncio
import base64
import json
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

from standardwebhooks import Webhook, WebhookVerificationError

_SLOW = 12.0
"""Longer than the sender waits for an answer."""
_OK, _BROKEN = "200 OK", "500 Internal Server Error"


class Mood(Enum):
    """How a receiver behaves."""

    WELL = auto()
    SLOW = auto()
    """Takes a notice and answers when nobody waits for the answer any more."""
    BROKEN = auto()
    """Takes nothing and answers 500."""
    FORGETFUL = auto()
    """Takes a notice and answers 500, so that it comes again."""


@dataclass
class Taken:
    """What arrived, by notice: how often, its body, and how long after it was made."""

    bodies: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    took_s: dict[str, float] = field(default_factory=dict[str, float])
    times: int = 0
    forged: int = 0


class Receiver:
    """One HTTP server. `secret` is what its notices have to be signed with."""

    def __init__(self, path: Path) -> None:
        """`path`: where its record is written, from nothing."""
        self.secret = secrets.token_bytes(32)
        self.mood = Mood.WELL
        self.url = ""
        self.path = path
        path.unlink(missing_ok=True)
        self._webhook = Webhook(base64.b64encode(self.secret).decode())
        self._server: asyncio.Server | None = None
        self._port: int = 0

    async def open(self) -> None:
        """Listen; after being down, on the same port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/notices"

    async def down(self) -> None:
        """Refuse connections."""
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        pairs = [line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line]
        headers = {name.lower(): value for name, value in pairs}
        body = (await reader.readexactly(int(headers["content-length"]))).decode()
        if self.mood is not Mood.BROKEN:
            self._take(headers, body)
        if self.mood is Mood.SLOW:
            await asyncio.sleep(_SLOW)
        status = _OK if self.mood in (Mood.WELL, Mood.SLOW) else _BROKEN
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        writer.close()

    def _take(self, headers: dict[str, str], body: str) -> None:
        line = {"id": headers["webhook-id"], "body": body, "at": datetime.now(UTC).isoformat()}
        try:
            self._webhook.verify(body, headers)
        except WebhookVerificationError:
            line["forged"] = "yes"
        with self.path.open("a", encoding="utf-8") as record:
            record.write(json.dumps(line) + "\n")


def taken(path: Path) -> Taken:
    """A receiver's record, repeats told apart by their key."""
    found = Taken()
    if not path.exists():
        return found
    for line in path.read_text(encoding="utf-8").splitlines():
        each = json.loads(line)
        found.times += 1
        found.forged += "forged" in each
        fresh = each["id"] not in found.bodies
        found.bodies.setdefault(each["id"], set()).add(each["body"])
        if fresh:
            made = datetime.fromisoformat(json.loads(each["body"])["created_at"])
            found.took_s[each["id"]] = (datetime.fromisoformat(each["at"]) - made).total_seconds()
    return found


@asynccontextmanager
async def receiver(path: Path) -> AsyncGenerator[Receiver, None]:
    """It listens, with an empty record."""
    made = Receiver(path)
    await made.open()
    try:
        yield made
    finally:
        await made.down()
