import pytest

from classifier import Model
from classifier.training import train
from tests.classifier.town import ITEMS, PLACES, texts


@pytest.fixture(scope="package")
def model() -> Model:
    return train(texts(), ITEMS, PLACES)
