"""The bench's own HTTP, against a server that answers, hangs up, and stays."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import pytest

from bench.calls import Answer, Calls, Cut

Reply = Callable[[int], bytes]


@asynccontextmanager
async def server(reply: Reply) -> AsyncGenerator[tuple[str, list[bytes]], None]:
    """One that answers request number n of a connection with `reply(n)`, and hangs up after an empty reply."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = 0
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next((int(line[15:]) for line in head.split(b"\r\n") if line[:15] == b"Content-Length:"), 0)
                asked.append(head + await reader.readexactly(length))
                answer = reply(number)
                if not answer:
                    break
                writer.write(answer)
                number += 1
        except asyncio.IncompleteReadError:
            pass  # the client has hung up
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", asked


def said(body: bytes, *more: bytes) -> bytes:
    """A whole answer."""
    head = [b"HTTP/1.1 201 Created", b"content-length: %d" % len(body), *more]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


async def test_a_request_carries_its_key_its_idempotency_key_and_its_body() -> None:
    async with server(lambda _: said(b'{"ticket_no": "1"}')) as (url, asked), Calls(url) as calls:
        assert await calls.post("/v1/complaints", "hl_x", {"matter": "停水"}, "k-1") == Answer(201, {"ticket_no": "1"})
    head, _, body = asked[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v1/complaints HTTP/1.1\r\n")
    assert {b"Authorization: Bearer hl_x", b"Idempotency-Key: k-1"} <= set(head.split(b"\r\n"))
    assert body.decode() == '{"matter": "停水"}'


async def test_a_connection_that_the_server_closed_while_it_was_idle_is_not_used_again() -> None:
    async with server(lambda number: said(b"{}") if number == 0 else b"") as (url, asked), Calls(url) as calls:
        for _ in range(3):
            assert (await calls.get("/health/live", "hl_x")).status == 201
    assert len(asked) == 5  # the second and the third try were cut off first


async def test_a_server_that_hangs_up_on_a_fresh_connection_is_told() -> None:
    async with server(lambda _: b"") as (url, _asked), Calls(url) as calls:
        with pytest.raises(Cut):
            await calls.get("/health/live", "hl_x")


async def test_a_server_that_says_it_closes_is_taken_at_its_word() -> None:
    async with server(lambda _: said(b"{}", b"connection: close")) as (url, asked), Calls(url) as calls:
        for _ in range(2):
            await calls.get("/health/live", "hl_x")
    assert len(asked) == 2
