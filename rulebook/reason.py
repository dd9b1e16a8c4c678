"""Puts pydantic's findings into one line of plain words."""

from collections.abc import Sequence

from pydantic_core import ErrorDetails

_PLAIN = {"missing": "is missing", "extra_forbidden": "is not a key known here"}


def where_and_why(error: ErrorDetails) -> tuple[tuple[str | int, ...], str]:
    """The place of an error inside the data, and the reason with that place named in front."""
    place = tuple(error["loc"])
    why = _PLAIN.get(error["type"])
    if why is None:
        why = error["msg"].removeprefix("Value error, ")
        why = why[:1].lower() + why[1:]
        given: object = error["input"]
        if isinstance(given, str | int | float) and repr(given) not in why:
            why = f"{why}, got {given!r}"
    return place, f"{dotted(place)}: {why}"


def dotted(place: Sequence[str | int]) -> str:
    """A place inside the data as people write it: `tiers.2h.handling`, `day[3].date`."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")
