"""Who calls the hotline in a bench, and with what: keys of every role, and complaints of the shipped corpus."""

import asyncio
import csv
from pathlib import Path
from typing import Any

from domain.actor import Actor, Role
from domain.catalogue import Duty, Tier
from rulebook.files import load
from store import api_keys
from store.connection import Pool

_ORDINARY = (Tier.DAYS_7, Tier.DAYS_15)


class Cast:
    """Keys of the API, each issued when it is first asked for."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._keys: dict[tuple[Role, str], str] = {}
        self._issuing = asyncio.Lock()

    async def key(self, role: Role, unit: str = "") -> str:
        """The key of that role, at that unit."""
        known = self._keys.get((role, unit))
        if known is not None:
            return known
        async with self._issuing:
            if (role, unit) not in self._keys:
                self._keys[role, unit] = await api_keys.issue(self._pool, Actor(role, f"bench-{role}-{unit}", unit))
            return self._keys[role, unit]


def ordinary_complaints(policy: Path) -> list[dict[str, Any]]:
    """What a seat hands in: matters of the corpus that a street handles within 7 or 15 days, with item and street
    known, so that each is dispatched without a second look (R15)."""
    items = load(policy)[-1].items
    bodies: list[dict[str, Any]] = []
    for file in sorted((policy / "corpus").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                item = items.get(row["item"])
                if item is None or not row["street"] or item.not_dispatched or item.duty is not Duty.STREET:
                    continue
                if item.tier in _ORDINARY:
                    bodies.append({"matter": row["text"], "item": row["item"], "street": row["street"]})
    return bodies
