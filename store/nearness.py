"""Finding the earlier complaints that a new one may be near to: few, and by indexes alone."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.nearness import Traits
from store.connection import Executor
from store.terms import Terms


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A complaint that others are sought for. Its codes are the ones stated or proposed, or empty; `minors` says that
    it came in on their line."""

    ticket_no: str
    complainant_id: uuid.UUID
    traits: Traits
    terms: Terms
    minors: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """A complaint that was there before."""

    ticket_no: str
    traits: Traits
    terms: Terms
    same_complainant: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """How far is looked: from which ticket numbers on, at how many with the same words, and of each other sort."""

    matter_since: str
    event_since: str
    most_worded: int
    most: int


# A plan made before the values are known takes a range of ticket numbers for narrow and would read all of it. OFFSET 0
# and LIMIT 1 keep each look-up to the index it is meant for; the range then only tells which months to look into.
# LIMIT 100 and 500 bound what a storm of calls about one matter costs before its words are counted and its streets
# compared: its first ones are seen.
EARLIER = """
WITH same_complainant AS (
    SELECT ticket_no FROM complaints
    WHERE complainant_id = $2 AND ticket_no >= $3 AND ticket_no < $1 ORDER BY ticket_no DESC LIMIT $10
), same_place AS (
    SELECT ticket_no FROM (
        SELECT ticket_no, street FROM tickets
        WHERE item = $5 AND district = $6 AND stage <> 'closed' AND ticket_no >= $4 AND ticket_no < $1
            AND $5 <> '' AND $6 <> ''
        LIMIT 500
    ) open_ones ORDER BY street = $7 DESC, ticket_no DESC LIMIT $10
), same_words AS (
    SELECT o.ticket_no FROM unnest($8::integer[], $9::real[]) AS q (term, weight)
    CROSS JOIN LATERAL (SELECT ticket_no FROM open_terms WHERE terms @> ARRAY[q.term] LIMIT 100 OFFSET 0) o
    WHERE o.ticket_no >= $4 AND o.ticket_no < $1
    GROUP BY o.ticket_no ORDER BY sum(q.weight) DESC LIMIT $12
), near AS MATERIALIZED (
    SELECT ticket_no FROM same_complainant UNION SELECT ticket_no FROM same_place
    UNION SELECT ticket_no FROM same_words
)
SELECT n.ticket_no, received_at, item, district, street, pairs, names, is_open, complainant_id = $2 AS same_complainant
FROM near n CROSS JOIN LATERAL (
    SELECT received_at, item, district, street, stage <> 'closed' AS is_open FROM tickets t
    WHERE t.ticket_no = n.ticket_no AND ticket_no >= least($3, $4) AND ticket_no < $1
        AND (line = 'minors') = $11 LIMIT 1
) t CROSS JOIN LATERAL (
    SELECT complainant_id FROM complaints c
    WHERE c.ticket_no = n.ticket_no AND ticket_no >= least($3, $4) AND ticket_no < $1 LIMIT 1
) c CROSS JOIN LATERAL (
    SELECT pairs, names FROM ticket_terms k
    WHERE k.ticket_no = n.ticket_no AND ticket_no >= least($3, $4) AND ticket_no < $1 LIMIT 1
) k
"""


async def earlier(connection: Executor, new: Newcomer, reach: Reach, asked: Mapping[int, float]) -> list[Earlier]:
    """Complaints before the new one: of the same complainant, or open and of the same item and district, or open and
    sharing the most weight of the terms `asked` for. What came in on the minors' line stays among its own (R8)."""
    traits = new.traits
    records = await connection.fetch(
        EARLIER,
        *(new.ticket_no, new.complainant_id, reach.matter_since, reach.event_since),
        *(traits.item, traits.district, traits.street, list(asked), list(asked.values()), reach.most),
        *(new.minors, reach.most_worded),
    )
    return [
        Earlier(
            record["ticket_no"],
            Traits(record["received_at"], record["item"], record["district"], record["street"]),
            Terms(record["pairs"], record["names"]),
            record["same_complainant"],
            record["is_open"],
        )
        for record in records
    ]


@dataclass(frozen=True, slots=True)
class Heard:
    """Who said it, when, and by what it is found."""

    complainant_id: uuid.UUID
    received_at: datetime
    minors: bool
    terms: Terms


async def heard(connection: Executor, ticket_no: str) -> Heard | None:
    """One complaint, or None. No terms are kept of persons who were erased."""
    record = await connection.fetchrow(
        """SELECT complainant_id, t.received_at, t.line = 'minors' AS minors, pairs, names
           FROM complaints c JOIN tickets t ON t.ticket_no = c.ticket_no
           LEFT JOIN ticket_terms k ON k.ticket_no = c.ticket_no WHERE c.ticket_no = $1""",
        ticket_no,
    )
    if record is None:
        return None
    terms = Terms(record["pairs"] or [], record["names"] or [])
    return Heard(record["complainant_id"], record["received_at"], record["minors"], terms)
