"""A body that is too large is refused: by its declared length at once, without one while it comes in."""

import asyncio
import json
from collections.abc import AsyncGenerator

import httpx
import pytest

from api.body_limit import MOST_BYTES
from domain.actor import Role
from store.connection import Pool
from tests.api.kept import kept
from tests.city import City


def body_of(size: int) -> bytes:
    """An intake of exactly `size` bytes, which is too long a text but not malformed."""
    bare = len(json.dumps({"matter": ""}))
    return json.dumps({"matter": "x" * (size - bare)}).encode()


async def pieces(body: bytes) -> AsyncGenerator[bytes, None]:
    """The body bit by bit, so that no length is declared."""
    for start in range(0, len(body), 8192):
        yield body[start : start + 8192]


async def test_a_declared_length_over_the_limit_is_refused(city: City, pool: Pool) -> None:
    headers = await city.key(Role.SEAT)
    before = await kept(pool)
    answer = await city.http.post("/v1/complaints", content=body_of(MOST_BYTES + 1), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert answer.json()["facts"] == {"most_bytes": MOST_BYTES}
    assert await kept(pool) == before


@pytest.mark.parametrize("action", ["", "/20261122-00000017/supplement"])
async def test_an_undeclared_length_over_the_limit_is_refused(city: City, pool: Pool, action: str) -> None:
    headers = await city.key(Role.SEAT) | {"Content-Type": "application/json"}
    before = await kept(pool)
    answer = await city.http.post(f"/v1/complaints{action}", content=pieces(body_of(MOST_BYTES + 1)), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert answer.headers["content-type"] == "application/problem+json"
    assert await kept(pool) == before


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_of_just_the_limit_is_read(city: City, declared: bool) -> None:
    headers = await city.key(Role.SEAT) | {"Content-Type": "application/json"}
    body = body_of(MOST_BYTES)
    answer = await city.http.post("/v1/complaints", content=body if declared else pieces(body), headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["why"]) == (422, "string_too_long")


async def test_an_endless_body_is_refused_while_it_comes_in(city: City) -> None:
    """The sender never ends the body; the answer comes all the same."""
    url = httpx.URL(str(city.http.base_url))
    reader, writer = await asyncio.open_connection(url.host, url.port)
    key = (await city.key(Role.SEAT))["Authorization"]
    writer.write(
        f"POST /v1/complaints HTTP/1.1\r\nHost: x\r\nAuthorization: {key}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    )
    for _ in range(MOST_BYTES // 65536 + 1):
        writer.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
    await writer.drain()
    head = await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    assert head.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("length", ["-1", "abc", "9" * 30, "9" * 5000])
async def test_a_length_that_is_none_is_refused(city: City, length: str) -> None:
    url = httpx.URL(str(city.http.base_url))
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(f"POST /v1/complaints HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{{}}".encode())
    head = await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    assert head.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 413 ")), head
