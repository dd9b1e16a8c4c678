"""What leaves with a span: names, codes and durations; of an error its type alone."""

from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from telemetry.export import Discreet
from telemetry.identity import NEXT, Ids
from telemetry.traces import below, root

NAME = "欧阳墨竹轩"


def provider() -> tuple[TracerProvider, InMemorySpanExporter]:
    """Spans that are kept in memory after they went the way out."""
    kept = InMemorySpanExporter()
    made = TracerProvider(id_generator=Ids())
    made.add_span_processor(SimpleSpanProcessor(Discreet(kept)))
    return made, kept


def test_an_error_is_told_by_its_type_and_not_by_its_text() -> None:
    made, kept = provider()
    try:
        with made.get_tracer("t").start_as_current_span("work"):
            raise ValueError(NAME)
    except ValueError:
        pass
    [span] = kept.get_finished_spans()
    assert NAME not in span.to_json(indent=None) + str(span.status.description)
    assert span.status.status_code is StatusCode.ERROR
    assert [dict(event.attributes or {}) for event in span.events] == [{"exception.type": "ValueError"}]


def test_a_complaints_first_span_has_the_ids_that_follow_from_its_number() -> None:
    made, kept = provider()
    first = root("20261122-00000001")
    with NEXT.naming(first):
        made.get_tracer("t").start_span("intake").end()
    made.get_tracer("t").start_span("relay", below("20261122-00000001")).end()
    intake, relay = kept.get_finished_spans()
    assert intake.context is not None
    assert relay.context is not None
    assert relay.parent is not None
    assert (intake.context.trace_id, intake.context.span_id) == (first.trace_id, first.span_id)
    assert (relay.context.trace_id, relay.parent.span_id) == (first.trace_id, first.span_id)
    assert relay.context.span_id != first.span_id


def test_two_complaints_have_two_traces() -> None:
    assert root("20261122-00000001").trace_id != root("20261122-00000002").trace_id


def test_the_trace_of_a_ticket_is_the_one_that_the_guide_computes() -> None:
    """printf %s 20261122-00000017 | sha256sum | cut -c1-32"""
    assert f"{root('20261122-00000017').trace_id:032x}" == "a18d98de611bf80c19404ff1512462df"
