"""Who gave a command."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an actor may be. `UNIT` covers handling units and district governments; `SYSTEM` is the hotline itself,
    `COMPLAINANT` the person who raised the matter, known by ticket number and phone (R4)."""

    FRONTEND = "frontend"
    SEAT = "seat"
    UNIT = "unit"
    BUREAU = "bureau"
    MUNICIPALITY = "municipality"
    ADMIN = "admin"
    COMPLAINANT = "complainant"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is the key or account that acted, never a person's name; `unit` the unit code it acts for, or empty."""

    role: Role
    name: str
    unit: str = ""


HOTLINE = Actor(Role.SYSTEM, "hotline")
"""The actor of everything that a clock or a rule does by itself,
    `COMPLAINANT` the person who raised the matter, known by ticket number and phone (R4)."""
