"""What a confidential complaint's words show to those who may not know who complains: everything but name, phone and
what somebody tells of the complainant's own home (R5). The place of the matter stays, or nobody could handle it. Units
reach the complainant through the hotline centre."""

import re
from collections.abc import Callable

from api.phone import plain

HIDDEN = "〔保密〕"
_SHORTEST_NAME = 2
"""A single character would be hidden wherever it stands in the words."""
_LONGEST_SURNAME = 2
_TITLES = "女士|先生|小姐|太太|大爷|大妈|大娘|阿姨|奶奶|爷爷|叔叔|师傅|老师|医生|经理|同志|某某|某"
_BETWEEN = r"[ \-\u2010-\u2015\u00a0.·]?"
_WIDE = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
_TAIL = 4
_NUMBER = "[0-9０-９〇零一二三四五六七八九十百]{1,5}"
_HOME = re.compile(
    r"(?P<said>(?:我|本人|我们|家)(?:家)?(?:就)?住(?:在)?|我们?家在|(?:家庭)?住址(?:是|为|[:：])?)"
    rf"[^，。；,;！!？?\n]{{0,30}}{_NUMBER}\s*(?:号楼|号院|栋|座|单元|室|号|层|楼|户|[-－])"
    rf"(?:\s*{_NUMBER}\s*(?:号楼|单元|门|室|号|层|楼|户|[-－])?)*"
)
"""我住3号楼2单元501室: what follows is the complainant's home and not where the matter is."""

Mask = Callable[[str | None], str | None]


def no_mask(text: str | None) -> str | None:
    """For those who may know."""
    return text


def mask(name: str | None, phone: str | None) -> Mask:
    """Hides this name, also as a surname with a title, this phone, however its digits are written and set apart, also
    as its last four, and homes told as one's own."""
    parts = [*_called(name.strip() if name else ""), *_dialled(plain(phone).lstrip("+") if phone else "")]
    hidden = re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def masked(text: str | None) -> str | None:
        if text is None:
            return None
        at_home = _HOME.sub(rf"\g<said>{HIDDEN}", text)
        return hidden.sub(HIDDEN, at_home) if hidden is not None else at_home

    return masked


def _called(name: str) -> list[str]:
    if len(name) < _SHORTEST_NAME:
        return []
    surnames = "|".join(re.escape(name[:length]) for length in range(_LONGEST_SURNAME, 0, -1))
    return [re.escape(name), *([] if name.isascii() else [f"(?:{surnames})(?:{_TITLES})"])]


def _dialled(digits: str) -> list[str]:
    if not digits:
        return []
    each = [f"[{digit}{digit.translate(_WIDE)}]" for digit in digits]
    whole = r"(?:\+?86" + _BETWEEN + ")?" + _BETWEEN.join(each)
    return [whole, rf"尾号(?:是|为|[:：\s])*{''.join(each[-_TAIL:])}"] if len(digits) >= _TAIL else [whole]
