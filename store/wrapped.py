"""What the key ring wraps: the keys of persons and the secrets of receivers. Each is replaced only where it still is
what was read, so that nothing erased or set anew meanwhile comes back."""

import uuid
from dataclasses import dataclass

from store.connection import Connection, Executor

FIRST = uuid.UUID(int=0)
"""Before all persons."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A person's key as kept."""

    complainant_id: uuid.UUID
    wrapped_key: bytes
    key_id: str


@dataclass(frozen=True, slots=True)
class SealedSecret:
    """A receiver's secret as kept."""

    audience: str
    secret_sealed: bytes


async def persons(connection: Executor, but: str, after: uuid.UUID, most: int) -> list[WrappedKey]:
    """Persons after `after`, in order, whose key is wrapped under another key than `but`."""
    found = await connection.fetch(
        """SELECT complainant_id, wrapped_key, key_id FROM complainants
           WHERE complainant_id > $2 AND key_id <> $1 AND wrapped_key IS NOT NULL ORDER BY complainant_id LIMIT $3""",
        *(but, after, most),
    )
    return [WrappedKey(**dict(record)) for record in found]


async def replace_keys(connection: Executor, old: list[WrappedKey], new: list[bytes], key_id: str) -> int:
    """Put each key's new wrapping in the place of the old one, in one statement. Returns how many were still there.
    The rows are locked in order, so that two at once wait for each other and never in a ring."""
    replaced = await connection.fetch(
        """WITH turn AS (
               SELECT complainant_id FROM complainants WHERE complainant_id = ANY ($1)
               ORDER BY complainant_id FOR NO KEY UPDATE
           )
           UPDATE complainants p SET wrapped_key = r.new, key_id = $4
           FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS r (complainant_id, old, new)
               JOIN turn USING (complainant_id)
           WHERE p.complainant_id = r.complainant_id AND p.wrapped_key = r.old RETURNING true""",
        *([each.complainant_id for each in old], [each.wrapped_key for each in old], new, key_id),
    )
    return len(replaced)


async def receivers(connection: Executor, but: str) -> list[SealedSecret]:
    """Receivers whose secret is sealed under another key than `but`; there are few."""
    found = await connection.fetch("SELECT audience, secret_sealed FROM receivers WHERE key_id <> $1", but)
    return [SealedSecret(**dict(record)) for record in found]


async def replace_secret(connection: Executor, old: SealedSecret, new: bytes) -> bool:
    """Put a secret's new sealing in the place of the old one. False when it was set anew meanwhile."""
    return bool(
        await connection.fetchval(
            "UPDATE receivers SET secret_sealed = $3 WHERE audience = $1 AND secret_sealed = $2 RETURNING true",
            *(old.audience, old.secret_sealed, new),
        )
    )


async def any_other(connection: Executor, key_id: str) -> bool:
    """Whether any person or receiver stands under another key than this one; asked of an index."""
    return await connection.fetchval(
        """SELECT EXISTS (SELECT FROM complainants WHERE key_id < $1 AND wrapped_key IS NOT NULL)
               OR EXISTS (SELECT FROM complainants WHERE key_id > $1 AND wrapped_key IS NOT NULL)
               OR EXISTS (SELECT FROM receivers WHERE key_id <> $1)""",
        key_id,
    )


async def others(connection: Executor, key_id: str) -> int:
    """How many persons and receivers stand under another key than this one."""
    return await connection.fetchval(
        """SELECT (SELECT count(*) FROM complainants WHERE key_id <> $1 AND wrapped_key IS NOT NULL)
               + (SELECT count(*) FROM receivers WHERE key_id <> $1)""",
        key_id,
    )


async def drop(connection: Connection, key_id: str) -> int:
    """Let nothing be wrapped under a key any more, unless something is. Returns how much still is; 0: dropped."""
    async with connection.transaction():
        await connection.execute("SET LOCAL lock_timeout = '5s'")
        await connection.execute("LOCK TABLE complainants, receivers IN SHARE MODE")
        still = await connection.fetchval(
            """SELECT (SELECT count(*) FROM complainants WHERE key_id = $1 AND wrapped_key IS NOT NULL)
                   + (SELECT count(*) FROM receivers WHERE key_id = $1)""",
            key_id,
        )
        if not still:
            await connection.execute("INSERT INTO dropped_keys (key_id) VALUES ($1) ON CONFLICT DO NOTHING", key_id)
    return still
