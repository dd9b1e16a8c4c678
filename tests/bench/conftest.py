"""The stack that the benches are tried on: the real one, with two workers."""

from collections.abc import Generator
from pathlib import Path

import pytest

from bench.stack import bench_stack
from config.settings import Settings
from tests.local.folders import open_folder
from workers.running import Running

POLICY = Path(__file__).parent.parent.parent / "policy"


@pytest.fixture(scope="package")
def hotline() -> Generator[Running]:
    """A hotline with two workers on Temporal on PostgreSQL."""
    with open_folder() as folder, bench_stack(Settings(home=folder, policy=POLICY), print, workers=2) as running:
        yield running
