"""What drills hurt the hotline with does what it says: a slow way, a wrong clock, an ill receiver."""

import asyncio
import base64
import json
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from standardwebhooks import Webhook

from drill.calls import Answer, Calls, Cut
from drill.proxy import Proxy
from drill.receiver import Mood, Receiver, receiver, taken
from drill.wrong_clock import WrongClock

DAY = 24 * 3600


@pytest.fixture
async def echo() -> AsyncGenerator[tuple[Proxy, asyncio.StreamReader, asyncio.StreamWriter], None]:
    """A connection through a proxy to somebody who repeats every word."""

    async def repeat(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while word := await reader.read(100):
            writer.write(word)
        writer.close()

    async with await asyncio.start_server(repeat, "127.0.0.1", 0) as server:
        proxy = Proxy(server.sockets[0].getsockname()[1])
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        yield proxy, reader, writer
        writer.close()
        proxy.close()


async def answered_in(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> float:
    """Seconds until a word comes back."""
    began = time.monotonic()
    writer.write(b"word")
    assert await asyncio.wait_for(reader.readexactly(4), 10) == b"word"
    return time.monotonic() - began


async def test_a_slow_way_delays_every_packet_each_way_and_flows_again(
    echo: tuple[Proxy, asyncio.StreamReader, asyncio.StreamWriter],
) -> None:
    proxy, reader, writer = echo
    proxy.slow(0.2)
    assert await answered_in(reader, writer) >= 0.4
    proxy.flow()
    assert await answered_in(reader, writer) < 0.4


async def test_a_still_way_keeps_what_is_sent_until_it_flows_again(
    echo: tuple[Proxy, asyncio.StreamReader, asyncio.StreamWriter],
) -> None:
    proxy, reader, writer = echo
    proxy.still()
    waiting = asyncio.create_task(answered_in(reader, writer))
    await asyncio.sleep(0.5)
    assert not waiting.done()
    proxy.flow()
    assert await waiting >= 0.5


def test_a_clock_set_wrong_is_wrong_for_its_process_alone(tmp_path: Path) -> None:
    clock = WrongClock(tmp_path)
    script = "import time, datetime as d; print(time.time(), d.datetime.now(d.UTC).timestamp(), time.monotonic())"

    def told() -> list[float]:
        ran = subprocess.run([sys.executable, "-c", script], env=clock.env, capture_output=True, text=True, check=True)
        return [float(word) - ours for word, ours in zip(ran.stdout.split(), ours_now(), strict=True)]

    def ours_now() -> list[float]:
        return [time.time(), datetime.now(UTC).timestamp(), time.monotonic()]

    clock.set(DAY)
    ahead = told()
    assert [round(each / DAY, 2) for each in ahead] == [1, 1, 0]
    clock.set(0)
    assert [round(each / DAY, 2) for each in told()] == [0, 0, 0]


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncGenerator[Receiver, None]:
    """A receiver that is well."""
    async with receiver(tmp_path / "taken.jsonl") as made:
        yield made


async def post(to: Receiver, key: str, secret: bytes | None = None) -> int:
    """The status of one signed notice."""
    body = json.dumps({"ticket_no": "1", "created_at": datetime.now(UTC).isoformat()})
    now = datetime.now(UTC)
    signed = Webhook(base64.b64encode(secret or to.secret).decode()).sign(key, now, body)
    headers = {"webhook-id": key, "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signed}
    async with httpx.AsyncClient(trust_env=False) as http:
        return (await http.post(to.url, content=body, headers=headers)).status_code


async def test_a_forgetful_receiver_takes_a_notice_and_says_that_it_has_not(shop: Receiver) -> None:
    shop.mood = Mood.FORGETFUL
    assert await post(shop, "one") == 500
    shop.mood = Mood.WELL
    assert await post(shop, "one") == 200
    found = taken(shop.path)
    assert (set(found.bodies), found.times) == ({"one"}, 2)


async def test_a_broken_receiver_takes_nothing(shop: Receiver) -> None:
    shop.mood = Mood.BROKEN
    assert await post(shop, "one") == 500
    assert taken(shop.path).times == 0


async def test_a_receiver_that_was_down_is_back_at_the_same_address(shop: Receiver) -> None:
    await shop.down()
    with pytest.raises(httpx.ConnectError):
        await post(shop, "one")
    await shop.open()
    assert await post(shop, "one") == 200


async def test_a_notice_that_somebody_else_signed_is_forged(shop: Receiver) -> None:
    await post(shop, "one", secret=bytes(32))
    assert taken(shop.path).forged == 1


async def answered(told: bytes) -> Answer:
    """What a load makes of an API that tells this and hangs up."""

    async def tell(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(told)
        writer.close()

    async with await asyncio.start_server(tell, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return await Calls(url, patience=0.5).ask("GET", "/", {})


async def test_an_answer_is_its_status_its_headers_and_its_body() -> None:
    answer = await answered(b'HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nContent-Length: 15\r\n\r\n{"code":"busy"}')
    assert (answer.status, answer.headers["retry-after"], answer.body["code"]) == (503, "3", "busy")


@pytest.mark.parametrize(
    "told", [b"", b"HTTP/1.1 201 Cr", b'HTTP/1.1 201 Created\r\nContent-Length: 15\r\n\r\n{"ticket']
)
async def test_an_answer_that_was_not_told_to_its_end_promises_nothing(told: bytes) -> None:
    with pytest.raises(Cut):
        await answered(told)


async def silent(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Whoever connects hears nothing."""


async def test_who_refuses_to_be_reached_has_not_answered() -> None:
    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    with pytest.raises(Cut):
        await Calls(url, patience=0.5).ask("GET", "/", {})


async def test_who_does_not_answer_in_time_has_not_answered() -> None:
    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        with pytest.raises(Cut):
            await Calls(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", patience=0.1).ask("GET", "/", {})
