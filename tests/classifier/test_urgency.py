import pytest

from classifier import Model
from classifier.urgency import Urgency
from classifier.wording import clean
from tests.classifier.town import ITEMS, THRESHOLDS

RULES = Urgency(ITEMS)
UNLIKELY = [(6, 0.9)]


def spoken(text: str, *words: str, likely: list[tuple[int, float]] | None = None) -> tuple[str, ...]:
    return RULES.spoken(RULES.asserted(clean(text)), words, likely or UNLIKELY)


@pytest.mark.parametrize("text", ["楼上着火了", "一股煤气味快来人", "孩子掉井里了，井盖没了"])
def test_an_urgent_word_makes_the_text_urgent(model: Model, text: str) -> None:
    assert model.propose(text).alarm == 1


@pytest.mark.parametrize("text", ["暖气片摸着冰凉", "医保卡丢了怎么补", "车停在人行道上，请处理"])
def test_an_ordinary_matter_is_not_urgent(model: Model, text: str) -> None:
    assert not model.propose(text).urgent_from(THRESHOLDS.alarm)


def test_an_urgent_word_counts_however_sure_the_model_is_of_another_item() -> None:
    assert spoken("着火", "着火", likely=[(6, 0.999)]) == ("着火",)


def test_an_urgent_word_needs_another_word_of_its_item_or_the_item_itself() -> None:
    assert spoken("个人信息泄漏") == ()
    assert spoken("燃气泄漏", "燃气泄漏") == ("泄漏",)
    assert spoken("阀门那里泄漏", likely=[(4, 0.4)]) == ("泄漏",)
    assert spoken("阀门那里泄漏", likely=[(6, 0.6), (4, 0.3)]) == ("泄漏",)
    assert spoken("阀门那里泄漏", likely=[(6, 0.8), (4, 0.1)]) == ()


@pytest.mark.parametrize("text", ["没有着火", "没着火", "预防着火", "如何防止家里着火", "并未发生着火"])
def test_a_denied_or_only_guarded_against_danger_is_not_asserted(text: str) -> None:
    assert RULES.asserted(clean(text)) == ()


@pytest.mark.parametrize("text", ["没人管，着火了", "没办法着火了", "怕是着火了", "不是演习，着火"])
def test_other_words_before_a_danger_do_not_deny_it(text: str) -> None:
    assert RULES.asserted(clean(text)) == ("着火",)


def test_an_emergency_told_without_any_listed_word_still_raises_the_alarm(model: Model) -> None:
    proposal = model.propose("厨房烧起来了，浓烟呛得出不来，快来人救命")
    assert THRESHOLDS.alarm <= proposal.alarm < 1


def test_the_urgent_word_stands_first_among_the_reasons(model: Model) -> None:
    assert model.propose("暖气不热，而且着火了").reasons[0] == "着火"


def test_where_the_alarm_rings_is_policys(model: Model) -> None:
    proposal = model.propose("厨房烧起来了，浓烟呛得出不来，快来人救命")
    assert proposal.urgent_from(proposal.alarm)
    assert not proposal.urgent_from(proposal.alarm + 0.001)
