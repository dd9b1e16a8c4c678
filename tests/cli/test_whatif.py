"""`hotline policy whatif`: a ticket's deadlines explained line by line at a terminal."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from domain.actor import Role
from domain.calendar import BEIJING
from local.stack import Stack
from rulebook.files import load
from store.connection import Pool
from tests.city import STREET, City
from tests.cli.terminal import Terminal

ROOT = Path(__file__).parents[2]
EMERGENCY = "010301"
"""An item of two hours."""
OTHER_STREET = "110105013"


@pytest.fixture
def terminal(stack: Stack, tmp_path: Path) -> Terminal:
    """A terminal of the tests' own hotline, with a policy folder of its own in which the seven days are five."""
    shutil.copytree(ROOT / "policy", tmp_path / "policy")
    limits = tmp_path / "policy" / "limits" / "2026-01-01.toml"
    limits.write_text(
        limits.read_text(encoding="utf-8").replace('handling = "7d"', 'handling = "5d"'), encoding="utf-8"
    )
    terminal = Terminal(stack.database_url, tmp_path)
    terminal.env["HOTLINE_POLICY"] = str(tmp_path / "policy")
    return terminal


async def test_every_deadline_is_told_with_rule_limit_version_start_and_end(city: City, terminal: Terminal) -> None:
    ticket_no = await city.take_in()
    told = await terminal.done("policy", "whatif", ticket_no)
    version = (await city.ticket(ticket_no))["policy"]
    assert f"政策 {version}（自2026-01-01起施行），时限档 7d，按满24小时为一日计" in told
    for part in (
        "办理  R22  tiers.7d.handling = 7d",
        "签收  R22  tiers.7d.sign_in = 2sh",
        "异议  art. 12",
        "办理提醒 50",
    ):
        assert part in told
    assert "计" in next(line for line in told.splitlines() if "分钟" in line), "service hours are told by the day"
    assert "≠" not in told


async def test_another_version_from_the_files_shows_what_would_differ(city: City, terminal: Terminal) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    (*_, shorter) = load(Path(terminal.env["HOTLINE_POLICY"] or ""))
    told = await terminal.done("policy", "whatif", ticket_no, "--policy", shorter.version)
    differing = [line for line in told.splitlines() if f"若按 {shorter.version}" in line]
    assert any("办理 5d" in line and "早2天" in line for line in differing), differing
    assert not any("签收" in line for line in differing)


async def test_another_item_shows_what_would_differ_and_an_unknown_one_is_refused(
    city: City, terminal: Terminal
) -> None:
    ticket_no = await city.take_in()
    told = await terminal.done("policy", "whatif", ticket_no, "--item", EMERGENCY)
    assert any("若按 事项 " + EMERGENCY in line and "办理 2h" in line for line in told.splitlines()), told
    status, told = await terminal.hotline("policy", "whatif", ticket_no, "--item", "999999")
    assert (status, "no item 999999 in" in told) == (2, True)


async def test_an_upheld_objection_stops_the_limit_and_begins_another(city: City, terminal: Terminal) -> None:
    ticket_no = await city.take_in()
    due = (await city.ticket(ticket_no))["due"]
    await city.done(ticket_no, "objection", Role.UNIT, STREET, ground="not_my_area", note="不在辖区")
    await city.done(ticket_no, "objection-decision", Role.BUREAU, upheld=True, unit=OTHER_STREET, note="改派")
    told = await terminal.done("policy", "whatif", ticket_no)
    stopped = datetime.fromisoformat(due).astimezone(BEIJING)
    assert f"原时限 {stopped:%Y-%m-%d %H:%M} 停止计时：异议成立或改派" in told


async def test_a_journal_that_says_otherwise_ends_with_1(city: City, pool: Pool, terminal: Terminal) -> None:
    ticket_no = await city.take_in()
    await pool.execute("ALTER TABLE journal DISABLE TRIGGER journal_append_only")
    try:
        await pool.execute(
            """UPDATE journal SET facts = facts || jsonb_build_object('due', '2027-01-01T00:00:00+08:00')
               WHERE ticket_no = $1 AND kind = 'Dispatched'""",
            ticket_no,
        )
    finally:
        await pool.execute("ALTER TABLE journal ENABLE TRIGGER journal_append_only")
    status, told = await terminal.hotline("policy", "whatif", ticket_no)
    assert status == 1
    assert "≠ 台账：2027-01-01 00:00" in told


async def test_an_unknown_ticket_and_an_unknown_version_are_told_in_one_line(city: City, terminal: Terminal) -> None:
    ticket_no = await city.take_in()
    assert await terminal.hotline("policy", "whatif", "20991231-00000001") == (
        1,
        "there is no ticket 20991231-00000001\n1",
    )
    status, told = await terminal.hotline("policy", "whatif", ticket_no, "--policy", "nix")
    assert status == 1
    assert "policy version nix is not in the database" in told


async def test_a_ticket_that_nobody_took_up_has_no_deadline_yet(city: City, terminal: Terminal) -> None:
    assert "还没有时限" in await terminal.done("policy", "whatif", await city.keep())
