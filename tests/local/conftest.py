"""Homes to start things in, and the engine's cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from local.home import Home
from tests.local.folders import open_folder


@pytest.fixture
def folder() -> Generator[Path]:
    """A folder that every user can reach, for one test."""
    with open_folder() as path:
        yield path


@pytest.fixture(scope="module")
def module_folder() -> Generator[Path]:
    """The same for all the tests of a file."""
    with open_folder() as path:
        yield path


@pytest.fixture
def home(folder: Path) -> Home:
    """A home in an open folder."""
    return Home(folder / "home")


@pytest.fixture(scope="session")
def cache() -> Path:
    """Where compiled engines are kept between runs."""
    given = os.environ.get("HOTLINE_CACHE")
    return Path(given) if given else Path.home() / ".cache" / "hotline"


@pytest.fixture
def said() -> list[str]:
    """The lines that were said."""
    return []


@pytest.fixture
def say(said: list[str]) -> Callable[[str], None]:
    """Take lines down instead of printing them."""
    return said.append
