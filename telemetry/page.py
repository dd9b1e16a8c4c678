"""Serves a process's figures to Prometheus, at an address of their own: what is going on in the hotline is not for
everybody who may reach the API, and behind several API processes each has to be asked by itself."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import structlog
from prometheus_client import generate_latest

from telemetry.registry import REGISTRY

_log = structlog.stdlib.get_logger(__name__)
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@contextmanager
def served(host: str, port: int, engine: str | None) -> Generator[int, None, None]:
    """Answer GET /metrics from a thread of its own, for as long as the block lasts; the port, also where 0 asked for a
    free one. `engine` is where Temporal's runtime tells its figures: they are told with ours. OSError when taken."""

    class Page(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            known = self.path.partition("?")[0] == "/metrics"
            body = generate_latest(REGISTRY) + _told_by(engine) if known else b""
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", _TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Who scrapes is no news."""

    server = ThreadingHTTPServer((host, port), Page)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="figures", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _told_by(engine: str | None) -> bytes:
    """Temporal's figures; without them ours are told all the same."""
    if engine is None:
        return b""
    try:
        return httpx.get(engine, timeout=2, trust_env=False).content
    except httpx.HTTPError as failure:
        _log.warning("engine figures away", error=type(failure).__name__)
        return b""
