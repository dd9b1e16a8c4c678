"""The answers in force, read from the database and looked at again every few seconds; and which of them fits."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from classifier.knowledge import Match, Matcher
from domain.knowledge import Knowledge, KnowledgeState
from store import knowledge
from store.connection import Pool

_LOOK_AGAIN = 5.0
"""Seconds for which the answers are taken as unchanged."""


@dataclass(frozen=True, slots=True)
class _Answers:
    """What was read, as of the table's last entry."""

    entry: int
    by_code: Mapping[str, Knowledge]
    matcher: Matcher


class KnowledgeShelf:
    """Answers by question."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._answers = _Answers(-1, {}, Matcher({}))
        self._looked = -_LOOK_AGAIN
        self._reading = asyncio.Lock()

    async def best_answer(self, text: str, today: date) -> Match | None:
        """The answer nearest to a question, if it may be given by itself on that day (R10). When the nearest is overdue
        for review there is none: another one would be wrong."""
        answers = await self._fresh()
        best = answers.matcher.best(text)
        return None if best is None or answers.by_code[best.code].is_overdue(today) else best

    async def matches(self, text: str, most: int) -> list[tuple[Knowledge, int]]:
        """The nearest answers with their nearness in thousandths, overdue ones too, nearest first."""
        answers = await self._fresh()
        return [(answers.by_code[each.code], each.score) for each in answers.matcher.matches(text, most)]

    def forget(self) -> None:
        """Look again at the next question."""
        self._looked = -_LOOK_AGAIN

    async def _fresh(self) -> _Answers:
        async with self._reading:
            if time.monotonic() - self._looked > _LOOK_AGAIN:
                entry = await knowledge.last_entry(self._pool)
                if entry != self._answers.entry:
                    self._answers = await self._read(entry)
                self._looked = time.monotonic()
            return self._answers

    async def _read(self, entry: int) -> _Answers:
        every = await knowledge.every(self._pool, unit="", overdue_on=None)
        by_code = {each.code: each for each in every if each.state is KnowledgeState.IN_FORCE}
        matcher = await asyncio.to_thread(Matcher, {code: each.questions for code, each in by_code.items()})
        return _Answers(entry, by_code, matcher)
