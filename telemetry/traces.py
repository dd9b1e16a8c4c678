"""Traces: one for the whole life of a complaint, from the call over HTTP to the last row in SQL.

The trace's id is computed from the ticket number. So nothing has to be carried through the inbox, a relay that comes
minutes later belongs to the same trace, and who knows a ticket number can look its trace up. Its first span is the
intake. Without an exporter (OTEL_EXPORTER_OTLP_ENDPOINT) all of this does nothing.
"""

import asyncio
import hashlib
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass
from types import TracebackType

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.trace import NonRecordingSpan, Span, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from telemetry.identity import NEXT

_tracer = trace.get_tracer("hotline")


@dataclass(frozen=True, slots=True)
class Told:
    """What a request turned out to be. `begun` is the number of a complaint that it took in, or empty."""

    method: str
    route: str
    status: int
    code: str
    begun: str

    def note(self, span: Span) -> None:
        """Write it onto the request's span."""
        span.update_name(f"{self.method} {self.route}")
        span.set_attributes({"http.request.method": self.method, "http.route": self.route})
        span.set_attribute("http.response.status_code", self.status)
        if self.code:
            span.set_attribute("hotline.code", self.code)
        if self.status >= 500:
            span.set_status(Status(StatusCode.ERROR))


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that PostgreSQL has answered; times in nanoseconds of Unix time."""

    summary: str
    began: int
    ended: int
    error: str

    def write(self, parent: Context) -> None:
        """As a span below `parent`."""
        attributes = {"db.system.name": "postgresql", "db.query.summary": self.summary}
        span = _tracer.start_span(
            self.summary, parent, kind=SpanKind.CLIENT, attributes=attributes, start_time=self.began
        )
        if self.error:
            span.set_status(Status(StatusCode.ERROR, self.error))
        span.end(self.ended)


_held: ContextVar[list[Statement] | None] = ContextVar("held", default=None)
"""Statements of a request whose trace is not known yet."""


def root(ticket_no: str) -> SpanContext:
    """The first span of a complaint's trace, the same wherever it is computed."""
    seed = hashlib.sha256(ticket_no.encode()).digest()
    return SpanContext(
        int.from_bytes(seed[:16]), int.from_bytes(seed[16:24]), is_remote=True, trace_flags=TraceFlags(1)
    )


def below(ticket_no: str) -> Context:
    """The context in which everything about one complaint happens."""
    return trace.set_span_in_context(NonRecordingSpan(root(ticket_no)), Context())


@contextmanager
def about(ticket_no: str, name: str, **codes: str) -> Generator[None, None, None]:
    """A piece of work for one complaint, with codes that describe it. An error is named by its type alone."""
    attributes = {"hotline.ticket_no": ticket_no} | {f"hotline.{key}": value for key, value in codes.items()}
    with _tracer.start_as_current_span(name, below(ticket_no), attributes=attributes):
        yield


def statement(statement: Statement) -> None:
    """Write a statement to whatever trace it belongs to; outside of any it is not traced."""
    held = _held.get()
    if held is not None:
        held.append(statement)
    elif trace.get_current_span().get_span_context().is_valid:
        statement.write(context.get_current())


class Request:
    """One HTTP request. With a ticket number it is a span of that complaint's trace while it lasts; without one it is
    written when it has ended, for only then it is known which complaint it began."""

    def __init__(self, ticket_no: str, told: Callable[[], Told]) -> None:
        self._ticket_no = ticket_no
        self._told = told
        self._began = 0
        self._span: Span | None = None
        self._attached: Token[Context] | None = None
        self._statements: list[Statement] = []
        self._holding: Token[list[Statement] | None] | None = None

    def __enter__(self) -> None:
        self._began = time.time_ns()
        if self._ticket_no:
            attributes = {"hotline.ticket_no": self._ticket_no}
            self._span = _tracer.start_span(
                "action", below(self._ticket_no), kind=SpanKind.SERVER, attributes=attributes
            )
            self._attached = context.attach(trace.set_span_in_context(self._span))
        else:
            self._holding = _held.set(self._statements)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._span is not None:
            self._told().note(self._span)
            self._span.end()
        if self._attached is not None:
            context.detach(self._attached)
        if self._holding is not None:
            _held.reset(self._holding)
            ended = time.time_ns()
            # The last statement's own word is on its way through the loop: it is written after that.
            asyncio.get_running_loop().call_soon(self._write, self._told(), ended)

    def _write(self, told: Told, ended: int) -> None:
        begun = root(told.begun) if told.begun else None
        with NEXT.naming(begun):
            span = _tracer.start_span("request", Context(), kind=SpanKind.SERVER, start_time=self._began)
        told.note(span)
        if told.begun:
            span.set_attribute("hotline.ticket_no", told.begun)
        inside = trace.set_span_in_context(span, Context())
        for each in self._statements:
            each.write(inside)
        span.end(ended)
