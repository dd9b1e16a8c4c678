"""The catalogue, units and corpus that ship, at their real size."""

import time
from pathlib import Path

import pytest

from classifier import Model, read_items, read_labelled, read_places
from classifier.training import train

POLICY = Path(__file__).parents[2] / "policy"
CATALOGUE = POLICY / "catalogue" / "2026-01-01.csv"
UNITS = POLICY / "units" / "2026-01-01.csv"


@pytest.fixture(scope="module")
def shipped() -> tuple[Model, float]:
    rows = read_labelled((POLICY / "corpus").glob("*.csv"))
    begun = time.perf_counter()
    model = train(rows, read_items(CATALOGUE), read_places(UNITS))
    return model, time.perf_counter() - begun


def test_training_on_the_whole_corpus_takes_less_than_fifteen_seconds(shipped: tuple[Model, float]) -> None:
    assert shipped[1] < 15


def test_the_median_message_takes_at_most_two_milliseconds(shipped: tuple[Model, float]) -> None:
    texts = [row.text for row in read_labelled((POLICY / "corpus").glob("*.csv"))][:300]
    shipped[0].propose_many(texts[:20])
    times: list[float] = []
    for text in texts:
        begun = time.perf_counter()
        shipped[0].propose(text)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[len(times) // 2] < 0.002


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("电梯困人了，我们被困在电梯里", "电梯困人"),
        ("家里暖气不热，供暖以来一直不达标", "暖气不热"),
        ("路边井盖丢了，没井盖太危险", "井盖缺失破损"),
    ],
)
def test_plain_words_of_the_catalogue_find_their_item(shipped: tuple[Model, float], text: str, item: str) -> None:
    names = {each.code: each.level3 for each in read_items(CATALOGUE)}
    assert names[shipped[0].propose(text).item] == item
