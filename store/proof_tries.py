"""Tries to prove that a complaint is one's own, counted in the database: a restart or a second process forgets none."""

from datetime import timedelta

from store.connection import Executor

_TRIMMED_AT_ONCE = 20


async def count(connection: Executor, about: bytes, window: timedelta) -> tuple[int, timedelta]:
    """Count one more try, before it is known whether it proves anything: tries at the same moment cannot slip past each
    other. Returns how many there are in this window, and what is left of it."""
    record = await connection.fetchrow(
        """INSERT INTO proof_tries AS p (about, since, tries) VALUES ($1, now(), 1)
           ON CONFLICT (about) DO UPDATE SET
               tries = CASE WHEN p.since <= now() - $2::interval THEN 1 ELSE least(p.tries + 1, 1000000) END,
               since = CASE WHEN p.since <= now() - $2::interval THEN now() ELSE p.since END
           RETURNING tries, since + $2::interval - now()""",
        *(about, window),
    )
    assert record is not None, "an upsert returns its row"
    return record[0], record[1]


async def give_back(connection: Executor, about: bytes) -> None:
    """A try that proved something was no guess. Earlier guesses stay counted."""
    await connection.execute("UPDATE proof_tries SET tries = tries - 1 WHERE about = $1 AND tries > 0", about)


async def trim(connection: Executor, window: timedelta) -> None:
    """Forget some whose window is over: more than one try can add, so that the table never grows beyond a window's."""
    await connection.execute(
        """DELETE FROM proof_tries WHERE about IN (
               SELECT about FROM proof_tries WHERE since <= now() - $1::interval
               ORDER BY since LIMIT $2 FOR UPDATE SKIP LOCKED)""",
        *(window, _TRIMMED_AT_ONCE),
    )
