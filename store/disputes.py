"""Objections and what became of them, counted from the journal."""

from datetime import datetime

from domain.dispute import Decision, Objection
from store.connection import Executor

COUNT = """
WITH objected AS (
    SELECT ticket_no, seq, facts ->> 'unit' AS unit, facts ->> 'ground' AS ground
    FROM journal WHERE kind = 'Objected' AND at >= $1 AND at < $2
)
SELECT t.item, o.unit, o.ground, next.kind AS next, sent.lead, sent.designated, count(*) AS times
FROM objected o
    JOIN tickets t USING (ticket_no)
    LEFT JOIN LATERAL (
        SELECT j.kind, j.seq FROM journal j
        WHERE j.ticket_no = o.ticket_no AND j.seq > o.seq
            AND j.kind IN ('ObjectionUpheld', 'ObjectionRejected', 'Dispatched', 'Closed')
        ORDER BY j.seq LIMIT 1
    ) next ON true
    LEFT JOIN LATERAL (
        SELECT j.facts ->> 'lead' AS lead, (j.facts ->> 'designated')::boolean AS designated FROM journal j
        WHERE j.ticket_no = o.ticket_no AND j.seq = next.seq + 1 AND next.kind = 'ObjectionUpheld'
    ) sent ON true
GROUP BY 1, 2, 3, 4, 5, 6
"""
"""What comes first after an objection tells what became of it; the dispatch that follows an upheld one, where to."""

_DECISIONS = {
    "ObjectionUpheld": Decision.UPHELD,
    "ObjectionRejected": Decision.REJECTED,
    "Dispatched": Decision.OVERTAKEN,
    "Closed": Decision.OVERTAKEN,
    None: Decision.PENDING,
}


async def objections(connection: Executor, begin: datetime, end: datetime) -> list[Objection]:
    """Objections raised from `begin` to before `end`, counted."""
    return [
        Objection(
            item=record["item"],
            unit=record["unit"],
            ground=record["ground"],
            decision=_DECISIONS[record["next"]],
            bounced_to=record["lead"] or "",
            designated=record["designated"] or False,
            times=record["times"],
        )
        for record in await connection.fetch(COUNT, begin, end)
    ]
