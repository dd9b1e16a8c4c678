"""PostgreSQL, Temporal and the UI together, really started."""

from __future__ import annotations

import json
import os
import signal
import time
import urllib.request
from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from local.child import Child
from local.failure import ChildFailed, LocalFailure
from local.namespace import ensure_namespace
from local.stack import Stack
from tests.local.database import answer
from tests.local.processes import until, working_below

Say = Callable[[str], None]
STAGE = SearchAttributeKey.for_keyword("Stage")
ATTRIBUTES = {
    "Stage": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    "Due": IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
}


@pytest.fixture
def make(folder: Path, cache: Path, say: Say) -> Callable[[], Stack]:
    """A stack on the test's home, each call another run."""
    return lambda: Stack(folder / "home", say=say, cache=cache, search_attributes=ATTRIBUTES, time_skipping=True)


@pytest.fixture(scope="module")
def running(module_folder: Path, cache: Path) -> Generator[Stack]:
    """A stack that the tests only look at."""
    with Stack(
        module_folder / "home",
        say=lambda _: None,
        cache=cache,
        search_attributes=ATTRIBUTES,
        time_skipping=True,
    ) as stack:
        yield stack


def _kill(child: Child) -> None:
    os.kill(child.pid or 0, signal.SIGKILL)
    assert until(lambda: not child.alive())


async def _begin(stack: Stack, workflow_id: str) -> None:
    client = await Client.connect(stack.temporal_address, namespace=stack.namespace)
    await client.start_workflow(  # pyright: ignore[reportUnknownMemberType]
        "Anything",
        id=workflow_id,
        task_queue="nobody",
        search_attributes=TypedSearchAttributes([SearchAttributePair(STAGE, "dispatched")]),
    )


async def _open_workflows(stack: Stack) -> int:
    client = await Client.connect(stack.temporal_address, namespace=stack.namespace)
    return (await client.count_workflows("Stage = 'dispatched' AND ExecutionStatus = 'Running'")).count


async def test_everything_answers_at_its_address(running: Stack) -> None:
    assert await answer(running.database_url, "SELECT current_database()") == "hotline"
    assert await _open_workflows(running) == 0
    with urllib.request.urlopen(str(running.ui_url)) as page:
        assert page.status == 200


def test_the_children_are_the_database_the_engine_and_its_ui(running: Stack) -> None:
    assert [child.name for child in running.children] == ["postgres", "temporal", "ui"]
    assert running.engine.skips_time


def test_the_ui_shows_the_namespace_with_a_retention_of_30_days(running: Stack) -> None:
    with urllib.request.urlopen(f"{running.ui_url}/api/v1/namespaces/hotline") as told:
        namespace = json.load(told)
    assert namespace["namespaceInfo"]["name"] == "hotline"
    assert namespace["config"]["workflowExecutionRetentionTtl"] == f"{30 * 24 * 3600}s"


async def test_a_search_attribute_can_be_used_at_once(running: Stack) -> None:
    await _begin(running, "two")
    client = await Client.connect(running.temporal_address, namespace=running.namespace)
    described = await client.get_workflow_handle("two").describe()
    assert described.typed_search_attributes.get(STAGE) == "dispatched"
    await client.get_workflow_handle("two").terminate()


async def test_a_second_run_starts_in_seconds_at_the_same_addresses_with_all_data(
    make: Callable[[], Stack],
) -> None:
    with make() as stack:
        await answer(stack.database_url, "CREATE TABLE kept AS SELECT 7 AS number")
        await _begin(stack, "one")
        first = (stack.database_url, stack.temporal_address, stack.ui_url)
    began = time.monotonic()
    with make() as stack:
        assert time.monotonic() - began < 8
        assert (stack.database_url, stack.temporal_address, stack.ui_url) == first
        assert await answer(stack.database_url, "SELECT number FROM kept") == 7
        assert await _open_workflows(stack) == 1


async def test_each_killed_child_comes_back_with_its_data(make: Callable[[], Stack]) -> None:
    with make() as stack:
        await answer(stack.database_url, "CREATE TABLE kept AS SELECT 7 AS number")
        await _begin(stack, "one")
        for child in stack.children:
            _kill(child)
            assert stack.restart_dead() == [child.name]
        assert stack.restart_dead() == []
        assert await answer(stack.database_url, "SELECT number FROM kept") == 7
        assert await _open_workflows(stack) == 1
        with urllib.request.urlopen(str(stack.ui_url)) as page:
            assert page.status == 200


