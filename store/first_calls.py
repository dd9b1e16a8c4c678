"""The first complaint of a person: both kept in one statement, which is one transaction and one round trip."""

import asyncpg

from domain.actor import Actor
from store.complainants import Complainant
from store.complaints import TAKEN, TAKING, Intake, Taken, taking
from store.connection import Executor
from store.terms import Terms

_TAKE = f"""
WITH {TAKING}, person AS (
    INSERT INTO complainants (complainant_id, phone_hash, wrapped_key, key_id, name_sealed, phone_sealed)
    SELECT $4, $31, $32, $33, $34, $35 FROM fresh
), found_by AS (
    INSERT INTO ticket_terms (ticket_no, pairs, names) SELECT ticket_no, $36::integer[], $37::integer[] FROM fresh
), joinable AS (
    INSERT INTO open_terms (ticket_no, terms) SELECT ticket_no, $36::integer[] || $37::integer[] FROM fresh WHERE $38
)
{TAKEN}
"""


async def take(
    connection: Executor,
    actor: Actor,
    key: str,
    digest: bytes,
    intake: Intake,
    person: Complainant,
    terms: Terms,
    *,
    joinable: bool,
) -> Taken | None:
    """Keep `person`, who is `intake`'s complainant, with the complaint and the terms that it is found by. None, and
    nothing kept, when the key stands for a ticket already or the phone for a person."""
    try:
        record = await connection.fetchrow(
            _TAKE,
            *taking(actor, key, digest, intake),
            *(person.phone_hash, person.wrapped_key, person.key_id),
            *(person.name_sealed, person.phone_sealed, terms.pairs, terms.names, joinable),
        )
    except asyncpg.UniqueViolationError:  # the same phone came in at the same moment
        return None
    return None if record is None else Taken(record["ticket_no"], record["received_at"], digest, fresh=True)
