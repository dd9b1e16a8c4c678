"""The most telling drills in their short form, as anybody would run them: every promise holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MODEL, ROOT

TELLING = ("kill", "temporal-away", "poison")
ZEROES = ("lost", "doubled", "journal_mismatches", "clocks_missed")


@pytest.mark.slow
def test_killed_cut_off_and_poisoned_the_hotline_keeps_every_promise(tmp_path: Path) -> None:
    (tmp_path / "drill").mkdir()
    if MODEL.exists():  # trained by another test already
        (tmp_path / "drill" / "classifier").symlink_to(MODEL)
    ran = subprocess.run(
        [sys.executable, "-m", "cli.main", "drill", *TELLING, "--short", "--kills", "0", "--json"],
        cwd=ROOT,
        env=os.environ | {"HOTLINE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(ran.stdout.splitlines()[-1])
    assert [drill["name"] for drill in told["drills"]] == list(TELLING)
    for drill in told["drills"]:
        assert [drill[figure] for figure in ZEROES] == [0, 0, 0, 0], drill
        assert drill["unexpected"] == [], drill
        assert drill["accepted"] == drill["applied"] > 0
    assert ran.returncode == 0
