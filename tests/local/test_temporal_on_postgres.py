"""Temporal's own tables on a PostgreSQL without contrib, and a server on them, really started."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Generator
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from local.failure import LocalFailure
from local.stack import Stack
from local.temporal_on_postgres import SHARDS
from local.temporal_schema import without_contrib
from tests.local.database import answer
from tests.local.processes import until

UNITS = SearchAttributeKey.for_keyword_list("Units")
ATTRIBUTES = {"Units": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST}
NEEDS_CONTRIB = """DO LANGUAGE 'plpgsql' $$
    BEGIN
        IF (NOT EXISTS (select FROM pg_extension where extname = 'btree_gin')) THEN CREATE EXTENSION btree_gin; END IF;
    END
$$;
CREATE TABLE seen (namespace_id char(64), words jsonb);
CREATE INDEX by_words ON seen USING GIN (namespace_id, words jsonb_path_ops);
CREATE INDEX by_namespace ON seen (namespace_id, words);"""


@pytest.fixture(scope="module")
def running(module_folder: Path, cache: Path) -> Generator[Stack]:
    """A stack whose Temporal keeps its data in PostgreSQL."""
    with Stack(
        module_folder / "home",
        say=lambda _: None,
        cache=cache,
        ui=False,
        search_attributes=ATTRIBUTES,
        on_postgres=True,
        keep=False,
    ) as stack:
        yield stack


def test_only_the_extension_and_the_namespace_in_gin_indexes_go() -> None:
    assert without_contrib(NEEDS_CONTRIB).split("\n") == [
        "",
        "CREATE TABLE seen (namespace_id char(64), words jsonb);",
        "CREATE INDEX by_words ON seen USING GIN (words jsonb_path_ops);",
        "CREATE INDEX by_namespace ON seen (namespace_id, words);",
    ]


def test_a_schema_that_needs_the_extension_in_another_way_is_refused() -> None:
    with pytest.raises(LocalFailure, match="btree_gin"):
        without_contrib("CREATE EXTENSION btree_gin;")


async def test_workflows_lie_in_postgresql_in_four_shards(running: Stack) -> None:
    url = running.database_url.rpartition("/")[0] + "/temporal"
    assert await answer(url, "SELECT count(DISTINCT shard_id) FROM shards") == SHARDS
    assert list((running.home.root / "temporal-on-postgres").glob("*.db")) == []


async def test_a_workflow_is_found_by_a_keyword_list_although_the_index_has_no_namespace(running: Stack) -> None:
    client = await Client.connect(running.temporal_address, namespace=running.namespace)
    await client.start_workflow(  # pyright: ignore[reportUnknownMemberType]
        "Anything",
        id="listed",
        task_queue="nobody",
        search_attributes=TypedSearchAttributes([SearchAttributePair(UNITS, ["110105", "110105012"])]),
    )
    for _ in range(50):
        if (await client.count_workflows("Units = '110105012'")).count == 1:
            break
        await asyncio.sleep(0.1)
    assert (await client.count_workflows("Units = '110105012'")).count == 1
    assert (await client.count_workflows("Units = '110106'")).count == 0


def test_what_has_died_starts_again_on_the_same_data(running: Stack) -> None:
    for child in running.children:
        os.kill(child.pid or 0, signal.SIGKILL)
    assert until(lambda: not any(child.alive() for child in running.children))
    assert running.restart_dead() == ["postgres", "temporal"]


async def test_after_that_the_workflow_is_still_there(running: Stack) -> None:
    client = await Client.connect(running.temporal_address, namespace=running.namespace)
    assert (await client.get_workflow_handle("listed").describe()).id == "listed"


def test_servers_that_are_given_are_not_set_up(folder: Path) -> None:
    with pytest.raises(ValueError, match="given"):
        Stack(folder / "home", say=lambda _: None, temporal_address="127.0.0.1:7233", on_postgres=True)


def test_a_file_is_not_shared_by_two_servers(folder: Path) -> None:
    with pytest.raises(ValueError, match="only on PostgreSQL"):
        Stack(folder / "home", say=lambda _: None, split=True)
