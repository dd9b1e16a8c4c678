"""How PostgreSQL plans for us: what everybody asks at once gets no worker processes of its own."""

from store.connection import Pool

_LOOK = "EXPLAIN SELECT count(*) FROM tickets"


async def test_no_look_up_starts_worker_processes(pool: Pool) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL debug_parallel_query = on")
        plan = [row[0] for row in await connection.fetch(_LOOK)]
        assert not any("Gather" in line for line in plan)
        await connection.execute("SET LOCAL max_parallel_workers_per_gather = 1")
        plan = [row[0] for row in await connection.fetch(_LOOK)]
        assert any("Gather" in line for line in plan), "this test would see one"
