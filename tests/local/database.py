"""One query at a time, as the tests ask it."""
# asyncpg carries no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import asyncpg

REFUSED = asyncpg.InvalidPasswordError
CUT_OFF = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)


async def answer(url: str, query: str) -> object:
    """The first value of the first row, over a connection of its own."""
    connection = await asyncpg.connect(url)
    try:
        value: object = await connection.fetchval(query)
        return value
    finally:
        await connection.close()
