"""Ids of traces and spans: random, but for the first span of a complaint's trace, whose ids follow from its number."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from opentelemetry.sdk.trace.id_generator import IdGenerator, RandomIdGenerator
from opentelemetry.trace import SpanContext


class Named:
    """Which span comes next, where that is not left to chance."""

    def __init__(self) -> None:
        self._next: ContextVar[SpanContext | None] = ContextVar("next", default=None)

    @contextmanager
    def naming(self, span: SpanContext | None) -> Generator[None, None, None]:
        """The span that is started within the block is `span`; None leaves it to chance."""
        token = self._next.set(span)
        try:
            yield
        finally:
            self._next.reset(token)

    @property
    def span(self) -> SpanContext | None:
        """The span that comes next, or None."""
        return self._next.get()


NEXT = Named()


class Ids(IdGenerator):
    """Gives out the ids."""

    def __init__(self) -> None:
        self._chance = RandomIdGenerator()

    def generate_trace_id(self) -> int:
        """The id of a trace that begins."""
        return NEXT.span.trace_id if NEXT.span else self._chance.generate_trace_id()

    def generate_span_id(self) -> int:
        """The id of any span."""
        return NEXT.span.span_id if NEXT.span else self._chance.generate_span_id()
