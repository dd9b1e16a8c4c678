"""Policy versions as they were applied. A version is never changed, so that a pinned one can always be read again."""

from dataclasses import dataclass
from datetime import date, datetime

from store.connection import Executor


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One applied version; `book` is its whole content as JSON text."""

    version: str
    effective_from: date
    book: str
    applied_at: datetime
    applied_by: str


async def apply(connection: Executor, version: str, effective_from: date, book: str, applied_by: str) -> bool:
    """Keep a version. False when it is there already."""
    fresh = await connection.fetchval(
        """INSERT INTO policy_versions (version, effective_from, book, applied_by) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING RETURNING true""",
        *(version, effective_from, book, applied_by),
    )
    return bool(fresh)


async def in_force(connection: Executor, day: date) -> str | None:
    """The version in force on `day`: of those effective by then the latest, and of equals the one applied last."""
    return await connection.fetchval(
        """SELECT version FROM policy_versions WHERE effective_from <= $1
           ORDER BY effective_from DESC, applied_at DESC LIMIT 1""",
        day,
    )


async def book(connection: Executor, version: str) -> str | None:
    """The content of a version, or None."""
    return await connection.fetchval("SELECT book FROM policy_versions WHERE version = $1", version)


async def every_version(connection: Executor) -> list[PolicyVersion]:
    """All versions, latest first."""
    found = await connection.fetch(
        """SELECT version, effective_from, book, applied_at, applied_by FROM policy_versions
           ORDER BY effective_from DESC, applied_at DESC"""
    )
    return [PolicyVersion(**dict(record)) for record in found]
