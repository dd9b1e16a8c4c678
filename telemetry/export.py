"""Sends traces to an OpenTelemetry collector, when OTEL_EXPORTER_OTLP_ENDPOINT names one."""

from collections.abc import Sequence

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased
from opentelemetry.trace import Status

from telemetry.identity import Ids

_TYPE = "exception.type"
_ENDED = "CompleteWorkflow:"


class Discreet(SpanExporter):
    """Lets no error's text out: a database's may quote what somebody said. An error is told by its type."""

    def __init__(self, onward: SpanExporter) -> None:
        self._onward = onward

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send them on without such texts."""
        return self._onward.export([discreet(span) for span in spans if not _only_refused(span)])

    def shutdown(self) -> None:
        """Nothing comes any more."""
        self._onward.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what waits."""
        return self._onward.force_flush(timeout_millis)


def discreet(span: ReadableSpan) -> ReadableSpan:
    """The same span; of its errors only the types are left."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=span.attributes,
        events=[_typed(event) for event in span.events],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def export_traces(process: str, share: float) -> TracerProvider:
    """From now on `share` (0 to 1) of all complaints are traced. It is chosen by the trace's id, which follows from the
    ticket number, so that every process chooses the same ones. Where to, the exporter reads from the environment."""
    provider = TracerProvider(
        sampler=TraceIdRatioBased(share),
        resource=Resource.create({"service.name": f"hotline-{process}", "service.namespace": "hotline"}),
        id_generator=Ids(),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(BatchSpanProcessor(Discreet(OTLPSpanExporter())))
    trace.set_tracer_provider(provider)
    return provider


def exporting() -> bool:
    """Whether this process sends traces."""
    return isinstance(trace.get_tracer_provider(), TracerProvider)


def _only_refused(span: ReadableSpan) -> bool:
    """Temporal's interceptor tells the refusal of an action as if the complaint's workflow had ended with it."""
    return span.name.startswith(_ENDED) and bool(span.events)


def _typed(event: Event) -> Event:
    known = event.attributes or {}
    return Event(event.name, {_TYPE: known[_TYPE]} if _TYPE in known else {}, event.timestamp)
