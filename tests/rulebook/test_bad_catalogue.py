"""A faulty catalogue is refused with its line."""

from pathlib import Path

import pytest

from rulebook.fault import BadPolicy, PolicyFault
from rulebook.files import load
from tests.rulebook.small_policy import CATALOGUE, put, spoil

FILE = "catalogue/2026-01-01.csv"
LIGHT = "010101,物业管理,物业服务,楼道照明,street,,D-ZJW,7d,elapsed,,,灯;黑,"
FUND = "010102,物业管理,物业服务,维修资金,department,D-ZJW,,15d,working_days,,,维修资金,"
WATER = "020101,供水,供水中断,突发停水,enterprise,E-ZLS,,24h,hours,,,停水;没水,全楼"
FIRE = "030101,警情,紧急警情,火灾,none,,,7d,elapsed,transferred,119,着火,着火"

CASES = {
    "a code that is no code": (LIGHT, LIGHT.replace("010101", "1-1"), 2, "code: string should match pattern"),
    "a code twice": (FUND, FUND.replace("010102", "010101"), 3, "code: 010101 stands already on line 2"),
    "a leaf twice": (
        FUND,
        FUND.replace("维修资金,dep", "楼道照明,dep"),
        3,
        "level3: 楼道照明 stands already on line 2",
    ),
    "a class under two names": (
        FUND,
        FUND.replace("物业管理", "供水"),
        3,
        "level1: codes 01… are 物业管理 since line 2",
    ),
    "an empty level": (LIGHT, LIGHT.replace("楼道照明", ""), 2, "level3: string should have at least 1"),
    "an unknown duty": (LIGHT, LIGHT.replace("street", "village"), 2, "duty: input should be 'street'"),
    "an unknown tier": (LIGHT, LIGHT.replace("7d", "9d"), 2, "tier: input should be '2h'"),
    "an unknown day kind": (LIGHT, LIGHT.replace("elapsed", "moons"), 2, "day_kind: input should be 'hours'"),
    "an unknown disposition": (
        FIRE,
        FIRE.replace("transferred", "forgotten"),
        5,
        "not_dispatched: input should be",
    ),
    "an hours tier in days": (
        WATER,
        WATER.replace("hours", "elapsed"),
        4,
        "day_kind: tier 24h is not counted in elapsed",
    ),
    "a 2h tier in days": (
        WATER,
        WATER.replace("24h,hours", "2h,elapsed"),
        4,
        "tier 2h is not counted in elapsed",
    ),
    "a days tier in hours": (
        LIGHT,
        LIGHT.replace("elapsed", "hours"),
        2,
        "day_kind: tier 7d is not counted in hours",
    ),
    "an owner where place decides": (
        LIGHT,
        LIGHT.replace("street,,", "street,D-ZJW,"),
        2,
        "is found by place",
    ),
    "no owner where one is needed": (
        FUND,
        FUND.replace("department,D-ZJW", "department,"),
        3,
        "owner: duty department needs",
    ),
    "an owner that is no unit": (FUND, FUND.replace("D-ZJW", "D-XXX"), 3, "owner: there is no unit D-XXX"),
    "an owner of the wrong kind": (WATER, WATER.replace("E-ZLS", "D-ZJW"), 4, "owner: D-ZJW is a department"),
    "a co-handler that is no unit": (
        LIGHT,
        LIGHT.replace("D-ZJW", "D-XXX"),
        2,
        "co_owner: there is no unit D-XXX",
    ),
    "a co-handler that handles nothing": (
        LIGHT,
        LIGHT.replace("D-ZJW", "M-GOV"),
        2,
        "co_owner: M-GOV is a municipality",
    ),
    "the owner as its own co-handler": (
        FUND,
        FUND.replace("D-ZJW,,", "D-ZJW,D-ZJW,"),
        3,
        "D-ZJW is the owner already",
    ),
    "an emergency without a channel": (
        FIRE,
        FIRE.replace("119", ""),
        5,
        "channel: transferred needs one of 110",
    ),
    "an emergency with a wrong channel": (FIRE, FIRE.replace("119", "911"), 5, "got '911'"),
    "a channel on a dispatched item": (
        LIGHT,
        LIGHT.replace("elapsed,,,", "elapsed,,110,"),
        2,
        "channel: only an item",
    ),
    "a channel where none belongs": (
        FIRE,
        FIRE.replace("transferred", "secret"),
        5,
        "channel: secret has none",
    ),
    "a duty with a disposition": (
        FIRE,
        FIRE.replace("none", "street"),
        5,
        "not_dispatched: stands exactly where",
    ),
    "no duty and no disposition": (
        FIRE,
        FIRE.replace("transferred,119", ","),
        5,
        "not_dispatched: stands exactly where",
    ),
    "co-handlers of nothing": (
        FIRE,
        FIRE.replace("none,,", "none,,D-ZJW"),
        5,
        "co_owner: an item that is not dispatched",
    ),
    "no words": (FUND, FUND.replace("days,,,维修资金", "days,,,"), 3, "words: must name at least one word"),
    "a word twice": (LIGHT, LIGHT.replace("灯;黑", "灯;灯"), 2, "words: names a word twice"),
    "an empty word": (LIGHT, LIGHT.replace("灯;黑", "灯;;黑"), 2, "words: has an empty word"),
    "blanks around a cell": (LIGHT, LIGHT.replace("D-ZJW", "D-ZJW "), 2, "co_owner: has blanks around it"),
    "a cell too many": (LIGHT, LIGHT + ",", 2, "has 14 cells, the header has 13"),
    "a cell too few": (LIGHT, LIGHT[:-1], 2, "has 12 cells, the header has 13"),
    "a quote left open": (FIRE, FIRE.replace("119", '"119'), 5, "is not CSV"),
    "a header of another kind": ("urgent_words", "urgent", 1, "the header must be code,level1"),
}


