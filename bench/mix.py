"""What is asked for in the record hour: of all calls 58.5 % are consultations, most of them answered at once; the rest
is dispatched, one call in fifty to be handled within two hours (official figures of 2019 to 2021)."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bench.cast import Matters
from domain.catalogue import Tier
from domain.knowledge import Knowledge

CONSULTATIONS, URGENT = 0.585, 0.02
ANSWERED, ASKED_IN_WRITING = 0.6, 0.3
"""Of consultations: answered by a seat on the phone; written, and answered from knowledge. The rest is dispatched."""
_WRITTEN = "wechat"


class Sort(StrEnum):
    """What a call turns into."""

    ANSWERED = "answered"
    WRITTEN = "written"
    ORDINARY = "ordinary"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Call:
    """One call: of which sort it is, and what the seat or the channel hands in."""

    sort: Sort
    body: dict[str, Any]


class Mix:
    """Call number n is always the same."""

    def __init__(self, policy: Path, knowledge: Iterable[Knowledge], seed: int = 12345) -> None:
        """`knowledge`: the answers in force, whose questions are asked in writing."""
        self._ordinary = Matters(policy, seed)
        self._urgent = Matters(policy, seed, (Tier.HOURS_2,))
        self._questions = sorted({question for each in knowledge for question in each.questions})
        self._seed = seed

    def call(self, number: int) -> Call:
        """What is handed in."""
        chance = random.Random(f"{self._seed}/call/{number}")
        caller, draw = {"complainant": {"phone": f"13{chance.randrange(10**9):09}"}}, chance.random()
        if draw < URGENT:
            return Call(Sort.URGENT, {**self._urgent.body(number), **caller, "urgent": True})
        if draw < 1 - CONSULTATIONS:
            return Call(Sort.ORDINARY, {**self._ordinary.body(number), **caller})
        said, draw = {**self._ordinary.body(number), **caller, "kind": "consultation"}, chance.random()
        if draw < ANSWERED:
            return Call(Sort.ANSWERED, {**said, "answered": True})
        if draw < ANSWERED + ASKED_IN_WRITING:
            question = chance.choice(self._questions)
            return Call(Sort.WRITTEN, {"matter": question, **caller, "kind": "consultation", "channel": _WRITTEN})
        return Call(Sort.ORDINARY, said)
