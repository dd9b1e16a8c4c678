"""A collector of traces, as small as can be: OTLP over HTTP, kept in memory."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class Seen:
    """A span as it came in. `told` is everything about it, for who searches it for what must not be there."""

    process: str
    name: str
    trace: str
    span: str
    parent: str
    attributes: dict[str, str]
    began: int
    ended: int
    told: str


@dataclass
class Collector:
    """Where spans are sent, and what has come."""

    url: str
    spans: list[Seen] = field(default_factory=list[Seen])

    def of(self, trace: int) -> list[Seen]:
        """The spans of one trace, oldest first."""
        return sorted((span for span in self.spans if span.trace == f"{trace:032x}"), key=lambda span: span.began)


@contextmanager
def collecting() -> Generator[Collector, None, None]:
    """A collector on a free port, for as long as the block lasts."""

    class Take(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            collector.spans.extend(_read(ExportTraceServiceRequest.FromString(body)))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the tests' output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Take) as server:
        collector = Collector(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield collector
        server.shutdown()


def _read(request: ExportTraceServiceRequest) -> list[Seen]:
    found: list[Seen] = []
    for resource in request.resource_spans:
        named = {each.key: each.value.string_value for each in resource.resource.attributes}
        for span in (span for scope in resource.scope_spans for span in scope.spans):
            attributes = {each.key: each.value.string_value or str(each.value.int_value) for each in span.attributes}
            ids = span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex()
            times = span.start_time_unix_nano, span.end_time_unix_nano
            found.append(Seen(named["service.name"], span.name, *ids, attributes, *times, str(span)))
    return found
