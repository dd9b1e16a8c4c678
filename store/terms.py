"""Terms of complaints: kept at intake, forgotten with the person. They are keyed; this room never sees a word."""

from collections.abc import Mapping
from dataclasses import dataclass

from store.connection import Executor


@dataclass(frozen=True, slots=True)
class Terms:
    """Of a complaint: those of its pairs of characters, and those of the names of places in it."""

    pairs: list[int]
    names: list[int]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a complaint's terms are made of, and by what it opens."""

    ticket_no: str
    matter_sealed: bytes
    point_sealed: bytes | None
    community_sealed: bytes | None
    name_sealed: bytes | None
    wrapped_key: bytes
    key_id: str


_KEEP = """
WITH kept AS (
    INSERT INTO ticket_terms (ticket_no, pairs, names) SELECT $1, $2, $3
    WHERE EXISTS (
        SELECT FROM complaints JOIN complainants p USING (complainant_id)
        WHERE ticket_no = $1 AND wrapped_key IS NOT NULL FOR KEY SHARE OF p
    )
    ON CONFLICT DO NOTHING RETURNING ticket_no, pairs || names AS terms
)
INSERT INTO open_terms (ticket_no, terms) SELECT ticket_no, terms FROM kept
WHERE $4 AND EXISTS (SELECT FROM tickets t WHERE t.ticket_no = $1 AND stage <> 'closed' FOR SHARE)
"""


async def keep(connection: Executor, ticket_no: str, terms: Terms, *, joinable: bool = True) -> None:
    """Keep a complaint's terms, once; `joinable` while later ones may turn out near to it. Nothing is kept of a person
    who was erased; the locks see to it that neither erasing nor closing at the same moment is missed."""
    await connection.execute(_KEEP, ticket_no, terms.pairs, terms.names, joinable)


_SEALED = """
SELECT c.ticket_no, matter_sealed, point_sealed, community_sealed, wrapped_key, key_id,
    coalesce(c.name_sealed, p.name_sealed) AS name_sealed
FROM complaints c JOIN complainants p USING (complainant_id) WHERE wrapped_key IS NOT NULL"""


async def without(connection: Executor, after: str, most: int) -> list[Sealed]:
    """Complaints after a ticket number, in order, whose terms are not kept although their words open."""
    found = await connection.fetch(
        f"""{_SEALED} AND c.ticket_no > $1
                AND NOT EXISTS (SELECT FROM ticket_terms k WHERE k.ticket_no = c.ticket_no)
            ORDER BY c.ticket_no LIMIT $2""",
        *(after, most),
    )
    return [Sealed(**dict(record)) for record in found]


async def sealed(connection: Executor, ticket_nos: list[str]) -> dict[str, Sealed]:
    """What was said in each of these complaints, but for those of persons who were erased."""
    found = await connection.fetch(f"{_SEALED} AND c.ticket_no = ANY ($1)", ticket_nos)
    return {record["ticket_no"]: Sealed(**dict(record)) for record in found}


@dataclass(frozen=True, slots=True)
class Sample:
    """About how many open complaints there are, how many of them were looked at, and in how many of those a term
    stands. Terms that stand in one alone are left out: they are as good as unknown."""

    there: int
    looked_at: int
    with_term: Mapping[int, int]


_SAMPLE = """
WITH known AS (
    SELECT greatest(reltuples, 1) AS rows FROM pg_class WHERE oid = 'open_terms'::regclass
), sample AS MATERIALIZED (
    SELECT terms FROM open_terms TABLESAMPLE SYSTEM ((SELECT least(100, 100 * $1::real / rows) FROM known)) LIMIT $1
)
SELECT NULL::integer AS term, count(*) AS complaints, (SELECT rows FROM known)::bigint AS there FROM sample
UNION ALL SELECT term, count(*), 0 FROM sample, unnest(terms) AS term GROUP BY term HAVING count(*) > 1
"""


async def sample(connection: Executor, most: int) -> Sample:
    """Look at about `most` open complaints at random."""
    found = await connection.fetch(_SAMPLE, most)
    whole = next(record for record in found if record["term"] is None)
    counts = {record["term"]: record["complaints"] for record in found if record["term"] is not None}
    return Sample(max(whole["there"], whole["complaints"]), whole["complaints"], counts)
