"""`hotline report disputed`: the same counts at a terminal."""

from pathlib import Path

import pytest

from domain.actor import Role
from local.stack import Stack
from tests.city import City
from tests.cli.terminal import Terminal

ITEM, HERE, DISTRICT = "010107", "110112003", "110112"


@pytest.fixture
def terminal(stack: Stack, tmp_path: Path) -> Terminal:
    """A wide terminal of the tests' own hotline."""
    terminal = Terminal(stack.database_url, tmp_path)
    terminal.env["COLUMNS"] = "200"
    return terminal


async def test_disputed_items_are_told_by_item_and_kind_of_unit(city: City, terminal: Terminal) -> None:
    ticket_no = await city.take_in(item=ITEM, street=HERE, district=DISTRICT)
    await city.done(ticket_no, "objection", Role.UNIT, HERE, ground="not_my_duty", note="不属于我单位职责")
    told = await terminal.done("report", "disputed")
    (line,) = [line for line in told.splitlines() if ITEM in line]
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    assert cells == [f"{ITEM} 小区监控故障", "street", "1", "1", "0", "0", "0", "0", "1", "0", "北苑街道 1", ""]


async def test_a_period_without_objections_is_told_as_such(terminal: Terminal) -> None:
    assert "没有派单异议" in await terminal.done("report", "disputed", "--from", "2020-01-01", "--to", "2020-01-31")


async def test_a_period_that_ends_before_it_begins_is_refused(terminal: Terminal) -> None:
    status, told = await terminal.hotline("report", "disputed", "--from", "2026-02-01", "--to", "2026-01-01")
    assert status == 2
    assert "the period ends before it begins" in told
