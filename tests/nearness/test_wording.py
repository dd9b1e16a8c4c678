"""One spelling for all texts, and what is taken from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearness.terms import terms_of
from nearness.wording import BREAK, LONGEST, folded, names, pairs, words
from vault.keyring import KeyRing
from vault.seal import Vault

VAULT = Vault(KeyRing.fresh())
PHONE = "13971946825"


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("ＷｉＦｉ", "wifi"),
        ("路 灯\n坏了", "路灯坏了"),
        ("坏了！！！谁修？", "坏了 谁修"),
        ("３号楼", "3号楼"),
        ("  ", ""),
    ],
)
def test_texts_are_folded_to_one_spelling(typed: str, spelt: str) -> None:
    assert folded(typed) == spelt


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once.replace(BREAK, "。")) == once


def test_pairs_reach_over_no_break() -> None:
    assert pairs(folded("路灯，坏了")) == {"路灯", "坏了"}


def test_no_number_can_be_read_out_of_terms() -> None:
    assert pairs(folded(f"电话{PHONE}打不通")) == pairs(folded("电话1打不通"))
    assert names(folded("望京12号桥")) == names(folded("望京3号桥"))


@given(st.text(max_size=80), st.text(min_size=1, max_size=20), st.text(max_size=80))
def test_the_terms_of_a_part_are_among_those_of_the_whole(before: str, part: str, after: str) -> None:
    for word in words(part):
        assert pairs(word) <= pairs(folded(f"{before}。{word}。{after}"))


def test_what_is_asked_is_parted_at_blanks_and_punctuation() -> None:
    assert words(" 路灯  不亮，红庙\n北里 ") == ["路灯", "不亮", "红庙", "北里"]
    assert words("，。 ") == []


def test_names_of_places_are_their_last_two_characters_and_what_they_are_called() -> None:
    assert names(folded("住红庙北里，对面金融街和天通苑的门口")) == {"红庙北里", "金融街", "天通苑"}
    assert names(folded("我们小区的路灯")) == set()


def test_a_very_long_text_is_indexed_as_far_as_its_beginning() -> None:
    assert pairs(folded("灯" * LONGEST + "坏了")) == {"灯灯"}


def test_the_complainants_own_name_is_left_out() -> None:
    assert terms_of(VAULT, "我叫欧阳墨竹，路灯坏了", name="欧阳 墨竹") == terms_of(VAULT, "我叫，路灯坏了")


def test_terms_of_one_ring_say_nothing_to_another() -> None:
    other = Vault(KeyRing.fresh())
    assert not set(terms_of(VAULT, "红庙北里的路灯").pairs) & set(terms_of(other, "红庙北里的路灯").pairs)


def test_turning_the_ring_leaves_terms_as_they_are() -> None:
    ring = KeyRing.fresh().added("k2")
    assert terms_of(Vault(ring), "路灯坏了") == terms_of(Vault(ring.turned("k2")), "路灯坏了")


def test_a_name_is_found_apart_from_its_pairs() -> None:
    terms = terms_of(VAULT, "天通苑")
    assert len(terms.names) == 1
    assert not set(terms.names) & set(terms.pairs)
