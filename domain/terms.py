"""What one complaint is handled under: policy values as they were at dispatch, pinned with their version."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import Calendar
from domain.catalogue import DayKind, Tier
from domain.deadlines import Clockwork, share
from domain.limits import Limits, TierLimits
from domain.span import Span


@dataclass(frozen=True, slots=True)
class Reminder:
    """When the lead unit is reminded, and what the reminder is called: `50`, `80` (percent) or `day_before`."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Terms:
    """Policy results for one complaint. A later policy version never reaches into a complaint under way."""

    policy: str
    tier: Tier
    day_kind: DayKind
    around_clock: bool
    limits: Limits
    calendar: Calendar

    @property
    def tier_limits(self) -> TierLimits:
        """Limits of this complaint's tier."""
        return self.limits.tiers[self.tier]

    @property
    def clockwork(self) -> Clockwork:
        """How this complaint's spans become instants."""
        return Clockwork(self.calendar, self.limits.service_hours, self.day_kind, self.around_clock)

    def due(self, start: datetime, span: Span) -> datetime:
        """The instant at which `span`, begun at `start`, is over."""
        return self.clockwork.due(start, span)

    def handling_due(self, start: datetime) -> datetime:
        """The end of a whole handling limit begun at `start`."""
        return self.due(start, self.tier_limits.handling)

    def handling_is_provisional(self, start: datetime) -> bool:
        """Whether the handling limit begun at `start` leans on a year that is not published."""
        return self.clockwork.is_provisional(self.handling_due(start), self.tier_limits.handling)

    def rework_due(self, start: datetime) -> datetime:
        """The end of the shorter limit that a rework gets (rules §5)."""
        return share(start, self.handling_due(start), self.limits.rework_percent)

    def reminders(self, start: datetime, end: datetime) -> tuple[Reminder, ...]:
        """Reminders of a limit that runs from `start` to `end`, earliest first (rules §5)."""
        found = [Reminder(str(percent), share(start, end, percent)) for percent in self.limits.reminder_percents]
        day_before = end - timedelta(days=1)
        if self.tier_limits.day_before_reminder and day_before > start:
            found.append(Reminder("day_before", day_before))
        return tuple(sorted(found, key=lambda reminder: (reminder.at, reminder.name)))
