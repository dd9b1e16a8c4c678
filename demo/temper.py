"""How the people around one complaint behave, drawn once, so that the same seed plays the same piece."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Temper:
    """Traits of seat, unit and complainant. The shares are near those that hotlines report of themselves."""

    answered: bool
    slow_seat: bool
    objects: bool
    arbiter_agrees: bool
    late_sign_in: bool
    silent_unit: bool
    needs_help: bool
    whistles: bool
    slow_helper: bool
    extends: bool
    extension_granted: bool
    asks_government: bool
    explains: bool
    overrides: bool
    supplements: bool
    withdraws: bool
    unreachable: bool
    uses_form: bool
    dissatisfied: int
    """How many times the complainant is dissatisfied before giving in."""
    clumsy: bool
    """Tries what the rules refuse."""

    @classmethod
    def drawn(cls, chance: random.Random) -> "Temper":
        """A temper by chance."""

        def once_in(share: float) -> bool:
            return chance.random() < share

        return cls(
            answered=once_in(0.3),
            slow_seat=once_in(0.15),
            objects=once_in(0.12),
            arbiter_agrees=once_in(0.6),
            late_sign_in=once_in(0.12),
            silent_unit=once_in(0.05),
            needs_help=once_in(0.2),
            whistles=once_in(0.4),
            slow_helper=once_in(0.3),
            extends=once_in(0.15),
            extension_granted=once_in(0.7),
            asks_government=once_in(0.04),
            explains=once_in(0.08),
            overrides=once_in(0.2),
            supplements=once_in(0.08),
            withdraws=once_in(0.03),
            unreachable=once_in(0.1),
            uses_form=once_in(0.15),
            dissatisfied=chance.choices((0, 1, 2, 3), (0.82, 0.12, 0.04, 0.02))[0],
            clumsy=once_in(0.15),
        )
