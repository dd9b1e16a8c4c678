"""Turning the key ring: everything that an older key wraps is wrapped again under the current one. Small keys only, no
text is touched; interrupted at any moment, it goes on where it was at the next run."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from store import wrapped
from store.connection import Pool
from store.wrapped import WrappedKey
from vault.seal import Vault

BATCH = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """How many keys were looked at, how many of them were wrapped again, and how many no key of the ring opens."""

    looked: int
    rewrapped: int
    unopened: int


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many were wrapped again, how many no key of the ring opens, and how many stand under other keys at the end,
    the unopened among them."""

    rewrapped: int
    unopened: int
    left: int


async def rewrap(pool: Pool, vault: Vault, advance: Callable[[int], None], batch: int = BATCH) -> Rotation:
    """Wrap everything again that is not under the vault's current key. `advance` hears how many were looked at."""
    rewrapped = unopened = 0
    async for done in batches(pool, vault, batch):
        rewrapped += done.rewrapped
        unopened += done.unopened
        advance(done.looked)
    return Rotation(rewrapped, unopened, await wrapped.others(pool, vault.ring.current))


async def batches(pool: Pool, vault: Vault, batch: int = BATCH) -> AsyncGenerator[Batch, None]:
    """The same piece by piece, `batch` persons a statement. The ring is the one of the beginning: what is noted as
    wrapped under a key has to be wrapped under that very one, though the ring be turned again meanwhile."""
    vault = Vault(vault.ring)
    if (done := await _receivers(pool, vault)).looked:
        yield done
    current, after = vault.ring.current, wrapped.FIRST
    while found := await wrapped.persons(pool, current, after, batch):
        opened = [(each, new) for each in found if (new := _again(vault, each)) is not None]
        replaced = await wrapped.replace_keys(pool, [old for old, _ in opened], [new for _, new in opened], current)
        after = found[-1].complainant_id
        yield Batch(len(found), replaced, len(found) - len(opened))


async def _receivers(pool: Pool, vault: Vault) -> Batch:
    looked = rewrapped = unopened = 0
    for each in await wrapped.receivers(pool, vault.ring.current):
        looked += 1
        try:
            again = vault.seal_secret(vault.open_secret(each.secret_sealed))
        except (KeyError, InvalidTag, UnicodeDecodeError):
            unopened += 1
        else:
            rewrapped += await wrapped.replace_secret(pool, each, again)
    return Batch(looked, rewrapped, unopened)


def _again(vault: Vault, person: WrappedKey) -> bytes | None:
    """None when no key of the ring opens it: it is left as it is and counted, and the others go on."""
    try:
        return vault.wrapped_again(person.wrapped_key, person.key_id).wrapped
    except (KeyError, InvalidTag):
        return None
