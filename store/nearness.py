"""Finding the earlier complaints that a new one may be near to: few, and by indexes alone."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from domain.nearness import Earlier, Traits
from store.connection import Executor


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A complaint that others are sought for. Its codes are the ones stated or proposed, or empty."""

    ticket_no: str
    complainant_id: uuid.UUID
    traits: Traits


@dataclass(frozen=True, slots=True)
class Reach:
    """How far is looked: from which ticket numbers on, and how many of each sort."""

    matter_since: str
    event_since: str
    most: int


_FOUND = """
WITH same_complainant AS (
    SELECT ticket_no FROM complaints
    WHERE complainant_id = $2 AND ticket_no >= $3 AND ticket_no < $1 ORDER BY ticket_no DESC LIMIT $9
), same_place AS (
    SELECT ticket_no FROM tickets
    WHERE item = $5 AND district = $6 AND stage <> 'closed' AND ticket_no >= $4 AND ticket_no < $1
        AND $5 <> '' AND $6 <> ''
    ORDER BY ticket_no DESC LIMIT $9
), same_words AS (
    SELECT o.ticket_no FROM unnest($7::integer[], $8::real[]) AS q (term, weight)
    CROSS JOIN LATERAL (
        SELECT ticket_no FROM open_terms WHERE terms @> ARRAY[q.term] AND ticket_no >= $4 AND ticket_no < $1
    ) o
    GROUP BY o.ticket_no ORDER BY sum(q.weight) DESC LIMIT $9
)
SELECT ticket_no FROM same_complainant UNION SELECT ticket_no FROM same_place UNION SELECT ticket_no FROM same_words
"""


async def found(connection: Executor, new: Newcomer, reach: Reach, asked: list[int], weights: list[float]) -> list[str]:
    """Ticket numbers before the new one, of the same complainant, or open and of the same item and district, or open
    and sharing the most weight of the terms `asked` for."""
    records = await connection.fetch(
        _FOUND,
        *(new.ticket_no, new.complainant_id, reach.matter_since, reach.event_since),
        *(new.traits.item, new.traits.district, asked, weights, reach.most),
    )
    return [record["ticket_no"] for record in records]


async def earlier(connection: Executor, new: Newcomer, ticket_nos: list[str]) -> list[Earlier]:
    """What is compared of each, as it stands now."""
    records = await connection.fetch(
        """SELECT t.ticket_no, t.received_at, t.item, t.district, t.street, stage <> 'closed' AS is_open, terms,
               complainant_id = $2 AS same_complainant
           FROM tickets t JOIN complaints c ON c.ticket_no = t.ticket_no
           JOIN ticket_terms k ON k.ticket_no = t.ticket_no
           WHERE t.ticket_no = ANY ($1) AND c.ticket_no = ANY ($1) AND k.ticket_no = ANY ($1)""",
        *(ticket_nos, new.complainant_id),
    )
    return [
        Earlier(
            record["ticket_no"],
            Traits(record["received_at"], record["item"], record["district"], record["street"], record["terms"]),
            record["same_complainant"],
            record["is_open"],
        )
        for record in records
    ]


async def newcomer(connection: Executor, ticket_no: str) -> tuple[uuid.UUID, datetime, list[int]] | None:
    """Who said it, when, and its terms; None when there is no such ticket."""
    record = await connection.fetchrow(
        """SELECT complainant_id, received_at, terms FROM complaints LEFT JOIN ticket_terms USING (ticket_no)
           WHERE ticket_no = $1""",
        ticket_no,
    )
    return None if record is None else (record["complainant_id"], record["received_at"], record["terms"] or [])
