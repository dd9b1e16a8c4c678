"""Figures of the four processes, as Prometheus would fetch them."""

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.meanings import MEANINGS
from tests.api.test_privacy import traces
from tests.telemetry.conftest import Shown
from tests.telemetry.house import KINDS

ROUTE = "/v1/complaints"


def value(shown: Shown, process: str, name: str, **labels: str) -> float:
    """The sum of all samples of a name that have these labels."""
    samples = [
        sample
        for family in text_string_to_metric_families(shown.pages[process])
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    ]
    assert samples, f"{process} tells no {name} {labels}"
    return sum(sample.value for sample in samples)


@pytest.mark.parametrize(("code", "times"), [("accepted", 1), ("repeated", 1), ("unknown_item", 1)])
def test_intake_is_counted_by_what_became_of_it(shown: Shown, code: str, times: int) -> None:
    assert value(shown, "api", "hotline_intake_total", code=code) == times


def test_a_refusal_is_counted_under_its_code_and_route(shown: Shown) -> None:
    where = f"{ROUTE}/{{ticket_no}}/classification"
    assert value(shown, "api", "hotline_refusals_total", where=where, code="wrong_stage") == 1


def test_an_answer_is_timed_under_its_routes_template(shown: Shown) -> None:
    name = "hotline_http_request_seconds_count"
    assert value(shown, "api", name, method="POST", route=ROUTE, status="201") == 1
    assert value(shown, "api", name, method="POST", route=f"{ROUTE}/{{ticket_no}}/sign-in", status="200") == 1


def test_what_strangers_make_up_is_one_series(shown: Shown) -> None:
    assert value(shown, "api", "hotline_http_request_seconds_count", method="other", route="unknown", status="404") == 1


def test_the_relay_counts_and_times_what_it_delivers(shown: Shown) -> None:
    assert value(shown, "relay", "hotline_deliveries_total", action="intake", result="started") == 1
    assert value(shown, "relay", "hotline_delivery_seconds_count", urgency="3") == 1


def test_the_worker_counts_the_journals_rows(shown: Shown) -> None:
    for kind in ("Classified", "Dispatched", "SignedIn"):
        assert value(shown, "worker", "hotline_journal_rows_total", kind=kind) == 1
    assert value(shown, "worker", "hotline_take_up_seconds_count", urgent="no") == 1


def test_a_clock_that_rang_tells_how_late_it_was_heard(shown: Shown) -> None:
    rang = value(shown, "worker", "hotline_journal_rows_total", kind="ClockRang")
    assert rang >= 1
    assert value(shown, "worker", "hotline_clock_lateness_seconds_count") == rang
    assert value(shown, "worker", "hotline_clock_lateness_seconds_sum") < 5 * rang


def test_a_notice_that_was_refused_and_taken_is_counted_as_both(shown: Shown) -> None:
    assert value(shown, "notices", "hotline_notices_total", result="not_taken") == 1
    assert value(shown, "notices", "hotline_notices_total", result="taken") >= 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_tells_the_use_of_its_database_connections(shown: Shown, kind: str) -> None:
    assert value(shown, kind, "hotline_database_connections") >= 1
    assert value(shown, kind, "hotline_database_connections_most") >= 5


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_tells_its_own_memory(shown: Shown, kind: str) -> None:
    assert value(shown, kind, "process_resident_memory_bytes") > 1e7


def test_one_process_takes_the_census_for_all(shown: Shown) -> None:
    tells = [kind for kind in KINDS if "hotline_census_timestamp_seconds{" in shown.pages[kind]]
    assert tells == ["relay"]
    assert value(shown, "relay", "hotline_waiting", urgency="1", older_than="0") == 0
    assert value(shown, "relay", "hotline_months_ahead") == 17


def test_temporals_own_figures_stand_on_the_same_page(shown: Shown) -> None:
    for worker_type in ("WorkflowWorker", "LocalActivityWorker"):
        assert value(shown, "worker", "temporal_worker_task_slots_available", worker_type=worker_type) > 0
    assert value(shown, "relay", "temporal_request_total", operation="StartWorkflowExecution") >= 1


def test_labels_are_codes_and_never_a_ticket_or_a_person(shown: Shown) -> None:
    for page in shown.pages.values():
        assert shown.ticket_no not in page
        assert not traces(page)


def test_no_label_comes_from_outside(shown: Shown) -> None:
    codes = {"accepted", "repeated", "failed"} | MEANINGS.keys()
    assert set(re.findall(r'hotline_\w+\{code="([^"]*)"', shown.pages["api"])) <= codes
