"""What docs/operating.md has one type in a bad hour is taken by the real database and the real engine."""

import pytest
from temporalio.client import Client

from store.connection import Pool
from tests.city import City
from tests.deploy.test_operating import blocks

STATEMENTS = [statement for block in blocks("sql") for statement in block.split(";") if statement.strip()]
QUERIES = [line for block in blocks("visibility") for line in block.splitlines()]


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.split("\n")[0])
async def test_the_database_takes_a_runbooks_statement(pool: Pool, statement: str) -> None:
    async with pool.acquire() as connection:
        await connection.fetch(f"EXPLAIN {statement}")


@pytest.mark.parametrize("query", QUERIES)
async def test_the_engine_takes_a_runbooks_query(client: Client, query: str) -> None:
    assert (await client.count_workflows(query)).count >= 0


async def test_a_terminated_workflow_is_brought_back_where_its_journal_ends(city: City, pool: Pool) -> None:
    ticket_no = await city.take_in()
    before = await city.ticket(ticket_no)
    await city.handle(ticket_no).terminate()
    [again] = [statement for statement in STATEMENTS if "SET acknowledged_at = NULL" in statement]
    async with pool.acquire() as connection:
        await connection.execute(f"{again} AND tickets.ticket_no = '{ticket_no}'")
        unsent = "SELECT acknowledged_at IS NULL FROM inbox WHERE ticket_no = $1 AND command_id = 'intake'"
        assert await connection.fetchval(unsent, ticket_no)
    await city.bring(ticket_no, "intake")
    standing = await city.told(ticket_no)
    assert (standing["seq"], standing["head"]) == (before["standing"]["seq"], before["standing"]["head"])
