"""Every line that a process writes is JSON, names its ticket and nobody else."""

import json
import os
import subprocess
import sys

import pytest

from tests.api.test_privacy import NAME, traces
from tests.city import Json
from tests.telemetry.conftest import Shown
from tests.telemetry.house import KINDS, ROOT


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_of_a_process_is_json(shown: Shown, kind: str) -> None:
    for line in shown.lines[kind]:
        told = json.loads(line)
        assert "timestamp" in told, line
        assert "level" in told, line


def test_a_line_about_a_complaint_names_its_ticket(shown: Shown) -> None:
    told = [json.loads(line) for line in shown.lines["notices"]]
    [refused] = [line for line in told if line["event"] == "notice not taken"]
    assert refused["ticket_no"] == shown.ticket_no


@pytest.mark.parametrize("kind", KINDS)
def test_no_line_tells_of_a_person(shown: Shown, kind: str) -> None:
    assert not [line for line in shown.lines[kind] if traces(line)]


def test_what_ends_a_process_is_a_line_too() -> None:
    away = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "TEMPORAL_ADDRESS": "127.0.0.1:1"}
    ended = subprocess.run(
        [sys.executable, "-m", "cli.main", "process", "relay"],
        cwd=ROOT,
        env=os.environ | away,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    told = [json.loads(line) for line in ended.stderr.splitlines()]
    assert told[-1]["event"] == "ended"
    assert "ConnectionRefusedError" in told[-1]["exception"]


QUOTING = f"""
try:
    try:
        raise asyncpg.DataError("invalid input for query argument $1: '{NAME}'")
    except asyncpg.DataError as quoting:
        raise RuntimeError("the journal was not written") from quoting
except RuntimeError:
    logging.getLogger("anybody").exception("failed")
"""
OF_A_WORKFLOW = """
extra = {"temporal_activity": {"workflow_id": "20261122-00000001", "activity_type": "record"}}
logging.getLogger("temporalio.activity").warning("Completing activity as failed", extra=extra)
"""


def written(code: str) -> Json:
    """The line that a process writes when it runs `code`."""
    begin = "import logging, asyncpg; from config import logs; logs.set_up('json')"
    ran = subprocess.run(
        [sys.executable, "-c", begin + code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return json.loads(ran.stderr)


def test_an_error_that_may_quote_somebody_is_told_without_its_text() -> None:
    told = written(QUOTING)["exception"]
    assert not traces(told)
    assert "DataError" in told
    assert "RuntimeError: the journal was not written" in told


def test_a_line_of_temporals_sdk_names_the_ticket_of_its_workflow() -> None:
    assert written(OF_A_WORKFLOW)["ticket_no"] == "20261122-00000001"
