import subprocess
import sys

from classifier import LabelledText, Model
from classifier.training import train
from tests.classifier.town import ITEMS, PLACES, texts


def test_the_item_whose_words_stand_in_the_text_comes_first(model: Model) -> None:
    assert model.propose("我们小区井盖丢了，没人管").item == "04"


def test_the_item_is_found_by_how_people_speak_without_a_catalogue_word() -> None:
    spoken = [LabelledText(f"{start}打桩机轰隆隆", "03") for start in ("凌晨", "后半夜", "天没亮")]
    assert train([*texts(), *spoken], ITEMS, PLACES).propose("打桩机轰隆隆，孩子睡不好").item == "03"


def test_there_are_five_candidates_best_first_with_the_item_at_their_head(model: Model) -> None:
    proposal = model.propose("暖气片往下滴水")
    chances = [candidate.probability for candidate in proposal.candidates]
    assert len(chances) == 5
    assert chances == sorted(chances, reverse=True)
    assert proposal.candidates[0].item == proposal.item
    assert proposal.candidates[0].probability == proposal.confidence
    assert sum(chances) <= 1.0 + 1e-9


def test_a_catalogue_of_one_item_still_gets_a_proposal() -> None:
    lonely = train([], ITEMS[:1])
    assert [candidate.item for candidate in lonely.propose("暖气不热").candidates] == ["01"]


def test_text_that_says_nothing_gets_little_confidence(model: Model) -> None:
    for text in ("", "？？？", "asdf qwer", "\x00\u200b", "𠀀𠀁"):
        assert model.propose(text).confidence < 0.5, text


def test_proposing_many_equals_proposing_one_by_one(model: Model) -> None:
    many = ["楼道里一股煤气味", "医保卡丢了怎么补", ""]
    assert model.propose_many(many) == [model.propose(text) for text in many]


def test_full_width_letters_blanks_and_capitals_change_nothing(model: Model) -> None:
    assert model.propose("井 盖 丢 了　ＡＢＣ") == model.propose("井盖丢了abc")


def test_a_very_long_text_is_proposed_like_any_other(model: Model) -> None:
    assert model.propose("夜里工地打桩吵得睡不着。" + "啊" * 200_000).item == "03"


def test_each_kind_that_the_texts_teach_can_be_proposed(model: Model) -> None:
    assert model.propose("请问住院费能报多少？需要什么材料？").kind == "consultation"
    assert model.propose("建议增设一个停车场，提个建议").kind == "suggestion"
    assert model.propose("举报有人违法停车，请查处").kind == "report"


def test_the_same_training_makes_the_same_version(model: Model) -> None:
    assert train(texts(), ITEMS, PLACES).version == model.version


def test_another_catalogue_makes_another_version(model: Model) -> None:
    assert train(texts()[:30], ITEMS, PLACES).version != model.version


def test_the_proposal_bears_the_version_of_its_model(model: Model) -> None:
    assert model.propose("暖气不热").model_version == model.version


def test_proposing_needs_neither_scikit_learn_nor_scipy() -> None:
    code = (
        "import sys, classifier.model;"
        "sys.exit(any(name.split('.')[0] in ('sklearn', 'scipy', 'pandas') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
