"""The clocks that run on one complaint. Only the earliest needs a live timer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClockName(StrEnum):
    """Which limit a clock measures (rules §5)."""

    CONFIRMATION = "confirmation"
    CONSULTATION = "consultation"
    SETTLEMENT = "settlement"
    JOINED = "joined"
    OBJECTION_DECISION = "objection_decision"
    SIGN_IN = "sign_in"
    CONTACT = "contact"
    REMINDER = "reminder"
    REPORT_IN = "report_in"
    CO_HANDLING = "co_handling"
    EXTENSION_DECISION = "extension_decision"
    APPROVAL = "approval"
    OPINION = "opinion"
    HANDLING = "handling"
    ESCALATION = "escalation"
    CALLBACK = "callback"
    CALLBACK_FORM = "callback_form"


@dataclass(frozen=True, slots=True)
class Clock:
    """One running clock. `about` tells clocks of one name apart: a unit code, a percent, an attempt, a level."""

    name: ClockName
    due: datetime
    about: str = ""

    @property
    def key(self) -> tuple[ClockName, str]:
        """What there can be only one of."""
        return (self.name, self.about)


Clocks = tuple[Clock, ...]
_ORDER = {name: place for place, name in enumerate(ClockName)}


def next_clock(clocks: Clocks) -> Clock | None:
    """The clock that is due first; at the same instant, in the order of ClockName; None when nothing runs."""
    return min(clocks, key=lambda clock: (clock.due, _ORDER[clock.name], clock.about), default=None)


def started(clocks: Clocks, *new: Clock) -> Clocks:
    """`clocks` with `new` running, each in place of its namesake."""
    keys = {clock.key for clock in new}
    return tuple(clock for clock in clocks if clock.key not in keys) + new


def stopped(clocks: Clocks, *names: ClockName, about: str | None = None) -> Clocks:
    """`clocks` without those of `names`, or of those only the one `about` something."""
    return tuple(c for c in clocks if c.name not in names or (about is not None and c.about != about))
