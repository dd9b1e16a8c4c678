"""Keeping the terms of complaints that have none: taken in before there were any, or put back from a copy without."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from nearness.opening import opened
from nearness.terms import terms_of
from store import terms
from store.connection import Pool
from store.terms import Sealed, Terms
from vault.seal import KeyNotKnown, Vault, open_text

BATCH = 200


@dataclass(frozen=True, slots=True)
class Indexed:
    """How many complaints got terms, and how many no key of the ring opens."""

    kept: int
    unopened: int


async def index(pool: Pool, vault: Vault, advance: Callable[[int], None], batch: int = BATCH) -> Indexed:
    """Go through all complaints in order; interrupted, it goes on where it was at the next run. `advance` hears how
    many were looked at."""
    kept = unopened = 0
    after = ""
    while found := await terms.without(pool, after, batch):
        for each in found:
            own = await asyncio.to_thread(_terms, vault, each)
            if own is None:
                unopened += 1
            else:
                await terms.keep(pool, each.ticket_no, own)
                kept += 1
        after = found[-1].ticket_no
        advance(len(found))
    return Indexed(kept, unopened)


def _terms(vault: Vault, said: Sealed) -> Terms | None:
    try:
        texts = opened(vault, said)
        name = open_text(vault.person(said.wrapped_key, said.key_id).plain, said.name_sealed, "name")
    except (KeyNotKnown, InvalidTag):
        return None
    return terms_of(vault, *texts, name=name)
