"""A change of code never breaks a running complaint: histories of every release replay, in the strict sandbox."""

import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from tests.workflows.record_histories import HISTORIES, LIVES, RELEASE
from workers.sandbox import runner
from workflows.complaint import ComplaintWorkflow
from workflows.messages import Ending, Start

KEPT = sorted(HISTORIES.glob("*/*.json"))


def history_of(path: Path) -> WorkflowHistory:
    """One kept history."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return WorkflowHistory.from_json(kept.pop("workflowId"), kept)


@workflow.defn(name="Complaint")
class Hesitating(ComplaintWorkflow):
    """A release that would break complaints under way: it waits before it does anything."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> Ending:
        """Sleep first."""
        await workflow.sleep(1)
        return await super().run(start)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_a_kept_history_replays(path: Path) -> None:
    replayer = Replayer(
        workflows=[ComplaintWorkflow], data_converter=pydantic_data_converter, workflow_runner=runner(strict=True)
    )
    await replayer.replay_workflow(history_of(path))


async def test_a_change_that_alters_the_order_of_commands_does_not_replay() -> None:
    replayer = Replayer(
        workflows=[Hesitating], data_converter=pydantic_data_converter, workflow_runner=runner(strict=False)
    )
    with pytest.raises(NondeterminismError):
        await replayer.replay_workflow(history_of(HISTORIES / RELEASE / "ordinary.json"))


def test_this_release_has_kept_a_history_of_each_life() -> None:
    assert {path.stem for path in KEPT if path.parent.name == RELEASE} == {life.__name__ for life in LIVES}


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_kept_history_holds_codes_and_instants_and_not_a_word_of_chinese(path: Path) -> None:
    told = " ".join(texts(json.loads(path.read_text(encoding="utf-8"))))
    assert '"ticket_no":"20' in told, "payloads are read"
    assert not [char for char in told if "\u4e00" <= char <= "\u9fff"]


def texts(kept: object) -> Iterator[str]:
    """Every text in a history's JSON, payloads opened."""
    match kept:
        case dict():
            for name, each in cast("dict[str, object]", kept).items():
                opened = b64decode(each).decode() if name == "data" and isinstance(each, str) else each
                yield from texts(opened)
        case list():
            for each in cast("list[object]", kept):
                yield from texts(each)
        case str():
            yield kept
        case _:
            return
