"""Grams are counted as they are split, in the order of their first mention."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.grams import Grams, split
from classifier.wording import clean

TEXTS = st.text(st.sampled_from("井盖丢了路灯不亮ab𠮷 ?"), max_size=60)


def known(text: str, longest: int) -> Grams:
    """A model that knows every other gram of a text, and some that it has not."""
    grams = sorted({*split(text, longest)})[::2]
    return Grams([*grams, "x", "yz"], np.ones(len(grams) + 2, np.float32), longest)


@pytest.mark.parametrize("longest", [1, 2, 3])
@given(text=TEXTS)
def test_a_vector_holds_the_known_grams_in_order_each_weighed_by_how_often_it_stands(text: str, longest: int) -> None:
    grams = known(text, longest)
    counts = Counter(gram for gram in split(text, longest) if gram in grams.known)
    vector = grams.vector(text)
    assert [grams.known[number] for number in vector.ids] == list(counts)
    for size in range(1, longest + 1):
        raw = [(1 + np.log(times), len(gram)) for gram, times in counts.items()]
        length = np.sqrt(longest * sum(weight**2 for weight, of in raw if of == size))
        mine = [weight / length for weight, of in raw if of == size]
        got = [weight for weight, gram in zip(vector.weights, counts, strict=True) if len(gram) == size]
        assert got == pytest.approx(mine, rel=1e-5)


def test_a_model_that_knows_nothing_makes_empty_vectors() -> None:
    assert len(Grams([], np.empty(0, np.float32), 2).vector("井盖").ids) == 0


@pytest.mark.parametrize("text", ["ＡＢＣ，井盖①", "ｶﾞ井", "é井é", "㈱井﨑", "井\u0301盖", "ﬁ井", "가각井"])
def test_a_text_is_normal_though_ideographs_are_passed_over(text: str) -> None:
    import unicodedata

    assert clean(text) == clean(unicodedata.normalize("NFKC", text))
