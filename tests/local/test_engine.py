"""Which Temporal is used, in which order, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from local import engine
from local.build import SERVER
from local.engine import find_engine
from local.failure import LocalFailure, NoEngine

Say = Callable[[str], None]


def _program(path: Path, says: str = "", ends: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {ends}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with an empty PATH and closed downloads; its cache."""

    def closed(cache: Path, say: Say) -> Path:
        raise LocalFailure("download of the Temporal tool: closed")

    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    monkeypatch.setattr(engine, "downloaded", closed)
    return tmp_path / "cache"


def _on_path(cache: Path, version: str, ends: int = 0) -> Path:
    return _program(cache.parent / "programs" / "temporal", f"temporal version {version}", ends)


def test_a_given_address_wins_over_everything(bare: Path, say: Say) -> None:
    _on_path(bare, "1.9.1 (Server 1.32.0, UI 2.54.1)")
    found = find_engine("temporal.example:7233", bare, say)
    assert (found.kind, found.address, found.executable) == ("address", "temporal.example:7233", None)


def test_temporal_on_path_comes_before_our_build(bare: Path, say: Say, said: list[str]) -> None:
    tool = _on_path(bare, "1.8.2 (Server 1.31.2, UI 2.50.1)")
    _program(SERVER.program(bare))
    found = find_engine(None, bare, say)
    assert (found.kind, found.executable) == ("cli", tool)
    assert said == [f"Temporal engine: {tool}"]


def test_our_earlier_build_comes_before_a_download(bare: Path, say: Say) -> None:
    program = _program(SERVER.program(bare))
    found = find_engine(None, bare, say)
    assert (found.kind, found.executable, found.skips_time) == ("server", program, True)


def test_a_download_comes_before_a_build(bare: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = _program(bare / "tool", "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)")
    monkeypatch.setattr(engine, "downloaded", lambda cache, say: tool)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    assert find_engine(None, bare, say).executable == tool


def test_a_broken_temporal_on_path_is_passed_over(bare: Path, say: Say) -> None:
    _on_path(bare, "?", ends=1)
    program = _program(SERVER.program(bare))
    assert find_engine(None, bare, say).executable == program


@pytest.mark.parametrize(
    ("version", "skips"),
    [
        ("1.8.2 (Server 1.31.2, UI 2.50.1)", False),
        ("1.9.1 (Server 1.32.0, UI 2.54.1)", True),
        ("2.0.0 (Server 2.0.0, UI 3.0.0)", True),
        ("unheard of", False),
    ],
)
def test_the_version_inside_the_tool_tells_whether_it_skips_time(
    bare: Path, say: Say, version: str, skips: bool
) -> None:
    _on_path(bare, version)
    assert find_engine(None, bare, say).skips_time is skips


def test_a_tool_that_cannot_skip_time_is_passed_over_when_that_is_needed(bare: Path, say: Say, said: list[str]) -> None:
    _on_path(bare, "1.8.2 (Server 1.31.2, UI 2.50.1)")
    program = _program(SERVER.program(bare))
    assert find_engine(None, bare, say, time_skipping=True).executable == program
    assert "cannot skip a workflow's time" in said[0]


def test_a_home_with_workflows_keeps_its_kind_of_engine(bare: Path, say: Say) -> None:
    _on_path(bare, "1.9.1 (Server 1.32.0, UI 2.54.1)")
    program = _program(SERVER.program(bare))
    assert find_engine(None, bare, say, only="server").executable == program


def test_without_any_the_message_lists_every_way(bare: Path, say: Say) -> None:
    with pytest.raises(NoEngine) as caught:
        find_engine(None, bare, say)
    told = str(caught.value)
    for way in ("TEMPORAL_ADDRESS", "`temporal`", "Go 1.26", str(SERVER.program(bare))):
        assert way in told
    assert "download of the Temporal tool: closed" in told
    assert "there is no `go` on PATH" in told
