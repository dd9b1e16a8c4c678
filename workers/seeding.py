"""The knowledge to begin with: what policy/knowledge holds and the database does not know yet (R45)."""

from datetime import UTC, datetime
from pathlib import Path

from domain.actor import Actor, Role
from domain.calendar import beijing_day
from rulebook.book import Book
from rulebook.knowledge_file import load_knowledge
from store import knowledge
from store.connection import Connection

_SETUP = Actor(Role.SYSTEM, "setup")


async def seed_knowledge(connection: Connection, policy_folder: Path, book: Book) -> int:
    """Keep the first version of every answer whose code is new; how many were. An answer that is there is its owning
    unit's, and stays as that unit keeps it."""
    now = datetime.now(UTC)
    known = {each.code for each in await knowledge.every(connection, unit="", overdue_on=None)}
    rows = [row for row in load_knowledge(policy_folder, book) if row.code not in known]
    kept = [await knowledge.keep(connection, row.knowledge(beijing_day(now), now, _SETUP)) for row in rows]
    return len([each for each in kept if each is not None])
