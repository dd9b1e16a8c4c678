"""One spelling for all texts, so that training and proposing see the same characters."""

import re
import unicodedata

BREAK = " "
"""Stands for punctuation and for masked words; no gram and no word reaches across it."""

LONGEST_HEAD, LONGEST_TAIL = 1_400, 400
"""Characters kept of a very long text: the matter stands at its start, the wish at its end."""

_BUT_IDEOGRAPHS = re.compile(r"[^\u4e00-\u9fa5]+")
"""Common ideographs are normal as they are and join with nothing beside them; asking costs as much as all the rest."""
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")
_TONE = re.compile(r"([?!])[?!]*")
_MARKS = re.compile(r"[^\w?!]+|_+")


def clean(text: str) -> str:
    """Half-width, lower case, every number as 0, blanks dropped, punctuation as one break.

    Question and exclamation marks stay, before their break: they tell a question from a complaint.
    Numbers say little about the matter and are the most personal part of a text (phones, house numbers), so
    no model ever holds one.
    """
    if len(text) > LONGEST_HEAD + LONGEST_TAIL:
        text = text[:LONGEST_HEAD] + "\n。" + text[-LONGEST_TAIL:]
    plain = _BUT_IDEOGRAPHS.sub(_normalized, text).lower()
    plain = _BLANKS.sub("", _DIGITS.sub("0", plain))
    return _MARKS.sub(BREAK, _TONE.sub(r"\1" + BREAK, plain)).strip()


def _normalized(piece: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", piece[0])


def words_of(lines: str) -> tuple[str, ...]:
    """The words of a list that is written as lines of words."""
    return tuple(lines.split())
