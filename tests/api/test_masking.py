"""Name and phone are hidden in words, however they are written, and nothing else is."""

import pytest

from api.masking import HIDDEN, mask, no_mask

HIDE = mask("欧阳墨竹轩", "139-7194 6828")


@pytest.mark.parametrize(
    "written",
    [
        "13971946828",
        "139 7194 6828",
        "139-7194-6828",
        "+8613971946828",
        "+86 139 7194 6828",
        "１３９７１９４６８２８",
        "139.7194.6828",
    ],
)
def test_r05_a_phone_is_hidden_in_every_dress(written: str) -> None:
    assert HIDE(f"请打{written}找我") == f"请打{HIDDEN}找我"


def test_r05_a_name_is_hidden_wherever_it_stands() -> None:
    assert HIDE("欧阳墨竹轩说：我是欧阳墨竹轩") == f"{HIDDEN}说：我是{HIDDEN}"
    assert mask("Wang Li", None)("call WANG LI") == f"call {HIDDEN}"


@pytest.mark.parametrize("written", ["欧阳女士", "欧某", "欧阳先生"])
def test_r05_a_surname_with_a_title_is_hidden(written: str) -> None:
    assert HIDE(f"{written}反映") == f"{HIDDEN}反映"


@pytest.mark.parametrize("written", ["尾号6828", "尾号是6828", "尾号：６８２８"])
def test_r05_the_end_of_a_phone_told_as_such_is_hidden(written: str) -> None:
    assert HIDE(f"{written}的机主") == f"{HIDDEN}的机主"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("我住3号楼2单元501室，隔壁502室装修", f"我住{HIDDEN}，隔壁502室装修"),
        ("我家住在八里庄东里5号院12栋3-1202，漏水", f"我家住在{HIDDEN}，漏水"),
        ("家住十二号楼五零一。楼道堆物", f"家住{HIDDEN}。楼道堆物"),
        ("住址：甘露园南里7号楼1单元201", f"住址：{HIDDEN}"),
    ],
)
def test_r05_a_home_told_as_ones_own_is_hidden(written: str, shown: str) -> None:
    assert HIDE(written) == shown


def test_other_numbers_names_and_the_place_of_the_matter_stay() -> None:
    text = "3号楼2单元501室门口，物业电话13971946829，找欧阳，楼上住户住人多，我们家在等"
    assert HIDE(text) == text


def test_a_name_of_one_character_and_no_name_hide_nothing() -> None:
    for hide in (mask("王", None), mask(None, None), no_mask):
        assert hide("王府井的王女士") == "王府井的王女士"
        assert hide(None) is None


def test_characters_that_mean_something_to_a_search_are_only_characters() -> None:
    assert mask("a.*(b", None)("xa.*(by a__(b") == f"x{HIDDEN}y a__(b"
