"""Emergencies that no listed word betrays: how people sound, and what the classifier makes of it (R14)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.lexicon import Heads, Lexicon
from classifier.logistic import Floats, chance_of, fit_logistic, log_odds
from classifier.wording import words_of

DISTRESS = words_of(
    "救命 快来人 快来 快派人 赶紧派人 马上派人 赶紧来 出人命 有人受伤 晕倒 昏过去 叫不醒 "
    "没反应 喘不上气 没呼吸 流血 止不住血 抽搐 冒烟 黑烟 浓烟 烧起来 着起来 爆炸 炸了 "
    "砸到人 砸着人 掉下去 掉进去 淹 要塌 塌下来 触电 电着 冒火 拿刀 动刀 砍 抢劫 打起来 "
    "跳下去 想不开 不想活 出不来 下不去 等不了 堵在里面 困在 够不着 刚才 正在 还在里面 呛 "
    "中毒 呕吐 恶心 头晕 怎么叫"
)
"""Ordinary words of people who see danger now. Each says little; the alarm weighs how many come together."""

_PRIOR = (-2.5, 0.5, 0.6, 0.8)
_DOUBT = 1.0
_MOST_HITS = 4

_LEXICON = Lexicon(DISTRESS)


def distress_in(text: str, heads: Heads | None = None) -> int:
    """How many different words of distress a cleaned text has, at most four."""
    return min(_MOST_HITS, len({mention.word for mention in _LEXICON.longest(text, heads)}))


@dataclass(frozen=True, slots=True)
class Alarm:
    """Weights of: constant, the linear score for emergencies, log odds of an emergency item, distress."""

    weights: tuple[float, float, float, float] = _PRIOR

    def of(self, score: float, chance: float, distress: int) -> float:
        """The probability that the text tells of an emergency."""
        odds = float(log_odds(np.array([chance]))[0])
        constant, linear, item, words = self.weights
        return chance_of(constant + linear * score + item * odds + words * distress)


def fit_alarm(score: Floats, chance: Floats, distress: Floats, emergency: NDArray[np.bool_]) -> Alarm:
    """Fitted on held-out scores, like every other probability here."""
    signs = np.stack([np.ones_like(score), score, log_odds(chance), distress], axis=1)
    constant, linear, item, words = fit_logistic(signs, emergency, _PRIOR, _DOUBT)
    return Alarm((constant, linear, item, max(words, 0.0)))
