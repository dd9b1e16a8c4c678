"""The difference of two books is told in lines that name what changed, from what, to what."""

from pathlib import Path

from rulebook.book import Book
from rulebook.difference import diff
from rulebook.files import load
from tests.rulebook.small_policy import CALENDAR, CATALOGUE, CHANNELS, LIMITS, UNITS, put


def changed(folder: Path, file: str, text: str) -> list[str]:
    """What `diff` tells when `file` becomes `text`."""
    (old,) = load(folder)
    put(folder, file, text)
    (new,) = load(folder)
    return diff(old, new)


def test_equal_books_differ_in_nothing(city: Book) -> None:
    assert diff(city, city) == []


def test_a_changed_limit_is_named(folder: Path) -> None:
    text = LIMITS.replace('contact = "2h"', 'contact = "1h"')
    assert changed(folder, "limits/2026-01-01.toml", text) == ["limits tiers.24h.contact: 2h → 1h"]


def test_a_limit_that_is_closed_is_told(folder: Path) -> None:
    text = LIMITS.replace('objection = "4h"\n', "")
    assert changed(folder, "limits/2026-01-01.toml", text) == ["limits tiers.24h.objection: 4h → –"]


def test_a_changed_limit_of_the_house_is_named(folder: Path) -> None:
    text = LIMITS.replace("video = 500", "video = 50").replace("closed_days = 1095", "closed_days = 730")
    assert changed(folder, "limits/2026-01-01.toml", text) == [
        "limits attachment_mib.video: 500 → 50",
        "limits retention_days: 1095 → 730",
    ]


def test_a_changed_item_is_named_with_each_change(folder: Path) -> None:
    text = CATALOGUE.replace("15d,working_days", "7d,elapsed")
    assert changed(folder, "catalogue/2026-01-01.csv", text) == [
        "item 010102 维修资金: tier 15d → 7d; day_kind working_days → elapsed"
    ]


def test_changed_words_are_told_as_lists(folder: Path) -> None:
    text = CATALOGUE.replace("灯;黑", "灯;黑;暗")
    assert changed(folder, "catalogue/2026-01-01.csv", text) == ["item 010101 楼道照明: words 灯, 黑 → 灯, 黑, 暗"]


def test_an_item_added_and_one_removed_are_told(folder: Path) -> None:
    text = CATALOGUE.replace("010102,物业管理,物业服务,维修资金", "010103,物业管理,物业服务,大修基金")
    assert changed(folder, "catalogue/2026-01-01.csv", text) == [
        "item 010102 维修资金: removed",
        "item 010103 大修基金: added",
    ]


def test_a_renamed_unit_is_told(folder: Path) -> None:
    text = UNITS.replace("市自来水集团", "北京自来水集团")
    assert changed(folder, "units/2026-01-01.csv", text) == [
        "unit E-ZLS 北京自来水集团: name 市自来水集团 → 北京自来水集团"
    ]


def test_a_channel_that_is_added_is_told(folder: Path) -> None:
    assert changed(folder, "channels/2026-01-01.csv", f"{CHANNELS}weibo,network,微博\n") == [
        "channel weibo 微博: added"
    ]


def test_a_year_that_is_published_is_told_with_its_days(folder: Path) -> None:
    text = CALENDAR.replace("2026", "2027").replace("10-10", "10-09")
    assert changed(folder, "calendar/2027.toml", text) == [
        "calendar 2027: published",
        "calendar 2027-10-01: plain → off",
        "calendar 2027-10-09: plain → make-up",
    ]


def test_a_year_that_is_withdrawn_is_told(folder: Path) -> None:
    text = CALENDAR.replace('"published"', '"provisional"')
    assert changed(folder, "calendar/2026.toml", text) == ["calendar 2026: no longer published"]
