"""What the database holds, counted: two counts that are equal say that nothing has changed in between."""

from store.connection import Pool

TABLES = (
    *("complaints", "complainants", "intake_keys", "tickets", "inbox", "journal", "outbox", "api_keys"),
    *("batches", "knowledge", "missed_calls"),
)


async def kept(pool: Pool) -> dict[str, int]:
    """Rows of every table that a request can change, and how far all tickets have moved."""
    counts = {table: await pool.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}
    counts["moves"] = await pool.fetchval("SELECT coalesce(sum(seq), 0) FROM tickets")
    counts["settled"] = await pool.fetchval("SELECT count(*) FROM inbox WHERE state <> 'pending'")
    return counts
