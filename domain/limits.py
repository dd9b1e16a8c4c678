"""Policy values of rules §5. The 条例 holds no number of hours, so every one is data with a version (art. 13, 32)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from domain.catalogue import Tier
from domain.span import Span


@dataclass(frozen=True, slots=True)
class TierLimits:
    """Limits of one tier, counted from dispatch unless said otherwise."""

    handling: Span
    sign_in: Span
    contact: Span
    dispatch: Span
    """Time to dispatch, from receipt (R23)."""
    objection: Span | None
    """Window for a dispatch objection; None: not open in this tier."""
    extensions: int
    """How many extensions may be granted."""
    extension: Span | None
    """The longest single extension; None: none in this tier."""
    day_before_reminder: bool


@dataclass(frozen=True, slots=True)
class CallbackLimits:
    """How the complainant is called back (R32, 条例 art. 23)."""

    on_expiry: bool
    """Whether the complainant is called when the limit expires, although the lead unit has not reported (art. 23)."""
    attempts: int
    hours: tuple[time, ...]
    """Hour of day of each attempt, one a day: different hours reach different people."""
    window: Span
    """How long after its hour an attempt may still be made before it is missed."""
    form: Span
    """How long the SMS or network form stays open after the last attempt."""


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """When units that are not on duty around the clock answer, on working days."""

    opens: time
    closes: time
    days_end_at_close: bool
    """Whether a period counted in days ends at the close of business instead of 24:00."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a matter that call for more than its handling."""

    stability: tuple[str, ...]
    """A possible risk to stability is reported to government at once (R14)."""
    sensitive: tuple[str, ...]
    """Raise the supervision level (R30)."""
    group: tuple[str, ...]
    """Many people act together: raises it too (R30)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of one policy version."""

    tiers: Mapping[Tier, TierLimits]
    callback: CallbackLimits
    service_hours: ServiceHours
    reminder_percents: tuple[int, ...]
    """Shares of the handling limit at which the lead unit is reminded, in percent."""
    cohandler_percent: int
    """A co-handler's share of what is left of the lead's time, in percent (2/3 → 67)."""
    rework_percent: int
    """A rework's share of the handling limit, in percent."""
    objection_decision: Span
    upheld_objections: int
    """After so many upheld objections the bureau designates, and a designated unit may not object (潍坊 art. 21)."""
    extension_decision: Span
    report_in: Span
    """How long a whistled department has to report in (R27)."""
    opinion: Span
    """How long the addressed government has to issue its opinion (R28)."""
    consultation: Span
    """How long consultation before dispatch may take (R18)."""
    designation: Span
    """How long the bureau has to designate when a consultation failed (R18)."""
    settlement: Span
    """How long a platform enterprise has to settle a consumer dispute (R7)."""
    approval: Span
    """How long the hotline centre has to approve an explanation or a termination (R25, R31)."""
    raise_at_repeats: int
    """At so many repeats by the same complainant the supervision level rises (R30)."""
    raise_at_joined: int
    """At so many complaints joined to one the supervision level rises: a group (R30)."""
    confirm_below: int
    """Classification confidence, in thousandths, below which a seat confirms (R15)."""
    basically_satisfied_weight: int
    """Weight of 基本满意 in the satisfaction rate, in percent (R32, R33)."""
    composite_weights: tuple[int, int, int]
    """Weights of response, resolution and satisfaction in the composite, in percent (R33)."""
