"""A model's parts as JSON and arrays, and back."""

from typing import cast

import numpy as np
from numpy.typing import NDArray

from classifier.alarm import Alarm
from classifier.confidence import Confidence
from classifier.gazetteer import Place
from classifier.grams import Grams
from classifier.item import Item
from classifier.kind import KINDS
from classifier.model_file import Arrays, BadModel, Json, Stored
from classifier.parts import Parts


def pack(parts: Parts) -> dict[str, Json]:
    """Everything but the arrays."""
    return {
        "items": [_pack_item(item) for item in parts.items],
        "places": [[place.code, place.name, place.district] for place in parts.places],
        "grams": list(parts.grams.known),
        "longest_gram": parts.grams.longest,
        "kinds": list(KINDS),
        "word_weight": parts.word_weight,
        "confidence": list(parts.confidence.weights),
        "alarm": list(parts.alarm.weights),
        "alarm_offset": parts.alarm_offset,
    }


def arrays(parts: Parts) -> Arrays:
    """The arrays, by name."""
    return {
        "rarity": parts.grams.rarity,
        "weights": parts.weights,
        "offsets": parts.offsets,
        "kind_weights": parts.kind_weights,
        "kind_offsets": parts.kind_offsets,
        "alarm_weights": parts.alarm_weights,
        "tellable": parts.tellable,
    }


def unpack(stored: Stored) -> Parts:
    """The parts of a stored model. Raises BadModel when they do not fit together."""
    try:
        parts = Parts(
            items=tuple(_unpack_item(row) for row in _rows(stored, "items")),
            places=tuple(Place(*_texts(row)) for row in _rows(stored, "places")),
            grams=Grams(
                _texts(_rows(stored, "grams")),
                stored.arrays["rarity"].astype(np.float32),
                int(cast(int, stored.body["longest_gram"])),
            ),
            weights=stored.arrays["weights"].astype(np.float16),
            offsets=stored.arrays["offsets"].astype(np.float32),
            kind_weights=stored.arrays["kind_weights"].astype(np.float16),
            kind_offsets=stored.arrays["kind_offsets"].astype(np.float32),
            tellable=stored.arrays["tellable"].astype(np.bool_),
            alarm_weights=stored.arrays["alarm_weights"].astype(np.float32),
            alarm_offset=float(cast(float, stored.body["alarm_offset"])),
            word_weight=float(cast(float, stored.body["word_weight"])),
            confidence=Confidence(_four(_rows(stored, "confidence"))),
            alarm=Alarm(_four(_rows(stored, "alarm"))),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadModel(f"the model's parts are incomplete ({error!r}); train it again") from error
    _check(parts, _texts(_rows(stored, "kinds")))
    return parts


def _check(parts: Parts, kinds: list[str]) -> None:
    grams, items = len(parts.grams.known), len(parts.items)
    wanted: dict[str, tuple[NDArray[np.generic], tuple[int, ...]]] = {
        "rarity": (parts.grams.rarity, (grams,)),
        "weights": (parts.weights, (grams, items)),
        "offsets": (parts.offsets, (items,)),
        "kind_weights": (parts.kind_weights, (grams, len(KINDS))),
        "kind_offsets": (parts.kind_offsets, (len(KINDS),)),
        "alarm_weights": (parts.alarm_weights, (grams,)),
        "tellable": (parts.tellable, (grams,)),
    }
    for name, (array, shape) in wanted.items():
        if array.shape != shape:
            raise BadModel(f"the model's {name} have shape {array.shape} and not {shape}; train it again")
        if not np.isfinite(array.astype(np.float32)).all():
            raise BadModel(f"the model's {name} hold values that are no numbers; train it again")
    if tuple(kinds) != KINDS or not items:
        raise BadModel("the model knows other kinds than this release, or no item; train it again")


def _pack_item(item: Item) -> Json:
    words: list[Json] = list(item.words)
    urgent_words: list[Json] = list(item.urgent_words)
    names: list[Json] = [item.code, item.level1, item.level2, item.level3]
    return [*names, words, urgent_words, item.tier, item.not_dispatched]


def _unpack_item(row: Json) -> Item:
    code, level1, level2, level3, words, urgent_words, tier, not_dispatched = cast(list[Json], row)
    code, level1, level2, level3, tier, not_dispatched = _texts([code, level1, level2, level3, tier, not_dispatched])
    return Item(code, level1, level2, level3, tuple(_texts(words)), tuple(_texts(urgent_words)), tier, not_dispatched)


def _rows(stored: Stored, name: str) -> list[Json]:
    rows = stored.body[name]
    if not isinstance(rows, list):
        raise TypeError(f"{name} is no list")
    return rows


def _texts(row: Json) -> list[str]:
    if not isinstance(row, list) or not all(isinstance(cell, str) for cell in row):
        raise TypeError("a text is missing")
    return cast(list[str], row)


def _four(row: list[Json]) -> tuple[float, float, float, float]:
    first, second, third, fourth = (float(cast(float, cell)) for cell in row)
    return first, second, third, fourth
