"""The dispatch catalogue (派单目录, 条例 art. 11-13): each leaf item fixes whose duty a matter is and its tier."""

from dataclasses import dataclass
from enum import StrEnum


class Duty(StrEnum):
    """Whose duty an item is: found by place (street, district) or named by the item (department,
    enterprise, liaison)."""

    STREET = "street"
    DISTRICT = "district"
    DEPARTMENT = "department"
    ENTERPRISE = "enterprise"
    LIAISON = "liaison"
    NONE = "none"


class Tier(StrEnum):
    """Handling tier (rules §5): how long the lead unit has."""

    HOURS_2 = "2h"
    HOURS_24 = "24h"
    DAYS_7 = "7d"
    DAYS_15 = "15d"


IN_HOURS = frozenset({Tier.HOURS_2, Tier.HOURS_24})
"""Tiers that are counted in natural hours."""


class DayKind(StrEnum):
    """How the days of a limit are counted (rules §5; 民法典 art. 201, 203)."""

    HOURS = "hours"
    ELAPSED = "elapsed"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


class NotDispatched(StrEnum):
    """Why a matter is told and not dispatched (R12)."""

    TRANSFERRED = "transferred"
    STATUTORY_CHANNEL = "statutory_channel"
    SECRET = "secret"
    OUTSIDE_DUTY = "outside_duty"
    UNLAWFUL = "unlawful"
    SISTER_HOTLINE = "sister_hotline"
    """In Tianjin or Hebei: transferred to the sister hotline there (R20, 条例 art. 21)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A leaf of the three-level catalogue. `owner` and `co_owners` are unit codes; `words` mark it in a text."""

    code: str
    level1: str
    level2: str
    level3: str
    duty: Duty
    tier: Tier
    day_kind: DayKind
    owner: str = ""
    co_owners: tuple[str, ...] = ()
    not_dispatched: NotDispatched | None = None
    channel: str = ""
    words: tuple[str, ...] = ()
    urgent_words: tuple[str, ...] = ()

    def counted_in(self, tier: Tier) -> DayKind:
        """How the days of its limits count in a tier, which emergency mode may have set (R44)."""
        return DayKind.HOURS if tier in IN_HOURS else self.day_kind
