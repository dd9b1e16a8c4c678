"""The books that were applied, read from the database once and kept: a version never changes."""

import asyncio
import time
from datetime import date

from rulebook.book import Book
from rulebook.knowledge_shelf import KnowledgeShelf
from store import policy
from store.connection import Pool

_LOOK_AGAIN = 5.0
"""Seconds for which the answer to "which version is in force" is taken as still true."""


class NoPolicy(Exception):
    """No policy version is in force on a day, or a pinned one is gone; the text says which."""


class Shelf:
    """Books by version and by day."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._books: dict[str, Book] = {}
        self._in_force: dict[date, tuple[str, float]] = {}
        self._reading = asyncio.Lock()
        self.knowledge = KnowledgeShelf(pool)
        """The answers, which units change at any time: they stand beside the books and in none of them."""

    async def in_force(self, day: date) -> Book:
        """The book that a complaint dispatched on `day` is handled under."""
        version, seen = self._in_force.get(day, ("", -_LOOK_AGAIN))
        if time.monotonic() - seen > _LOOK_AGAIN:
            version = await policy.in_force(self._pool, day) or ""
            if not version:
                raise NoPolicy(f"no policy is in force on {day}: run hotline policy apply")
            if len(self._in_force) > 1000:
                self._in_force.clear()
            self._in_force[day] = (version, time.monotonic())
        return await self.version(version)

    async def version(self, version: str) -> Book:
        """The book of one version."""
        if version not in self._books:
            async with self._reading:
                if version not in self._books:
                    text = await policy.book(self._pool, version)
                    if text is None:
                        raise NoPolicy(f"policy version {version} is not in the database")
                    self._books[version] = await asyncio.to_thread(Book.from_json, text)
        return self._books[version]
