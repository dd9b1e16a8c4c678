"""Phone numbers as people write them."""

import re

PATTERN = r"^[0-9+][0-9 -]{4,24}$"
_WRITTEN = re.compile(PATTERN)


def plain(phone: str) -> str:
    """The number without spaces, dashes and China's own prefix: what one and the same phone is found by."""
    return "".join(ch for ch in phone if ch not in " -").removeprefix("+86")


def written(phone: str | None) -> str | None:
    """The plain number of what looks like one; None for everything else."""
    return plain(phone) if phone is not None and _WRITTEN.fullmatch(phone) else None
