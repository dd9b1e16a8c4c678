"""API keys, kept as hashes. A key is 32 random bytes, so a plain fast hash is enough."""

import hashlib
import secrets

from domain.actor import Actor, Role
from store.connection import Executor


def digest(key: str) -> bytes:
    """What a key is kept as."""
    return hashlib.sha256(key.encode()).digest()


async def issue(connection: Executor, actor: Actor) -> str:
    """A new key for `actor`, told this once; an older key of the same name stops working."""
    key = f"hl_{secrets.token_urlsafe(32)}"
    await connection.execute(
        """INSERT INTO api_keys (key_hash, name, role, unit) VALUES ($1, $2, $3, $4)
           ON CONFLICT (name) DO UPDATE SET key_hash = $1, role = $3, unit = $4, revoked_at = NULL""",
        *(digest(key), actor.name, actor.role.value, actor.unit),
    )
    return key


async def holder(connection: Executor, key: str) -> Actor | None:
    """Who a key belongs to; None when unknown or revoked."""
    record = await connection.fetchrow(
        "SELECT role, name, unit FROM api_keys WHERE key_hash = $1 AND revoked_at IS NULL", digest(key)
    )
    return None if record is None else Actor(Role(record["role"]), record["name"], record["unit"])


async def revoke(connection: Executor, name: str) -> bool:
    """Stop a key from working. False when no such key works."""
    return bool(
        await connection.fetchval(
            "UPDATE api_keys SET revoked_at = now() WHERE name = $1 AND revoked_at IS NULL RETURNING true",
            name,
        )
    )
