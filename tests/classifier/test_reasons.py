from classifier import LabelledText, Model
from classifier.training import train
from tests.classifier.town import ITEMS, PLACES, texts


def test_reasons_name_the_catalogue_words_of_the_item(model: Model) -> None:
    assert "井盖" in model.propose("井盖丢了，没人管").reasons


def test_there_are_at_most_six_reasons_and_none_inside_another(model: Model) -> None:
    reasons = model.propose("暖气不热，供暖不好，室温低，屋里只有十五度，摸着冰凉，交了采暖费还是冷").reasons
    assert 1 <= len(reasons) <= 6
    assert not [one for one in reasons for other in reasons if one != other and one in other]


def test_reasons_never_repeat_what_complainants_wrote_even_when_the_model_learnt_from_it() -> None:
    said = "诸葛碧瑶反映暖气片冰凉"
    confirmed = [LabelledText(f"{said}{word}", "01", "help", personal=True) for word in "甲乙丙丁戊己"]
    model = train([*texts(), *confirmed], ITEMS, PLACES)
    assert not {"诸葛", "葛碧", "碧瑶"} & set(model.propose(said).reasons)


def test_reasons_hold_no_number(model: Model) -> None:
    reasons = model.propose("电话13911112222，身份证110105199001011234，井盖丢了").reasons
    assert not [reason for reason in reasons if any(character.isdigit() for character in reason)]
