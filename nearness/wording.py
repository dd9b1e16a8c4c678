"""One spelling for all texts, so that a word asked for is found however it was typed."""

import re
import unicodedata
from itertools import pairwise

BREAK = " "
"""Stands for punctuation; no pair of characters reaches across it."""

LONGEST = 4_000
"""Characters of a text that are indexed: longer ones repeat themselves, and every pair costs room."""

_BLANKS = re.compile(r"\s+")
_MARKS = re.compile(r"[^\w]+|_+")
_DIGITS = re.compile(r"\d+")


def folded(text: str) -> str:
    """Half-width, lower case, blanks dropped, punctuation as one break."""
    return _MARKS.sub(BREAK, _BLANKS.sub("", unicodedata.normalize("NFKC", text).lower())).strip()


def words(text: str) -> list[str]:
    """What somebody asks for, word by word: blanks and punctuation part words."""
    return folded(_BLANKS.sub("。", text)).split(BREAK) if text.strip() else []


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a folded text. A number counts as one character, 0, so that no phone,
    house or identity number can be read out of pairs."""
    pieces = _DIGITS.sub("0", text[:LONGEST]).split(BREAK)
    return {first + second for piece in pieces for first, second in pairwise(piece)}
