"""Finds the complaints that a new one is near to."""

import asyncio
import time
from datetime import timedelta

from domain.calendar import beijing_day
from domain.nearness import Candidate, NearnessLimits, Traits, Wording, judged
from nearness.rarity import Counted, Rarity, counted_corpus
from store import nearness, terms
from store.connection import Executor
from store.nearness import Newcomer, Reach
from store.terms import Terms
from vault.seal import Vault

_FRESH_FOR = 600.0
"""Seconds for which a sample of the open complaints is taken as still true."""
_SAMPLE = 2_000
_MOST = 40
"""Earlier complaints of each sort that are compared."""
_MOST_TERMS = 64
_MOST_SHARE = 0.03
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
        heard = await nearness.heard(connection, ticket_no)
        if heard is None:
            return []
        rarity = await self.rarity(connection)
        traits = Traits(heard.received_at, item, district, street)
        new = Newcomer(ticket_no, heard.complainant_id, traits, heard.terms)
        asked = asked_for(heard.terms, rarity)
        earlier = await nearness.earlier(connection, new, _reach(new, limits), asked)
        mine = (traits, worded(heard.terms, rarity))
        near = [
            judged(
                mine,
                (old.traits, worded(old.terms, rarity)),
                limits,
                ticket_no=old.ticket_no,
                same_complainant=old.same_complainant,
                is_open=old.is_open,
            )
            for old in earlier
        ]
        return sorted((one for one in near if one), key=lambda one: (-one.score, one.ticket_no))

    async def rarity(self, connection: Executor) -> Rarity:
        """How rare terms are in the corpus and among the open complaints; counted again every ten minutes."""
        async with self._counting:
            if self._corpus is None:
                self._corpus = await asyncio.to_thread(counted_corpus, self._vault)
            if self._rarity is None or time.monotonic() - self._rarity[0] > _FRESH_FOR:
                sample = Counted(*await terms.sample(connection, _SAMPLE))
                self._rarity = time.monotonic(), Rarity(self._corpus, sample)
            return self._rarity[1]


def worded(own: Terms, rarity: Rarity) -> Wording:
    """Terms with their rarities."""
    return Wording(rarity.of(own.pairs), rarity.of(own.names))


def asked_for(own: Terms, rarity: Rarity) -> dict[int, float]:
    """The terms to look others up by, with what each weighs: names first, then the rarest pairs, never all of a long
    text."""
    asked: dict[int, float] = {}
    share = 0.0
    for terms_of_a_sort in (own.names, own.pairs):
        rarities = rarity.of(terms_of_a_sort)
        for term in sorted(rarities, key=lambda term: (rarity.share(term), -rarities[term], term)):
            if len(asked) == _MOST_TERMS or share + rarity.share(term) > _MOST_SHARE:
                break
            share += rarity.share(term)
            asked[term] = rarities[term] ** 2
    return asked


def _reach(new: Newcomer, limits: NearnessLimits) -> Reach:
    """Ticket numbers begin with their day in Beijing, so that a window of days is a range of numbers."""

    def since(days: int) -> str:
        return f"{beijing_day(new.traits.received_at - timedelta(days=days)):%Y%m%d}"

    return Reach(since(limits.matter_days), since(limits.event_days), _MOST)
