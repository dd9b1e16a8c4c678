"""Who calls the hotline in a bench, and with what: keys of every role, and complaints of the shipped corpus."""

import asyncio
import csv
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from domain.actor import Actor, Role
from domain.catalogue import Duty, Item, Tier
from domain.unit import UnitKind
from rulebook.files import load
from store import api_keys
from store.connection import Pool

_ORDINARY = (Tier.DAYS_7, Tier.DAYS_15)
_CLAUSE = re.compile(r"[^，。！？；]{6,40}")
_CLAUSES = 6


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


class Matters:
    """What seats hand in: matters that a street handles within 7 or 15 days, with item and street known, so that each
    is dispatched without a second look (R15). No two tell the same: the words are clauses of the corpus, put together
    by chance, since complaints about one matter would be joined (R13)."""

    def __init__(self, policy: Path, seed: int = 12345, tiers: Sequence[Tier] = _ORDINARY) -> None:
        """`tiers`: other limits than the ordinary ones; the words are those of ordinary matters all the same."""
        book = load(policy)[-1]
        rows = [row for row in _rows(policy) if row["street"]]
        ordinary = [row for row in rows if _is_a_streets(book.items.get(row["item"]), _ORDINARY)]
        self._items = sorted({row["item"] for row in rows if _is_a_streets(book.items.get(row["item"]), tiers)})
        self._clauses = sorted({clause for row in ordinary for clause in _CLAUSE.findall(row["text"])})
        self._streets = sorted(unit.code for unit in book.units.values() if unit.kind is UnitKind.STREET)
        self._seed = seed

    def body(self, number: int, attempt: int = 0) -> dict[str, Any]:
        """Complaint `number` in other words for each `attempt`: the same numbers always say the same."""
        chance = random.Random(f"{self._seed}/{number}/{attempt}")
        return {
            "matter": "，".join(chance.sample(self._clauses, _CLAUSES)) + "。",
            "item": chance.choice(self._items),
            "street": chance.choice(self._streets),
        }


def _rows(policy: Path) -> Iterator[dict[str, str]]:
    for file in sorted((policy / "corpus").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            yield from csv.DictReader(rows)


def _is_a_streets(item: Item | None, tiers: Sequence[Tier]) -> bool:
    return item is not None and not item.not_dispatched and item.duty is Duty.STREET and item.tier in tiers
