"""Where a proposal becomes something to act on. The classifier gives probabilities; policy draws the lines."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Both from 0 to 1."""

    sure: float
    """Confidence from which no seat is asked (R15)."""
    alarm: float
    """Probability of an emergency from which a text is urgent (R14)."""
