"""One run a home."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from local.failure import HomeBusy
from local.home import Home


def test_a_second_run_on_the_same_home_is_told_who_has_it(tmp_path: Path) -> None:
    refused = pytest.raises(HomeBusy, match=f"process {os.getpid()}")
    with Home(tmp_path).held(), refused, Home(tmp_path).held():
        raise AssertionError("two runs hold one home")


def test_a_home_is_free_again_after_its_run(tmp_path: Path) -> None:
    with Home(tmp_path).held():
        pass
    with Home(tmp_path).held():
        assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_two_homes_can_be_used_at_once(tmp_path: Path) -> None:
    with Home(tmp_path / "one").held(), Home(tmp_path / "two").held():
        assert (tmp_path / "two" / "lock").exists()


def test_a_relative_home_is_the_same_from_every_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    home = Home(Path(".run"))
    monkeypatch.chdir("/")
    assert home.root == tmp_path / ".run"
