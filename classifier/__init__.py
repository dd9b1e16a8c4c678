"""Text to proposal: catalogue item, kind, urgency and place, with reasons and calibrated confidence."""

from classifier.gazetteer import Place, read_places
from classifier.item import Item, read_items
from classifier.labelled import LabelledText, read_labelled
from classifier.model import Model
from classifier.model_file import BadModel
from classifier.proposal import Candidate, Proposal

__all__ = [
    "BadModel",
    "Candidate",
    "Item",
    "LabelledText",
    "Model",
    "Place",
    "Proposal",
    "read_items",
    "read_labelled",
    "read_places",
]
