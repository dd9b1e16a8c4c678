import pytest

from classifier.place import Found, Places
from classifier.wording import clean
from tests.classifier.town import PLACES

TOWN = Places(PLACES)


def found(text: str, district: str | None = None, street: str | None = None) -> Found:
    return TOWN.find(TOWN.named(clean(text)), district, street)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("望京街道的路灯坏了", Found("110105", "110105002")),
        ("我家住望京这边", Found("110105", "110105002")),
        ("朝阳区八里庄街道", Found("110105", "110105001")),
        ("海淀八里庄那边", Found("110108", "110108001")),
        ("八里庄那边，是海淀区的", Found("110108", "110108001")),
        ("海淀区有人乱停车", Found("110108", None)),
        ("朝阳平房地区", Found("110105", "110105003")),
        ("经开区的工厂", Found("BDA", None)),
    ],
)
def test_a_place_is_found_by_its_full_or_short_name(text: str, place: Found) -> None:
    assert found(text) == place


def test_a_street_that_stands_in_two_districts_is_left_open() -> None:
    assert found("八里庄街道的井盖丢了") == Found(None, None)


def test_a_stated_district_settles_a_street_that_stands_twice() -> None:
    assert found("八里庄街道的井盖丢了", district="110108") == Found("110108", "110108001")


def test_what_was_stated_wins_over_what_the_text_names() -> None:
    assert found("望京街道", district="110108") == Found("110108", None)
    assert found("海淀区", street="110105002") == Found("110105", "110105002")
    assert found("", district="110108", street="110108001") == Found("110108", "110108001")


def test_two_districts_leave_both_open() -> None:
    assert found("从朝阳区搬到海淀区") == Found(None, None)


def test_a_district_and_street_side_by_side_win_over_another_district_named() -> None:
    assert found("我在昌平区上班，家在海淀区八里庄街道") == Found("110108", "110108001")


def test_a_name_shared_by_streets_of_one_district_gives_the_district() -> None:
    assert found("天通苑的地铁太挤") == Found("110114", None)


@pytest.mark.parametrize("text", ["住在平房里", "朝阳门那边", "海淀医院看病", "望京大街堵车", "朝阳公园里"])
def test_everyday_words_and_longer_names_are_not_taken_for_places(text: str) -> None:
    assert found(text) == Found(None, None)


def test_an_everyday_word_is_a_street_beside_its_own_district() -> None:
    assert found("朝阳区这边的平房村口") == Found("110105", "110105003")


def test_place_names_are_masked_so_that_they_cannot_speak_for_an_item() -> None:
    text = clean("朝阳区望京街道的平房漏雨")
    assert "望京" not in TOWN.mask(text, TOWN.named(text))
    assert "平房漏雨" in TOWN.mask(text, TOWN.named(text))
