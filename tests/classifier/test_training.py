import pytest

from classifier import Item, LabelledText
from classifier.documents import MOST_TEXTS_AN_ITEM, gather
from classifier.training import train
from tests.classifier.town import ITEMS, PLACES, texts


def test_an_item_without_any_labelled_text_is_proposed_by_its_catalogue_words() -> None:
    without = [row for row in texts() if row.item != "07"]
    assert train(without, ITEMS, PLACES).propose("医保报销").item == "07"


def test_no_labelled_text_at_all_still_makes_a_model_that_doubts_itself() -> None:
    proposal = train([], ITEMS, PLACES).propose("今天的天气")
    assert proposal.confidence < 0.5


def test_a_text_about_an_unknown_item_is_refused_with_its_code() -> None:
    with pytest.raises(ValueError, match="'99'"):
        train([LabelledText("暖气", "99")], ITEMS)


def test_a_text_of_an_unknown_kind_is_refused_with_its_kind() -> None:
    with pytest.raises(ValueError, match="'gossip'"):
        train([LabelledText("暖气", "01", "gossip")], ITEMS)


def test_two_items_of_one_code_are_refused() -> None:
    with pytest.raises(ValueError, match="same code"):
        train([], (ITEMS[0], ITEMS[0]))


def test_no_item_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one item"):
        train([], ())


def test_of_too_many_texts_of_an_item_the_latest_count() -> None:
    many = [LabelledText(f"第{number}次说暖气", "01") for number in range(MOST_TEXTS_AN_ITEM + 5)]
    kept = gather(many, ITEMS, PLACES).rows
    assert kept == tuple(many[5:])


def test_what_one_complainant_alone_says_is_not_kept_in_the_model() -> None:
    confirmed = [LabelledText("我叫欧阳翡翠，暖气片冰凉", "01", "help", personal=True)]
    known = gather([*texts(), *confirmed], ITEMS, PLACES).grams.known
    assert not {"欧阳", "翡翠", "翡", "翠"} & set(known)


def test_numbers_are_not_kept_in_the_model() -> None:
    rows = [LabelledText("电话13911112222，暖气片冰凉", "01")] * 3
    known = gather([*texts(), *rows], ITEMS, PLACES).grams.known
    assert not [gram for gram in known if any(character.isdigit() for character in gram)]


def test_a_frequent_item_does_not_swamp_a_rare_one() -> None:
    flood = [LabelledText(f"车停在人行道上{word}", "06") for word in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]
    assert train([*texts(), *flood], ITEMS, PLACES).propose("路上没井盖了，车差点进去").item == "04"


def test_an_item_that_lists_only_numbers_as_words_is_harmless() -> None:
    items = (*ITEMS, Item("09", "其他", "其他", "其他事项", ("110", "12345")))
    assert train(texts(), items, PLACES).propose("打了110也没用，暖气片冰凉").item == "01"