def test_all_killed_at_once_come_back_in_order(make: Callable[[], Stack]) -> None:
    with make() as stack:
        for child in stack.children:
            _kill(child)
        assert stack.restart_dead() == ["postgres", "temporal", "ui"]


def test_nothing_is_left_after_the_end(make: Callable[[], Stack], folder: Path) -> None:
    with make() as stack:
        assert len(working_below(folder)) >= len(stack.children)
    assert working_below(folder) == []
    assert list((folder / "home" / "pids").iterdir()) == []


def test_an_occupied_port_is_replaced(make: Callable[[], Stack], folder: Path) -> None:
    with make() as stack:
        taken = stack.database_url, stack.temporal_address, stack.ui_url
    ports = folder / "home" / "ports.json"
    with Stack(folder / "other", say=lambda _: None, temporal_address="127.0.0.1:1") as other:
        # The other home's database sits on the port that this home remembers for its own.
        port = other.database_url.rpartition(":")[2].partition("/")[0]
        old = taken[0].rpartition(":")[2].partition("/")[0]
        ports.write_text(ports.read_text().replace(old, port))
        with make() as stack:
            assert f":{port}/" not in stack.database_url
            assert stack.temporal_address == taken[1]


def test_a_half_started_stack_is_taken_down(
    make: Callable[[], Stack], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise LocalFailure("the namespace cannot be had")

    monkeypatch.setattr("local.temporal.ensure_namespace", fails)
    with pytest.raises(ChildFailed, match="the namespace cannot be had"), make():
        raise AssertionError("started in spite of it")
    assert working_below(folder) == []


def test_what_a_person_has_is_used_and_not_started(folder: Path, say: Say, cache: Path) -> None:
    given = Stack(
        folder / "home",
        say=say,
        cache=cache,
        database_url="postgresql://somebody@db.example/hotline",
        temporal_address="temporal.example:7233",
    )
    with given as stack:
        assert stack.children == []
        assert stack.database_url == "postgresql://somebody@db.example/hotline"
        assert stack.temporal_address == "temporal.example:7233"
        assert stack.ui_url is None
    assert not (folder / "home" / "postgres").exists()


def test_a_process_of_the_callers_is_watched_and_stopped_first(folder: Path, say: Say, cache: Path) -> None:
    own = Stack(folder / "home", say=say, cache=cache, database_url="given", temporal_address="given:1")
    with own as stack:
        worker = stack.run("worker", ["/bin/sleep", "60"])
        _kill(worker)
        assert stack.restart_dead() == ["worker"]
        assert worker.alive()
    assert not worker.alive()


def test_a_run_that_need_not_keep_its_data_deletes_it(folder: Path, say: Say) -> None:
    with Stack(folder / "home", say=say, temporal_address="given:1", keep=False) as stack:
        assert stack.children
    assert not (folder / "home" / "postgres").exists()


async def test_an_attribute_of_another_type_is_refused(running: Stack) -> None:
    other = {"Stage": IndexedValueType.INDEXED_VALUE_TYPE_INT}
    with pytest.raises(LocalFailure, match="another type: Stage"):
        await ensure_namespace(running.temporal_address, running.namespace, other)


async def test_a_namespace_that_is_there_is_left_and_gets_what_it_lacks(running: Stack) -> None:
    more = {**ATTRIBUTES, "Unit": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD}
    for wanted in (ATTRIBUTES, more, more):
        await ensure_namespace(running.temporal_address, running.namespace, wanted)
    client = await Client.connect(running.temporal_address, namespace=running.namespace)
    assert (await client.count_workflows("Unit = 'x' AND Stage = 'x'")).count == 0


async def test_a_server_that_never_answers_is_given_up() -> None:
    with pytest.raises(LocalFailure, match=r"127\.0\.0\.1:1 is not ready"):
        await ensure_namespace("127.0.0.1:1", "hotline", {}, timeout=timedelta(seconds=1))
