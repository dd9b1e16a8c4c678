"""What the classifier hands to the workflow: a proposal, never a decision (R15)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One catalogue item and how likely it is the right one (0 to 1)."""

    item: str
    probability: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """The item, kind, urgency and place proposed for one text.

    ``confidence`` is the calibrated probability that ``item`` is right: of all proposals near 0.8, about four
    in five are. ``candidates`` are the five likeliest items, best first, with ``item`` at their head.
    ``reasons`` come from the catalogue and from texts written for the project, so they never repeat a
    complainant's own name, number or address (R5). District and street are division codes or None. ``alarm`` is the
    probability that the text tells of an emergency: 1 where an urgent word of the catalogue says so (R14).
    """

    item: str
    kind: str
    alarm: float
    district: str | None
    street: str | None
    confidence: float
    candidates: tuple[Candidate, ...]
    reasons: tuple[str, ...]
    model_version: str

    def urgent_from(self, alarm: float) -> bool:
        """Whether the text is urgent where policy draws the line at ``alarm``."""
        return self.alarm >= alarm
