"""One complaint is one trace, through every process and down to SQL."""

from collections import Counter

import pytest
from temporalio.contrib.opentelemetry import TracingInterceptor
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from telemetry.traces import root
from tests.api.test_privacy import traces
from tests.telemetry.conftest import Shown
from tests.workflows.test_replay import texts
from workers.sandbox import runner
from workflows.complaint import ComplaintWorkflow


def named(shown: Shown, name: str) -> int:
    """How many spans of the complaint's trace have that name."""
    return sum(span.name == name for span in shown.spans)


def test_a_complaint_is_one_trace_through_every_process(shown: Shown) -> None:
    assert {span.process for span in shown.spans} == {
        "hotline-api",
        "hotline-relay",
        "hotline-worker",
        "hotline-notices",
    }
    about = {span.trace for span in shown.every_span if shown.ticket_no in span.attributes.values()}
    assert about == {f"{root(shown.ticket_no).trace_id:032x}"}


def test_the_trace_begins_with_the_intake_and_everything_else_hangs_below_it(shown: Shown) -> None:
    [first] = [span for span in shown.spans if not span.parent]
    assert (first.name, first.span) == ("POST /v1/complaints", f"{root(shown.ticket_no).span_id:016x}")
    known = {span.span for span in shown.spans}
    assert all(span.parent in known for span in shown.spans if span is not first)


def test_it_goes_from_http_through_the_workflow_to_sql(shown: Shown) -> None:
    by_id = {span.span: span for span in shown.spans}
    append = next(
        span for span in shown.spans if span.name.startswith("UPDATE tickets") and span.process == "hotline-worker"
    )
    path = [append.name]
    while append.parent:
        append = by_id[append.parent]
        path.append(append.name)
    assert path[1:] == [
        "RunActivity:take_up",
        "StartActivity:take_up",
        "StartWorkflow:Complaint",
        "relay intake",
        "POST /v1/complaints",
    ]


def test_an_action_is_seen_at_the_door_in_the_workflow_and_in_the_journal(shown: Shown) -> None:
    assert named(shown, "POST /v1/complaints/{ticket_no}/sign-in") == 1
    assert named(shown, "StartWorkflowUpdate:sign-in") == 1
    assert named(shown, "HandleUpdate:sign-in") == 1
    assert named(shown, "RunActivity:record") >= 1


def test_a_clock_that_rings_days_later_is_in_the_same_trace(shown: Shown) -> None:
    records = [span for span in shown.spans if span.name == "RunActivity:record"]
    assert len(records) > named(shown, "HandleUpdate:sign-in")


def test_a_refusal_does_not_look_like_the_workflows_end(shown: Shown) -> None:
    assert named(shown, "POST /v1/complaints/{ticket_no}/classification") == 1
    assert named(shown, "CompleteWorkflow:Complaint") == 0


def test_both_tries_of_a_notice_are_seen(shown: Shown) -> None:
    tries = Counter(span.name for span in shown.spans if span.process == "hotline-notices")
    assert max(tries[name] for name in tries if name.startswith("notice ")) == 2


def test_the_intakes_statements_are_below_it_though_its_number_was_not_known(shown: Shown) -> None:
    first = shown.spans[0]
    below = [span.name for span in shown.spans if span.parent == first.span and span.process == "hotline-api"]
    first_writes = "INSERT intake_keys, INSERT complaints, INSERT tickets, INSERT inbox"
    assert any(name.startswith(first_writes) for name in below), below


def test_a_request_that_begins_no_complaint_has_a_trace_of_its_own(shown: Shown) -> None:
    reads = {span.trace for span in shown.every_span if span.name == "GET /v1/complaints/{ticket_no}"}
    assert reads
    assert not reads & {span.trace for span in shown.spans}


def test_no_span_tells_of_a_person(shown: Shown) -> None:
    assert not [span.name for span in shown.every_span if traces(span.told)]


@pytest.mark.parametrize("traced", [True, False])
async def test_a_traced_history_replays_whether_or_not_the_worker_traces(shown: Shown, traced: bool) -> None:
    replayer = Replayer(
        workflows=[ComplaintWorkflow],
        data_converter=pydantic_data_converter,
        workflow_runner=runner(strict=True),
        interceptors=[TracingInterceptor()] if traced else [],
    )
    await replayer.replay_workflow(shown.history)


def test_the_history_carries_the_trace_and_nothing_of_a_person(shown: Shown) -> None:
    told = " ".join(texts(shown.history.to_json_dict()))
    assert f"{root(shown.ticket_no).trace_id:032x}" in told
    assert not traces(told)
