"""Turning the key ring: everything that an older key wraps is wrapped again under the current one. Small keys only, no
text is touched; interrupted at any moment, it goes on where it was at the next run."""

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from store import wrapped
from store.connection import Pool
from store.wrapped import WrappedKey
from vault.seal import Vault

BATCH = 500


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many were wrapped again, how many no key of the ring opens, and how many stand under other keys at the end,
    the unopened among them."""

    rewrapped: int
    unopened: int
    left: int


async def rewrap(
    pool: Pool, vault: Vault, current: str, advance: Callable[[int], None], batch: int = BATCH
) -> Rotation:
    """Wrap everything again that is not under `current`, the vault's own current key, `batch` persons a statement.
    `advance` hears how many were looked at."""
    rewrapped, unopened = await _receivers(pool, vault, current, advance)
    after = wrapped.FIRST
    while found := await wrapped.persons(pool, current, after, batch):
        opened = [(each, new) for each in found if (new := _again(vault, each)) is not None]
        rewrapped += await wrapped.replace_keys(pool, [old for old, _ in opened], [new for _, new in opened], current)
        unopened += len(found) - len(opened)
        after = found[-1].complainant_id
        advance(len(found))
    return Rotation(rewrapped, unopened, await wrapped.others(pool, current))


async def _receivers(pool: Pool, vault: Vault, current: str, advance: Callable[[int], None]) -> tuple[int, int]:
    rewrapped = unopened = 0
    for each in await wrapped.receivers(pool, current):
        try:
            again = vault.seal_secret(vault.open_secret(each.secret_sealed))
        except (KeyError, InvalidTag, UnicodeDecodeError):
            unopened += 1
        else:
            rewrapped += await wrapped.replace_secret(pool, each, again)
        advance(1)
    return rewrapped, unopened


def _again(vault: Vault, person: WrappedKey) -> bytes | None:
    """None when no key of the ring opens it: it is left as it is and counted, and the others go on."""
    try:
        return vault.wrapped_again(person.wrapped_key, person.key_id).wrapped
    except (KeyError, InvalidTag):
        return None
