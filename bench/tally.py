"""The count after a peak: the load's own record against the database, and the database against the engine's list."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from temporalio.client import Client

from audit import promises, record
from audit.chain import verify_chain
from audit.listed import listed
from audit.story import by_lot, compare
from store import journal
from store.connection import Pool

_COMPARED = 2000
"""Complaints whose workflow is asked for its own story; all have to be listed."""


@dataclass
class Tally:
    """`accepted` calls were promised a ticket, `applied` of them were taken up. `workflows` are listed by the engine;
    `without_workflow` were closed as they were taken up and need none. Every row of the journal was checked against the
    one before; of `compared` complaints the workflow's own story too."""

    accepted: int = 0
    applied: int = 0
    lost: int = 0
    duplicated: int = 0
    journal_mismatches: int = 0
    workflows: int = 0
    without_workflow: int = 0
    compared: int = 0
    faults: list[str] = field(default_factory=list[str])


async def tally(pool: Pool, engine: Client, path: Path, since: datetime) -> Tally:
    """Everything that was promised in the record at `path`; nothing else was taken in from `since` on."""
    told = record.read(path)
    numbers = sorted(told.tickets)
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        kept = await promises.compare(connection, told, since)
        ended = await journal.ended_at_intake(connection, numbers)
    async with pool.acquire() as connection:
        chain = await verify_chain(connection)
    engines = await listed(engine, set(numbers) - ended)
    compared = by_lot(sorted(engines & set(numbers)), _COMPARED)
    story = await compare(pool, engine, compared)
    missing = sorted(set(numbers) - ended - engines)
    strange = sorted(no for no in engines - set(numbers) if no > numbers[0])  # numbers grow with time
    given_up = story.lost + story.forgotten
    lost = [*kept.lost, *(f"{no} has no workflow" for no in missing), *(f"{no} was given up" for no in given_up)]
    doubled = [*kept.doubled, *(f"{no} runs and was promised to nobody" for no in strange)]
    astray = [*chain.faults, *(f"{no} tells another story" for no in [*story.mismatches, *story.silent])]
    return Tally(
        accepted=kept.accepted,
        applied=kept.applied,
        lost=len(lost),
        duplicated=len(doubled),
        journal_mismatches=len(astray),
        workflows=len(engines),
        without_workflow=len(set(numbers) - engines),
        compared=len(compared),
        faults=[*lost, *doubled, *astray],
    )
