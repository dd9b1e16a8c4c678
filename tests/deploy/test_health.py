"""The containers' health checks, run against real sockets."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.deploy.project import ROOT


def healthy(script: str, *words: str, **variables: str) -> bool:
    checked = subprocess.run(
        [sys.executable, "-I", ROOT / "deploy/health" / script, *words],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode in (0, 1)
    assert checked.stderr == ""
    return checked.returncode == 0


@contextmanager
def api_that_answers(status: int) -> Generator[int, None, None]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health/ready" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the tests' output clean."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def listening() -> Generator[socket.socket, None, None]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.mark.parametrize(("status", "good"), [(200, True), (503, False)])
def test_the_api_is_healthy_while_it_takes_complaints(status: int, good: bool) -> None:
    with api_that_answers(status) as port:
        assert healthy("ready.py", HOTLINE_API_PORT=str(port)) is good


def test_an_api_that_is_gone_is_not_healthy(listening: socket.socket) -> None:
    port = listening.getsockname()[1]
    listening.close()
    assert not healthy("ready.py", HOTLINE_API_PORT=str(port))


def test_a_process_is_healthy_while_it_is_connected(listening: socket.socket) -> None:
    port = listening.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port)):
        assert healthy("connected.py", "TEMPORAL_ADDRESS", TEMPORAL_ADDRESS=f"temporal:{port}")
        assert healthy(
            "connected.py", "DATABASE_URL", DATABASE_URL=f"postgresql://hotline:secret@postgres:{port}/hotline"
        )


def test_somebody_who_only_listens_is_not_connected(listening: socket.socket) -> None:
    port = listening.getsockname()[1]
    assert not healthy("connected.py", "TEMPORAL_ADDRESS", TEMPORAL_ADDRESS=f"temporal:{port}")
