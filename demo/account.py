"""The account at the end of a demo: counted from the database and the engine, not from what the cast remembers."""

from dataclasses import dataclass

from temporalio.client import Client

from audit.chain import verify_chain
from audit.story import compare
from demo.evidence import rules_exercised
from store import account
from store.connection import Pool


@dataclass(frozen=True, slots=True)
class Account:
    """What came of it all. `lost` are complaints that got a ticket number and have no workflow or no end."""

    started: int
    closed: int
    by_outcome: dict[str, int]
    clocks_fired: dict[str, int]
    refused: int
    lost: int
    journal_mismatches: int
    max_events: int
    rules_exercised: list[str]
    wall_s: float


async def account_of(pool: Pool, engine: Client, accepted: set[str], refused: int, wall_s: float) -> Account:
    """Everything in this home: the complaints of this run and of those before it. `accepted` are the ticket numbers
    that the API gave out in this run, so that one which the database forgot would be missed."""
    numbers = await account.ticket_numbers(pool)
    still_open = await account.ticket_numbers(pool, only_open=True)
    story = await compare(pool, engine, numbers)
    async with pool.acquire() as connection:
        chain = await verify_chain(connection)
    forgotten = accepted - set(numbers)
    return Account(
        started=len(numbers),
        closed=len(numbers) - len(still_open),
        by_outcome=await account.outcomes(pool),
        clocks_fired=await account.clocks_fired(pool),
        refused=refused,
        lost=len(forgotten | set(story.lost + story.forgotten) | set(still_open)),
        journal_mismatches=len(story.mismatches) + len(story.silent) + len(chain.faults),
        max_events=story.most_events,
        rules_exercised=await rules_exercised(pool),
        wall_s=round(wall_s, 1),
    )
