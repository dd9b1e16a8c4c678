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


HANDLING_KINDS = frozenset({UnitKind.DISTRICT, UnitKind.STREET, UnitKind.DEPARTMENT, UnitKind.ENTERPRISE})
"""Kinds that may lead or co-handle a complaint (条例 art. 11); a community never may (R19)."""


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
