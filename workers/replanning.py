"""After a year's calendar is applied, every open complaint whose limit leaned on a guess of it is told (rules §5)."""

import asyncio

from domain.follow_up import follow_up
from domain.lifecycle import Action
from store import inbox, tickets
from store.connection import Pool

_OTHERS_LOOK_AGAIN = 10.0
"""Seconds after which every process goes by the new version: until then some still dispatch by the old one."""
_AT_ONCE = 5000


async def replan_all(pool: Pool, version: str) -> int:
    """Tell each such complaint to count again by the calendar of `version`, twice told once; how many were told."""
    told: set[str] = set()
    for sweep in range(2):
        if sweep:
            await asyncio.sleep(_OTHERS_LOOK_AGAIN)
        waiting = [each for each in await tickets.provisional(pool) if each not in told]
        for first in range(0, len(waiting), _AT_ONCE):
            some = waiting[first : first + _AT_ONCE]
            facts = {"calendar": version}
            await inbox.put_all(pool, [follow_up(each, Action.REPLANNING, version, dict(facts)) for each in some])
        told.update(waiting)
        if not told:
            return 0
    return len(told)
