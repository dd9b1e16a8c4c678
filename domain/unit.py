"""Handling units (承办单位, 条例 art. 11) and the bodies around them."""

from dataclasses import dataclass
from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is, which decides what may be sent to it."""

    MUNICIPALITY = "municipality"
    BUREAU = "bureau"
    CENTRE = "centre"
    DISTRICT = "district"
    STREET = "street"
    DEPARTMENT = "department"
    ENTERPRISE = "enterprise"
    LIAISON = "liaison"
    """Reports to and presses central units, state enterprises and the military (R20, 条例 art. 22)."""
    SISTER = "sister"
    """The hotline of Tianjin or Hebei (R20, 条例 art. 21)."""
    PLATFORM = "platform"
    """A platform enterprise that settles consumer disputes (R7)."""
    LINE = "line"
    """Seats of a line: enterprises, minors (R7, R8)."""
    COMMUNITY = "community"


RANKED_KINDS = frozenset({UnitKind.DISTRICT, UnitKind.STREET, UnitKind.DEPARTMENT, UnitKind.ENTERPRISE})
"""The four families of handling units (条例 art. 11, R35)."""
HANDLING_KINDS = RANKED_KINDS | {UnitKind.LIAISON}
"""Kinds that may lead or co-handle a complaint (条例 art. 11, 22); a community never may (R19)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the city, known by `code`: a division code for places, a short word for the rest.

    `district` is the division code of the district it lies in, empty for city-wide bodies.
    `around_clock` units answer at all hours (R21), so service hours do not bind their clocks.
    `family` is the ranking it is assessed in (R35), empty for bodies that are not ranked.
    """

    code: str
    kind: UnitKind
    name: str
    parent: str = ""
    district: str = ""
    around_clock: bool = False
    family: str = ""
