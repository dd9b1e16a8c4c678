"""The callback's three questions (R32) and what may be answered."""

from dataclasses import dataclass
from enum import StrEnum


class Resolved(StrEnum):
    """Is the matter resolved?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Satisfied(StrEnum):
    """Is the complainant satisfied?"""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    BASICALLY_SATISFIED = "basically_satisfied"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


_DISSATISFIED = frozenset({Satisfied.DISSATISFIED, Satisfied.VERY_DISSATISFIED})


@dataclass(frozen=True, slots=True)
class Answers:
    """One effective callback: was the complainant contacted, is it resolved, is the complainant satisfied."""

    contacted: bool
    resolved: Resolved
    satisfied: Satisfied

    def call_for_rework(self, *, explained: bool) -> bool:
        """Whether the lead unit has to go back to it. What was explained as unsolvable (R25) stays unresolved:
        there only dissatisfaction counts."""
        unresolved = self.resolved is Resolved.NO and not explained
        return unresolved or self.satisfied in _DISSATISFIED
