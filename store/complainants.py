"""Who complained: one row a person, found by a keyed hash of the phone; everything readable is sealed."""

import uuid
from dataclasses import dataclass

from store.connection import Executor


@dataclass(frozen=True, slots=True)
class Complainant:
    """A person as kept: sealed name and phone, and the wrapped key that opens them."""

    complainant_id: uuid.UUID
    phone_hash: bytes | None
    wrapped_key: bytes
    key_id: str
    name_sealed: bytes | None
    phone_sealed: bytes | None


_COLUMNS = "complainant_id, phone_hash, wrapped_key, key_id, name_sealed, phone_sealed"


async def with_phone(connection: Executor, phone_hash: bytes) -> Complainant | None:
    """The person of a phone, or None. Within a transaction they are not erased before it ends: what is sealed for them
    would never open."""
    record = await connection.fetchrow(
        f"""SELECT {_COLUMNS} FROM complainants WHERE phone_hash = $1 AND wrapped_key IS NOT NULL FOR KEY SHARE""",
        phone_hash,
    )
    return None if record is None else Complainant(**dict(record))


async def add(connection: Executor, new: Complainant) -> Complainant:
    """Keep a new person; when the same phone came in at the same moment, the one that was first."""
    while True:
        fresh = await connection.fetchval(
            f"""INSERT INTO complainants ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT DO NOTHING RETURNING true""",
            *(new.complainant_id, new.phone_hash, new.wrapped_key, new.key_id),
            *(new.name_sealed, new.phone_sealed),
        )
        if fresh or new.phone_hash is None:
            return new
        if kept := await with_phone(connection, new.phone_hash):
            return kept  # else erased between the two statements: the phone is free again


async def of_ticket(connection: Executor, ticket_no: str) -> Complainant | None:
    """The person behind a ticket; None when there is no such ticket or the person was erased."""
    record = await connection.fetchrow(
        """SELECT p.complainant_id, p.phone_hash, p.wrapped_key, p.key_id, p.name_sealed, p.phone_sealed
           FROM complaints c JOIN complainants p USING (complainant_id)
           WHERE c.ticket_no = $1 AND p.wrapped_key IS NOT NULL""",
        ticket_no,
    )
    return None if record is None else Complainant(**dict(record))


async def of_tickets(connection: Executor, ticket_nos: list[str]) -> dict[str, Complainant]:
    """The persons behind tickets, by number; without those that were erased."""
    found = await connection.fetch(
        """SELECT c.ticket_no, p.complainant_id, p.phone_hash, p.wrapped_key, p.key_id, p.name_sealed, p.phone_sealed
           FROM unnest($1::text[]) AS wanted (ticket_no) JOIN complaints c USING (ticket_no)
               JOIN complainants p USING (complainant_id)
           WHERE p.wrapped_key IS NOT NULL""",
        ticket_nos,
    )
    plain = [dict(record) for record in found]
    return {record.pop("ticket_no"): Complainant(**record) for record in plain}


async def phone_hash_of(connection: Executor, ticket_no: str) -> bytes | None:
    """The phone's hash of whoever raised a ticket; None without ticket, phone, or person."""
    return await connection.fetchval(
        """SELECT p.phone_hash FROM complaints c JOIN complainants p USING (complainant_id)
           WHERE c.ticket_no = $1 AND p.wrapped_key IS NOT NULL""",
        ticket_no,
    )


async def of_missed_call(connection: Executor, code: str) -> Complainant | None:
    """The person behind a missed call; None when there is no such call or the person was erased."""
    record = await connection.fetchrow(
        """SELECT p.complainant_id, p.phone_hash, p.wrapped_key, p.key_id, p.name_sealed, p.phone_sealed
           FROM missed_calls m JOIN complainants p USING (complainant_id)
           WHERE m.code = $1 AND p.wrapped_key IS NOT NULL""",
        code,
    )
    return None if record is None else Complainant(**dict(record))
