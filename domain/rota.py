"""Districts take turns where complaints wait to be taken up, so that a storm over one does not hold up the others."""

from domain.urgency import URGENT

SPACING = 1.0
"""Seconds by which each complaint of a district moves back the next one of it. Below one a second, which is more than
all districts together bring on an ordinary day, a district has no queue of its own."""
LONGEST = 900.0
"""Seconds behind its instant that a turn may come at most: who calls later still from a calm district is next."""


class Rota:
    """The turns that one process gives: each district has its own for ordinary complaints, and for answered ones."""

    def __init__(self) -> None:
        self._next: dict[tuple[str, int], float] = {}

    def delay(self, district: str, urgency: int, now: float) -> float:
        """Seconds behind `now`, a clock that only runs forward, at which a complaint has its turn; none where it is
        urgent. It is an order and no waiting: who is alone goes at once. Complaints of no known district share one."""
        if urgency == URGENT:
            return 0.0
        turn = min(max(now, self._next.get((district, urgency), now)), now + LONGEST)
        self._next[district, urgency] = turn + SPACING
        return turn - now
