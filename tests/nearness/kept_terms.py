"""What a complaint is found by, as it is kept."""

from store import nearness
from store.connection import Pool
from store.terms import Terms


async def kept_terms(pool: Pool, ticket_no: str) -> Terms:
    """The terms of a complaint that is there; empty when they were forgotten."""
    heard = await nearness.heard(pool, ticket_no)
    assert heard is not None
    return heard.terms
