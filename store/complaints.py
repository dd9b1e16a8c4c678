"""What was said: a complaint at intake, kept in one statement with its ticket and its first command."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.actor import Actor
from domain.urgency import URGENT
from store.connection import Executor


@dataclass(frozen=True, slots=True)
class Intake:
    """A complaint as it comes in. `item`, `district` and `street` are codes that the seat already knows, or empty;
    what people write is sealed."""

    complainant_id: uuid.UUID
    kind: str | None
    channel: str
    matter_sealed: bytes
    district: str
    street: str
    community_sealed: bytes | None
    point_sealed: bytes | None
    item: str
    answered: bool
    repeat_of: str
    confidential: bool
    attachments_sealed: bytes | None
    urgency: int
    line: str = "ordinary"
    origin: str = ""
    against: str = ""
    answer: str = ""
    disposition: str = ""
    copy_to: str = ""
    new_facts: bool = False
    at_once: bool = False
    """Whether it is likely to end as it is taken up."""
    turn_in: timedelta = timedelta()
    """How far behind its instant its turn comes among those that wait."""
    complainant_kind: str = "natural_person"
    """As what the complainant speaks; who has a phone may speak as a person today and for an enterprise tomorrow."""
    name_sealed: bytes | None = None
    """The name that was given with this complaint; another person may have used the phone before."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The ticket that an idempotency key stands for. `fresh` when this very call made it; `digest` is the body's."""

    ticket_no: str
    received_at: datetime
    digest: bytes
    fresh: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What triage needs of a complaint; the matter is still sealed."""

    kind: str | None
    matter_sealed: bytes
    district: str
    street: str
    item: str
    answered: bool
    repeat_of: str
    wrapped_key: bytes | None
    key_id: str
    channel: str
    line: str
    against: str
    answer: str
    disposition: str
    copy_to: str
    new_facts: bool
    urgent: bool


TAKING = f"""
number AS (
    SELECT now() AS received_at, to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD') || '-'
        || lpad((nextval('ticket_numbers') % 100000000)::text, 8, '0') AS ticket_no
), fresh AS (
    INSERT INTO intake_keys (actor, key, digest, ticket_no)
    SELECT $1, $2, $3, ticket_no FROM number ON CONFLICT DO NOTHING RETURNING ticket_no
), said AS (
    INSERT INTO complaints (ticket_no, complainant_id, received_at, kind, channel, matter_sealed, district, street,
        community_sealed, point_sealed, item, answered, repeat_of, confidential, attachments_sealed, line,
        origin, against, answer, disposition, copy_to, new_facts, name_sealed, complainant_kind, urgent)
    SELECT ticket_no, $4, received_at, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $20, $21, $22, $23, $24,
        $25, $26, $27, $29, $19::smallint = {URGENT}
    FROM number JOIN fresh USING (ticket_no)
), ticket AS (
    INSERT INTO tickets (ticket_no, received_at, kind, channel, item, district, street, line, urgent)
    SELECT ticket_no, received_at, $5, $6, $12, $8, $9, $20, $19::smallint = {URGENT}
    FROM number JOIN fresh USING (ticket_no)
), command AS (
    INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest, urgency,
        turn_at)
    SELECT ticket_no, 'intake', 'intake', $17, $1, $18,
        jsonb_build_object('received_at', received_at, 'district', $8::text, 'at_once', $28::boolean), $3, $19,
        received_at + $30::interval
    FROM number JOIN fresh USING (ticket_no)
)
"""
"""Number, key, complaint, ticket and first command, as parts of one statement; $1 to $30 are what `taking` tells."""
TAKEN = "SELECT ticket_no, received_at FROM number JOIN fresh USING (ticket_no)"


async def take(connection: Executor, actor: Actor, key: str, digest: bytes, intake: Intake) -> Taken:
    """Keep a complaint under a new ticket number, or find the one that `key` stands for already."""
    record = await connection.fetchrow(f"WITH {TAKING} {TAKEN}", *taking(actor, key, digest, intake))
    if record is not None:
        return Taken(record["ticket_no"], record["received_at"], digest, fresh=True)
    known = await taken_before(connection, actor, key)
    assert known is not None, "a key that conflicts is there"
    return known


def taking(actor: Actor, key: str, digest: bytes, intake: Intake) -> tuple[object, ...]:
    """$1 to $30 of TAKING."""
    return (
        *(actor.name, key, digest, intake.complainant_id, intake.kind, intake.channel, intake.matter_sealed),
        *(intake.district, intake.street, intake.community_sealed, intake.point_sealed, intake.item, intake.answered),
        *(intake.repeat_of, intake.confidential, intake.attachments_sealed, actor.role.value, actor.unit),
        *(intake.urgency, intake.line, intake.origin, intake.against, intake.answer, intake.disposition),
        *(intake.copy_to, intake.new_facts, intake.name_sealed, intake.at_once, intake.complainant_kind),
        intake.turn_in,
    )


async def taken_before(connection: Executor, actor: Actor, key: str) -> Taken | None:
    """The ticket that `key` of this actor stands for, or None."""
    record = await connection.fetchrow(
        """SELECT k.ticket_no, t.received_at, k.digest FROM intake_keys k JOIN tickets t USING (ticket_no)
           WHERE k.actor = $1 AND k.key = $2""",
        *(actor.name, key),
    )
    return None if record is None else Taken(*record, fresh=False)


async def said(connection: Executor, ticket_no: str) -> Said | None:
    """What was said in a complaint, or None."""
    record = await connection.fetchrow(
        """SELECT c.kind, matter_sealed, district, street, item, answered, repeat_of, wrapped_key, key_id, channel,
               line, against, answer, disposition, copy_to, new_facts, urgent
           FROM complaints c JOIN complainants USING (complainant_id) WHERE ticket_no = $1""",
        ticket_no,
    )
    return None if record is None else Said(**dict(record))


async def propose(
    connection: Executor, ticket_no: str, model: str, candidates: list[dict[str, Any]], reasons: list[str]
) -> None:
    """Keep what the classifier proposed, once; a second triage of the same complaint changes nothing."""
    await connection.execute(
        """INSERT INTO proposals (ticket_no, model, candidates, reasons) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING""",
        *(ticket_no, model, candidates, reasons),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a complaint beside its ticket; sealed columns still sealed, the key gone once erased."""

    matter_sealed: bytes
    community_sealed: bytes | None
    point_sealed: bytes | None
    confidential: bool
    complainant_kind: str
    attachments_sealed: bytes | None
    name_sealed: bytes | None
    phone_sealed: bytes | None
    wrapped_key: bytes | None
    key_id: str


async def shown(connection: Executor, ticket_no: str) -> Shown | None:
    """One complaint's words and contact, or None."""
    record = await connection.fetchrow(
        """SELECT matter_sealed, community_sealed, point_sealed, confidential, complainant_kind, attachments_sealed,
               coalesce(c.name_sealed, p.name_sealed) AS name_sealed, phone_sealed, wrapped_key, key_id
           FROM complaints c JOIN complainants p USING (complainant_id) WHERE ticket_no = $1""",
        ticket_no,
    )
    return None if record is None else Shown(**dict(record))


async def confidential_among(connection: Executor, ticket_nos: list[str]) -> set[str]:
    """Those of the tickets whose complainant wishes confidentiality."""
    found = await connection.fetch(
        "SELECT ticket_no FROM complaints WHERE ticket_no = ANY ($1) AND confidential", ticket_nos
    )
    return {record["ticket_no"] for record in found}
