"""Finds the complaints that a new one is near to."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

from domain.calendar import beijing_day
from domain.nearness import Candidate, NearnessLimits, Traits, Wording, judged
from nearness.rarity import Counted, Rarity, counted_corpus
from store import nearness, terms
from store.connection import Executor
from store.nearness import Newcomer, Reach
from store.terms import Terms
from vault.seal import Vault

_FRESH_FOR = 20.0
"""Seconds for which a sample of the open complaints is taken as still true: a storm makes rare words common in less
than a minute, and until they are counted every call looks for all of them."""
_SAMPLE = 2_000
_MOST_WORDED, _MOST = 30, 20
"""Earlier complaints that are compared: those with the same words, and those of each other sort."""
_MOST_TERMS, _MOST_UNHEARD = 96, 64
_MOST_FOUND = 1_200
"""Terms are asked for until together they stand in so many open complaints: what is more common costs more to look up
than it tells."""


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
        own: bool = False,
    ) -> list[Candidate]:
        """Earlier complaints near `ticket_no`, the nearest first; none when there is no such ticket. Item and place
        are what is known of it now, stated or proposed. `own` looks at the same complainant's alone, for a tenth of
        the cost."""
        heard = await nearness.heard(connection, ticket_no)
        if heard is None:
            return []
        rarity = await self.rarity(connection)
        traits = Traits(heard.received_at, item, district, street)
        sought = replace(traits, item="", district="") if own else traits
        new = Newcomer(ticket_no, heard.complainant_id, sought, heard.terms, heard.minors)
        asked = {} if own else asked_for(heard.terms, rarity)
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
        """How rare terms are in the corpus and among the open complaints; counted again from time to time."""
        async with self._counting:
            if self._corpus is None:
                self._corpus = await asyncio.to_thread(counted_corpus, self._vault)
            if self._rarity is None or time.monotonic() - self._rarity[0] > _FRESH_FOR:
                sample = await terms.sample(connection, _SAMPLE)
                self._rarity = time.monotonic(), Rarity(self._corpus, sample)
            return self._rarity[1]


def worded(own: Terms, rarity: Rarity) -> Wording:
    """Terms with what they weigh."""
    return Wording(rarity.weights(own.pairs), rarity.of(own.names))


def asked_for(own: Terms, rarity: Rarity) -> dict[int, float]:
    """The terms to look others up by, with what each weighs: names; pairs that the sample does not know, for small
    events have no others; and the rarest that it knows, as far as they stand in few complaints."""
    pairs = sorted(own.pairs, key=lambda term: (rarity.expected(term), term))
    unheard = [term for term in pairs if not rarity.expected(term)]
    asked: list[int] = []
    found = 0.0
    for term in (*own.names, *unheard[:_MOST_UNHEARD], *pairs[len(unheard) :]):
        expected = rarity.expected(term)
        if found + expected <= _MOST_FOUND and len(asked) < _MOST_TERMS:
            asked.append(term)
            found += expected
    return rarity.weights(asked)


def _reach(new: Newcomer, limits: NearnessLimits) -> Reach:
    """Ticket numbers begin with their day in Beijing, so that a window of days is a range of numbers."""

    def since(days: int) -> str:
        return f"{beijing_day(new.traits.received_at - timedelta(days=days)):%Y%m%d}"

    return Reach(since(limits.matter_days), since(limits.event_days), _MOST_WORDED, _MOST)
