"""Folders that the rulebook tests read."""

from pathlib import Path

import pytest

from rulebook.book import Book
from rulebook.files import load
from tests.rulebook.small_policy import write_policy

SHIPPED = Path(__file__).resolve().parents[2] / "policy"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small policy in a folder of its own."""
    write_policy(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def city() -> Book:
    """The newest book of the shipped policy."""
    return load(SHIPPED)[-1]
