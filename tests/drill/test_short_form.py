"""Every drill in its short form, as anybody would run them: every promise holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from drill.every import DRILLS
from tests.conftest import MODEL, ROOT

TIMED = "(p99)"
"""Stands in what `bursts` says of how soon complaints are dispatched: judged by the command, and by no test."""
HERE_OR_NOT = {"disk-full", "clock-jump"}
"""Drills that a machine may not allow: for want of root, or of a compiler."""
ZEROES = ("lost", "doubled", "journal_mismatches", "clocks_missed")


@pytest.mark.slow
def test_whatever_breaks_the_hotline_keeps_every_promise(tmp_path: Path) -> None:
    (tmp_path / "drill").mkdir()
    if MODEL.exists():  # trained by another test already
        (tmp_path / "drill" / "classifier").symlink_to(MODEL)
    ran = subprocess.run(
        [sys.executable, "-m", "cli.main", "drill", "all", "--short", "--json"],
        cwd=ROOT,
        env=os.environ | {"HOTLINE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout, ran.stderr[-2000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    assert {drill["name"] for drill in told["drills"]} == set(DRILLS)
    assert HERE_OR_NOT.issuperset(told["not_run"])
    for drill in (each for each in told["drills"] if not each["not_run"]):
        assert [drill[figure] for figure in ZEROES] == [0, 0, 0, 0], drill
        assert [what for what in drill["unexpected"] if TIMED not in what] == [], drill
        assert drill["accepted"] == drill["applied"] > 0
    late = any(drill["unexpected"] for drill in told["drills"])
    assert ran.returncode == (1 if late else 2 if told["not_run"] else 0)
