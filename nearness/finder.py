"""Finds the complaints that a new one is near to."""

import asyncio
import time
from datetime import timedelta

from domain.calendar import beijing_day
from domain.nearness import Candidate, NearnessLimits, Traits, judged, text_likeness
from nearness.rarity import Counted, Rarity, counted_corpus, rarity
from store import nearness, terms
from store.connection import Executor
from store.nearness import Newcomer, Reach
from vault.seal import Vault

_FRESH_FOR = 600.0
"""Seconds for which a sample of the open complaints is taken as still true."""
_SAMPLE = 2_000
_MOST = 100
"""Earlier complaints of each sort that are compared."""
_MOST_TERMS = 128
_MOST_SHARE = 0.06
"""Terms are asked for from the rarest on, until together they stand in so many open complaints: what is more common
costs more to look up than it tells."""


class Finder:
    """One a process: it remembers how rare terms are. Raises what a database that is away raises."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._corpus: Counted | None = None
        self._rarity: tuple[float, Rarity] | None = None
        self._counting = asyncio.Lock()

    async def nearest(
        self,
        connection: Executor,
        ticket_no: str,
        limits: NearnessLimits,
        *,
        item: str = "",
        district: str = "",
        street: str = "",
    ) -> list[Candidate]:
        """Earlier complaints near `ticket_no`, the nearest first; none when there is no such ticket. Item and place
        are what is known of it now, stated or proposed."""
        said = await nearness.newcomer(connection, ticket_no)
        if said is None:
            return []
        complainant_id, received_at, own = said
        new = Newcomer(ticket_no, complainant_id, Traits(received_at, item, district, street, own))
        known = await self.rarity(connection)
        asked = asked_for(own, known)
        weights = [known.weight(term) for term in asked]
        found = await nearness.found(connection, new, _reach(new, limits), asked, weights)
        earlier = await nearness.earlier(connection, new, found) if found else []
        texts = [text_likeness(own, old.traits.terms, known.weights, known.unknown) for old in earlier]
        near = [judged(new.traits, old, text, limits) for old, text in zip(earlier, texts, strict=True)]
        return sorted((one for one in near if one), key=lambda one: (-one.score, one.ticket_no))

    async def rarity(self, connection: Executor) -> Rarity:
        """How rare terms are among the open complaints and in the corpus; counted again every ten minutes."""
        async with self._counting:
            if self._corpus is None:
                self._corpus = await asyncio.to_thread(counted_corpus, self._vault)
            if self._rarity is None or time.monotonic() - self._rarity[0] > _FRESH_FOR:
                sample = Counted(*await terms.sample(connection, _SAMPLE))
                self._rarity = time.monotonic(), rarity(self._corpus, sample)
            return self._rarity[1]


def asked_for(own: list[int], known: Rarity) -> list[int]:
    """The terms to look others up by: the rarest, and never all of a long text."""
    asked: list[int] = []
    share = 0.0
    for term in sorted(own, key=lambda term: (known.shares.get(term, 0.0), -known.weight(term), term)):
        share += known.shares.get(term, 0.0)
        if len(asked) == _MOST_TERMS or (share > _MOST_SHARE and asked):
            break
        asked.append(term)
    return asked


def _reach(new: Newcomer, limits: NearnessLimits) -> Reach:
    """Ticket numbers begin with their day in Beijing, so that a window of days is a range of numbers."""

    def since(days: int) -> str:
        return f"{beijing_day(new.traits.received_at - timedelta(days=days)):%Y%m%d}"

    return Reach(since(limits.matter_days), since(limits.event_days), _MOST)
