"""How soon the engine takes a thing up, as it counts: 1 before all others, 5 behind them (design: urgent first)."""

URGENT = 1
ORDINARY = 3
BEHIND_SINGLE_ONES = 4
"""Of a batch: a thousand commands at once let everybody else's go first, but for urgent tickets."""
ANSWERED = 4
"""Of an intake that has had its answer, or may get it as it is taken up: nobody waits for its dispatch."""
LEAST = 5


def urgency(*, urgent: bool, answered: bool = False) -> int:
    """Of a complaint or an action on it."""
    if urgent:
        return URGENT
    return ANSWERED if answered else ORDINARY
