"""The knowledge to begin with is checked like policy: a faulty file is refused whole, with its line."""

from pathlib import Path

import pytest

from rulebook.book import Book
from rulebook.fault import BadPolicy
from rulebook.files import load
from rulebook.knowledge_file import load_knowledge
from tests.rulebook.conftest import SHIPPED
from tests.rulebook.small_policy import put

FILE = "knowledge/2026-01-01.csv"
HEADER = "code,item,unit,questions,answer,review"
FIRST = "K-01,010101,D-ZJW,楼道灯坏了找谁修;楼道没有灯怎么办,楼道照明由物业公司负责维修，物业不修可以找街道。,365d"
SECOND = "K-02,020101,E-ZLS,停水了给谁打电话;停水公告在哪里查,停水可以拨打自来水集团的客服热线查询原因和恢复时间。,180d"


@pytest.fixture
def book(folder: Path) -> Book:
    """The small policy."""
    return load(folder)[0]


def faults(folder: Path, book: Book, *lines: str) -> list[str]:
    """What is wrong with a file of these rows."""
    put(folder, FILE, "\n".join((HEADER, *lines)) + "\n")
    with pytest.raises(BadPolicy) as refused:
        load_knowledge(folder, book)
    return [str(fault) for fault in refused.value.faults]


def test_r45_a_good_file_is_read(folder: Path, book: Book) -> None:
    put(folder, FILE, f"{HEADER}\n{FIRST}\n{SECOND}\n")
    first, second = load_knowledge(folder, book)
    assert [first.code, second.code] == ["K-01", "K-02"]
    assert first.questions == ("楼道灯坏了找谁修", "楼道没有灯怎么办")
    assert second.review.amount == 180


def test_r45_a_folder_without_knowledge_has_none(folder: Path, book: Book) -> None:
    assert load_knowledge(folder, book) == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (FIRST.replace("D-ZJW", "D-NIX"), "unit: there is no unit D-NIX"),
        (FIRST.replace("D-ZJW", "M-GOV"), "unit: a municipality keeps no answers"),
        (FIRST.replace("010101", "999999"), "item: there is no item 999999"),
        (FIRST.replace("K-01", "k-01"), "code: string should match"),
        (FIRST.replace("365d", "24h"), "review: must be counted in d"),
        (FIRST.replace("365d", "999d"), "at most 400d"),
        (FIRST.replace("365d", "soon"), "'soon' is not a span"),
        (FIRST.replace(";楼道没有灯怎么办", ""), "questions: tuple should have at least 2 items"),
        (FIRST.replace("楼道照明由物业公司负责维修，物业不修可以找街道。", "找物业。"), "at least 20 characters"),
        (FIRST.replace(",365d", ""), "has 5 cells, the header has 6"),
    ],
)
def test_r45_a_row_that_cannot_be_is_refused_with_its_line(folder: Path, book: Book, bad: str, reason: str) -> None:
    told = faults(folder, book, SECOND, bad)
    assert len(told) == 1
    assert told[0].startswith(f"{FILE}:3: ")
    assert reason in told[0]


def test_r45_a_code_twice_is_refused(folder: Path, book: Book) -> None:
    assert faults(folder, book, FIRST, SECOND.replace("K-02", "K-01")) == [
        f"{FILE}:3: code: K-01 stands already on line 2"
    ]


def test_r45_a_question_that_two_answers_claim_is_refused(folder: Path, book: Book) -> None:
    again = SECOND.replace("停水了给谁打电话", "楼道灯坏了找谁修")
    assert faults(folder, book, FIRST, again) == [f"{FILE}:3: questions: 楼道灯坏了找谁修 stands already on line 2"]


def test_r45_a_later_file_does_not_change_an_answer_that_is_its_units(folder: Path, book: Book) -> None:
    put(folder, "knowledge/2026-07-01.csv", f"{HEADER}\n{FIRST}\n")
    assert faults(folder, book, FIRST) == [
        "knowledge/2026-07-01.csv:2: code: K-01 stands in an earlier file, and is its unit's to change"
    ]


def test_r45_the_shipped_answers_cover_the_city(city: Book) -> None:
    rows = load_knowledge(SHIPPED, city)
    assert len(rows) >= 60
    assert len({city.item(row.item).level1 for row in rows}) >= 15
    assert len({row.unit for row in rows}) >= 20
