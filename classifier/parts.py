"""All that a trained model consists of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.alarm import Alarm
from classifier.confidence import Confidence
from classifier.gazetteer import Place
from classifier.grams import Grams
from classifier.item import Item


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a model consists of, as it is trained, saved and loaded.

    ``weights`` (grams by items), ``offsets`` (items), ``kind_weights`` (grams by 5), ``kind_offsets`` (5) and
    ``alarm_weights`` (grams) are linear classifiers; ``tellable`` (grams) says whether a gram may be shown as a
    reason; ``word_weight`` is the worth of catalogue words.
    """

    items: tuple[Item, ...]
    places: tuple[Place, ...]
    grams: Grams
    weights: NDArray[np.float16]
    offsets: NDArray[np.float32]
    kind_weights: NDArray[np.float16]
    kind_offsets: NDArray[np.float32]
    tellable: NDArray[np.bool_]
    alarm_weights: NDArray[np.float32]
    alarm_offset: float
    word_weight: float
    confidence: Confidence
    alarm: Alarm
