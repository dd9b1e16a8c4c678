"""Emergency mode: a switch with a scope (R44). Ended ones stay, for the reports."""

from dataclasses import dataclass
from datetime import datetime

from store.connection import Executor


@dataclass(frozen=True, slots=True)
class Switch:
    """One emergency. An empty district is the whole city, no items are all items; an item may be a class of two or
    four digits. Matters in its scope are handled in `tier`."""

    emergency_id: str
    district: str
    items: list[str]
    tier: str
    begun_at: datetime
    begun_by: str
    ended_at: datetime | None
    ended_by: str | None

    def covers(self, district: str, item: str) -> bool:
        """Whether a matter is in its scope."""
        return self.is_at(district) and (not self.items or any(item.startswith(code) for code in self.items))

    def is_at(self, district: str) -> bool:
        """Whether it holds where a matter is."""
        return not self.district or self.district == district


_COLUMNS = "emergency_id, district, items, tier, begun_at, begun_by, ended_at, ended_by"


async def begin(
    connection: Executor, emergency_id: str, district: str, items: list[str], tier: str, by: str
) -> Switch | None:
    """Switch it on; None when one is on for that district already."""
    record = await connection.fetchrow(
        f"""INSERT INTO emergencies (emergency_id, district, items, tier, begun_by) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING RETURNING {_COLUMNS}""",
        *(emergency_id, district, items, tier, by),
    )
    return None if record is None else Switch(**dict(record))


async def end(connection: Executor, emergency_id: str, by: str) -> Switch | None:
    """Switch it off, once; None when there is none of that id. What was taken up under it keeps its terms."""
    record = await connection.fetchrow(
        f"""UPDATE emergencies SET ended_at = coalesce(ended_at, now()), ended_by = coalesce(ended_by, $2)
            WHERE emergency_id = $1 RETURNING {_COLUMNS}""",
        *(emergency_id, by),
    )
    return None if record is None else Switch(**dict(record))


async def listed(connection: Executor, *, only_on: bool) -> list[Switch]:
    """All of them, or those that are on, newest first."""
    found = await connection.fetch(
        f"SELECT {_COLUMNS} FROM emergencies WHERE ended_at IS NULL OR NOT $1 ORDER BY begun_at DESC", only_on
    )
    return [Switch(**dict(record)) for record in found]


async def by_hour(connection: Executor, emergency: Switch) -> list[tuple[datetime, int, int, int]]:
    """Each hour since it began, oldest first: complaints received where it holds, those in its scope, those closed."""
    found = await connection.fetch(
        """SELECT date_trunc('hour', received_at) AS hour, count(*) AS received,
               count(*) FILTER (WHERE standing->>'emergency' = $3 AND NOT (standing->>'deferred')::boolean) AS in_scope,
               count(*) FILTER (WHERE stage = 'closed') AS closed
           FROM tickets WHERE ticket_no >= to_char($1::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD')
               AND received_at >= $1 AND ($2::timestamptz IS NULL OR received_at < $2) AND ($4 = '' OR district = $4)
           GROUP BY 1 ORDER BY 1""",
        *(emergency.begun_at, emergency.ended_at, emergency.emergency_id, emergency.district),
    )
    return [(each["hour"], each["received"], each["in_scope"], each["closed"]) for each in found]
