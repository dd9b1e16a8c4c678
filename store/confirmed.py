"""Tickets whose classification a seat has confirmed or corrected (R15): what the classifier learns from."""

import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from store.connection import Executor

PAGE = 1000
"""Tickets looked at in one statement, confirmed or not, so that each takes about as long as the other."""

_AFTER_ALL = "~"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One ticket with a seat's last word on it. `kind` is None unless somebody stated it at intake; `corrected` is
    true also when only the place was; the matter is still sealed."""

    ticket_no: str
    complainant_id: uuid.UUID
    item: str
    district: str
    street: str
    corrected: bool
    kind: str | None
    matter_sealed: bytes
    wrapped_key: bytes
    key_id: str


_LAST_WORDS = """
SELECT DISTINCT ON (j.ticket_no) j.ticket_no, complainant_id, j.facts ->> 'item' AS item,
    j.facts ->> 'district' AS district, j.facts ->> 'street' AS street,
    (j.facts ->> 'corrected')::boolean AS corrected, c.kind, c.matter_sealed, p.wrapped_key, p.key_id
FROM journal j JOIN complaints c ON c.ticket_no = j.ticket_no JOIN complainants p USING (complainant_id)
WHERE j.ticket_no >= $1 AND j.ticket_no < $2 AND c.ticket_no >= $1 AND c.ticket_no < $2
    AND j.kind = 'ClassificationConfirmed' AND p.wrapped_key IS NOT NULL AND NOT c.confidential
ORDER BY j.ticket_no DESC, j.seq DESC
"""


async def newest_first(connection: Executor, page: int = PAGE) -> AsyncGenerator[Confirmed, None]:
    """Every confirmed ticket by its latest confirmation, newest ticket first. Left out are those whose complainant
    was erased or asked for confidentiality (R5)."""
    before = _AFTER_ALL
    while True:
        numbers = await connection.fetch(
            "SELECT ticket_no FROM complaints WHERE ticket_no < $1 ORDER BY ticket_no DESC LIMIT $2", before, page
        )
        if not numbers:
            return
        first = numbers[-1]["ticket_no"]
        for record in await connection.fetch(_LAST_WORDS, first, before):
            yield Confirmed(**dict(record))
        before = first
