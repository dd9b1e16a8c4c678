"""Erasing a person: the wrapped key is destroyed, and with it all that was sealed; the terms that their words are
found by go too, and nobody calls them back; tickets and journal stay."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from store.connection import Connection, Executor

FIRST = uuid.UUID(int=0)
"""Before all persons."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands behind a ticket, how many tickets of theirs there are, and whether they were erased already."""

    complainant_id: uuid.UUID
    tickets: int
    erased: bool


_ERASE = """
WITH gone AS (
    UPDATE complainants SET wrapped_key = NULL, phone_hash = NULL, name_sealed = NULL, phone_sealed = NULL
    WHERE complainant_id = $1 AND wrapped_key IS NOT NULL RETURNING complainant_id
), theirs AS (
    SELECT ticket_no FROM complaints JOIN gone USING (complainant_id)
), unfound AS (
    DELETE FROM ticket_terms t USING theirs WHERE t.ticket_no = theirs.ticket_no
), not_called_back AS (
    UPDATE missed_calls m SET state = 'erased' FROM gone
    WHERE m.complainant_id = gone.complainant_id AND m.state = 'open'
), not_near AS (
    DELETE FROM open_terms t USING theirs WHERE t.ticket_no = theirs.ticket_no
)
INSERT INTO erasures (complainant_id, by) SELECT complainant_id, $2 FROM gone RETURNING true
"""
_DONE = """
NOT EXISTS (
    SELECT FROM complaints c JOIN tickets t USING (ticket_no)
    WHERE c.complainant_id = p.complainant_id AND (t.stage <> 'closed' OR t.changed_at >= {before})
) AND NOT EXISTS (
    SELECT FROM missed_calls m
    WHERE m.complainant_id = p.complainant_id AND (m.state = 'open' OR m.received_at >= {before})
)"""


async def person(connection: Executor, ticket_no: str) -> Person | None:
    """Who stands behind a ticket or a missed call; None when there is none of that number."""
    record = await connection.fetchrow(
        """SELECT p.complainant_id, p.wrapped_key IS NULL AS erased,
               (SELECT count(*) FROM complaints o WHERE o.complainant_id = p.complainant_id) AS tickets
           FROM complainants p WHERE p.complainant_id = (
               SELECT complainant_id FROM complaints WHERE ticket_no = $1
               UNION ALL SELECT complainant_id FROM missed_calls WHERE code = $1)""",
        ticket_no,
    )
    return None if record is None else Person(**dict(record))


async def erase(connection: Executor, complainant_id: uuid.UUID, by: str) -> bool:
    """Destroy what opens and what finds a person, and note it. False when they were erased before."""
    return bool(await connection.fetchval(_ERASE, complainant_id, by))


async def done_before(connection: Executor, before: datetime, after: uuid.UUID, most: int) -> list[uuid.UUID]:
    """Persons after `after`, in order, all of whose tickets have been closed since before an instant."""
    found = await connection.fetch(
        f"""SELECT p.complainant_id FROM complainants p
            WHERE p.complainant_id > $2 AND p.wrapped_key IS NOT NULL AND p.created_at < $1
                AND {_DONE.format(before="$1")}
            ORDER BY p.complainant_id LIMIT $3""",
        *(before, after, most),
    )
    return [record["complainant_id"] for record in found]


async def erase_done(connection: Connection, complainant_id: uuid.UUID, before: datetime, by: str) -> bool:
    """Erase a person unless they have come again meanwhile. The lock is taken by a statement of its own, so that the
    next one sees the complaint that it had to wait for."""
    async with connection.transaction():
        await connection.execute("SELECT FROM complainants WHERE complainant_id = $1 FOR UPDATE", complainant_id)
        done = await connection.fetchval(
            f"SELECT true FROM complainants p WHERE complainant_id = $1 AND {_DONE.format(before='$2')}",
            *(complainant_id, before),
        )
        return bool(done) and await erase(connection, complainant_id, by)
