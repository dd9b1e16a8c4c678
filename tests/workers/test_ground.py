"""New data makes a new classifier, and what seats had taught the old one is not forgotten."""

import shutil
import uuid
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from classifier.model import Model
from classifier.model_file import HEAD
from classifier.thresholds import Thresholds
from local.stack import Stack
from store.connection import Pool, open_pool
from tests.conftest import MODEL, ROOT
from tests.store.own_database import own_database
from tests.workers.test_learning import confirm, taken
from vault.seal import Vault
from workers.ground import prepare
from workers.learning import Lesson, former, knows_tickets, learn, read_lesson

TAUGHT = "010105"
SAYING = "貔貅摆件堵着门"
"""Words that no catalogue and no corpus has."""


@pytest.fixture
async def own(stack: Stack) -> AsyncGenerator[str, None]:
    """The address of a database where nobody else's tickets are."""
    async with own_database(stack.database_url, "grounded") as url:
        yield url


@pytest.fixture
async def pool(own: str) -> AsyncGenerator[Pool, None]:
    """Connections to it."""
    async with await open_pool(own, most=2) as pool:
        yield pool


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """Policy files of the test's own."""
    shutil.copytree(ROOT / "policy", tmp_path / "policy")
    return tmp_path / "policy"


@pytest.fixture
def folder(model: Model, tmp_path: Path) -> Path:
    """The shipped model, in use."""
    assert model.version
    shutil.copytree(MODEL, tmp_path / "classifier")
    return tmp_path / "classifier"


async def taught(pool: Pool, vault: Vault, folder: Path) -> Lesson:
    """Twenty tickets of twenty people that seats have confirmed, and a model that learnt from them."""
    for number in range(20):
        said = f"{SAYING}，{number}号楼，{uuid.uuid4().hex[:4]}"
        await confirm(pool, await taken(pool, vault, said), TAUGHT)
    lesson = await read_lesson(pool, vault, frozenset({TAUGHT}))
    learn([], lesson, folder, thresholds=Thresholds(0.8, 0.15), promote=True)
    return lesson


def changed(policy: Path) -> None:
    """One more complaint in the corpus."""
    with (policy / "corpus" / "a.csv").open("a", encoding="utf-8") as file:
        file.write("路灯不亮，走路看不见,010105,complaint,,,,\n")


async def test_a_model_that_learnt_from_tickets_learns_from_them_again_when_the_data_changes(
    own: str, pool: Pool, vault: Vault, policy: Path, folder: Path
) -> None:
    lesson = await taught(pool, vault, folder)
    assert knows_tickets(folder)
    was, told = Model.load(folder).version, list[str]()
    changed(policy)
    await prepare(own, policy, folder, told.append, vault)
    assert f"{len(lesson.learnt)} confirmed tickets" in told[-1]
    assert knows_tickets(folder)
    now = Model.load(folder)
    assert now.version != was
    assert now.propose(SAYING).item == TAUGHT
    assert Model.load(former(folder)).version == was
    told.clear()
    await prepare(own, policy, folder, told.append, vault)
    assert told == []


async def test_one_that_learnt_from_no_ticket_does_not_begin_to_by_itself(
    own: str, pool: Pool, vault: Vault, policy: Path, folder: Path
) -> None:
    await confirm(pool, await taken(pool, vault, SAYING), TAUGHT)
    changed(policy)
    told: list[str] = []
    await prepare(own, policy, folder, told.append, vault)
    assert "0 confirmed tickets" in told[-1]
    assert not knows_tickets(folder)


async def test_a_damaged_model_does_not_become_the_former_one(
    own: str, vault: Vault, policy: Path, folder: Path
) -> None:
    (folder / HEAD).write_text("{")
    await prepare(own, policy, folder, print, vault)
    assert Model.load(folder)
    assert not former(folder).exists()
