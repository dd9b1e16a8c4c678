"""One spelling for all texts, so that a word asked for is found however it was typed; and what is taken from a text to
find it by."""

import re
import unicodedata
from itertools import pairwise

BREAK = " "
"""Stands for punctuation; nothing that is taken from a text reaches across it."""

LONGEST = 4_000
"""Characters of a text that are indexed: longer ones repeat themselves, and every pair costs room."""

_BLANKS = re.compile(r"\s+")
_MARKS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_NAMED = re.compile(
    r"(?=((?:(?![的了在我你他它们是有到就不这那哪个去从由于该本此其请问望求向让把被给为对与及或将])[一-龥a-z0]){2}"
    r"(?:小区|社区|家园|花园|新城|新村|国际|广场|大厦|公馆|庭院|山庄|[东西南北]里|胡同|苑|园|城|湾|村|庄|营|镇|(?<!政)府"
    r"|街道|大道|路|街|桥|学校|小学|中学|学院|幼儿园|医院|公园|驾校|工地)))"
)


def folded(text: str) -> str:
    """Half-width, lower case, blanks dropped, punctuation as one break."""
    return _MARKS.sub(BREAK, _BLANKS.sub("", unicodedata.normalize("NFKC", text).lower())).strip()


def words(text: str) -> list[str]:
    """What somebody asks for, word by word: blanks and punctuation part words."""
    return [word for part in text.split() for word in folded(part).split(BREAK) if word]


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a folded text."""
    return {first + second for piece in _indexed(text).split(BREAK) for first, second in pairwise(piece)}


def names(text: str) -> set[str]:
    """What may be the names of places in a folded text: two characters and what a place is called, 丽发新城. Some are
    none, 我们小区; how common they are tells."""
    return set(_NAMED.findall(_indexed(text)))


def _indexed(text: str) -> str:
    """A number counts as one character, 0, so that no phone, house or identity number can be read out of terms."""
    return _DIGITS.sub("0", text[:LONGEST])
