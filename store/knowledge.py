"""The knowledge base: every version of every answer, appended only. The newest one counts."""

from dataclasses import replace
from datetime import date

from asyncpg import Record

from domain.actor import Actor, Role
from domain.knowledge import Knowledge, KnowledgeState
from domain.urgency import LEAST
from store import duties
from store.connection import Connection, Executor

_COLUMNS = "code, version, item, unit, questions, answer, review_on, state, at, by_role, by_name, by_unit"
_NEWEST = f"SELECT DISTINCT ON (code) {_COLUMNS} FROM knowledge ORDER BY code, version DESC"


async def keep(connection: Connection, fresh: Knowledge) -> Knowledge | None:
    """Append a version and have its duty look again; None when there is one of that number already. `at` is set to
    the instant of keeping."""
    async with connection.transaction():
        at = await connection.fetchval(
            """INSERT INTO knowledge (code, version, item, unit, questions, answer, review_on, state, by_role, by_name,
                   by_unit)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (code, version) DO NOTHING
               RETURNING at""",
            *(fresh.code, fresh.version, fresh.item, fresh.unit, list(fresh.questions), fresh.answer),
            *(fresh.review_on, fresh.state.value, fresh.by.role.value, fresh.by.name, fresh.by.unit),
        )
        if at is None:
            return None
        await duties.look_again(connection, fresh.code, f"version {fresh.version}", fresh.by, LEAST)
    return replace(fresh, at=at)


async def read(connection: Executor, code: str) -> Knowledge | None:
    """The newest version of one answer, or None."""
    record = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM knowledge WHERE code = $1 ORDER BY version DESC LIMIT 1", code
    )
    return None if record is None else _knowledge(record)


async def versions(connection: Executor, code: str) -> list[Knowledge]:
    """Every version of one answer, newest first."""
    found = await connection.fetch(f"SELECT {_COLUMNS} FROM knowledge WHERE code = $1 ORDER BY version DESC", code)
    return [_knowledge(record) for record in found]


async def every(connection: Executor, unit: str, overdue_on: date | None) -> list[Knowledge]:
    """The newest version of every answer, in the order of codes: of one unit unless `unit` is empty, and only those
    overdue on a day if one is given."""
    found = await connection.fetch(
        f"""SELECT * FROM ({_NEWEST}) newest
            WHERE ($1 = '' OR unit = $1) AND ($2::date IS NULL OR state = 'in_force' AND review_on < $2)
            ORDER BY code""",
        *(unit, overdue_on),
    )
    return [_knowledge(record) for record in found]


async def last_entry(connection: Executor) -> int:
    """Grows whenever any answer changes; 0 before the first."""
    return await connection.fetchval("SELECT coalesce(max(entry), 0) FROM knowledge")


def _knowledge(record: Record) -> Knowledge:
    return Knowledge(
        code=record["code"],
        version=record["version"],
        item=record["item"],
        unit=record["unit"],
        questions=tuple(record["questions"]),
        answer=record["answer"],
        review_on=record["review_on"],
        state=KnowledgeState(record["state"]),
        at=record["at"],
        by=Actor(Role(record["by_role"]), record["by_name"], record["by_unit"]),
    )