def faults_of(folder: Path) -> tuple[PolicyFault, ...]:
    with pytest.raises(BadPolicy) as refused:
        load(folder)
    return refused.value.faults


@pytest.mark.parametrize(("good", "bad", "line", "reason"), CASES.values(), ids=CASES)
def test_it_is_refused_with_its_line(folder: Path, good: str, bad: str, line: int, reason: str) -> None:
    spoil(folder, FILE, good, bad)
    faults = faults_of(folder)
    assert {(fault.file, fault.line) for fault in faults} == {(FILE, line)}
    assert any(reason in fault.reason for fault in faults), faults


def test_text_that_is_not_utf8_is_refused_with_its_line(folder: Path) -> None:
    (folder / FILE).write_bytes(CATALOGUE.encode("gb18030"))
    assert faults_of(folder) == (PolicyFault(FILE, 2, "is not UTF-8 text"),)


def test_an_empty_file_is_refused(folder: Path) -> None:
    put(folder, FILE, "")
    assert [fault.line for fault in faults_of(folder)] == [1]


def test_a_file_without_rows_is_refused(folder: Path) -> None:
    put(folder, FILE, CATALOGUE.splitlines()[0] + "\n")
    assert faults_of(folder) == (PolicyFault(FILE, None, "has no rows"),)


def test_a_byte_order_mark_of_a_spreadsheet_does_no_harm(folder: Path) -> None:
    put(folder, FILE, "\ufeff" + CATALOGUE)
    assert len(load(folder)[0].items) == 4


def test_lines_are_counted_past_cells_of_several_lines(folder: Path) -> None:
    spoil(folder, FILE, "楼道照明", '"楼道\n照明"')
    text = (folder / FILE).read_text(encoding="utf-8")
    put(folder, FILE, text.replace("15d", "16d"))
    assert [fault.line for fault in faults_of(folder)] == [4]


def test_every_fault_is_told_at_once(folder: Path) -> None:
    put(folder, FILE, CATALOGUE.replace(",7d,", ",8d,").replace("停水;没水", ""))
    assert [fault.line for fault in faults_of(folder)] == [2, 4, 5]
