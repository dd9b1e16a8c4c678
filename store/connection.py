"""Connections to PostgreSQL, set up alike everywhere."""

import json
from collections.abc import Callable
from typing import TypeAlias

import asyncpg
from asyncpg.connection import LoggedQuery
from asyncpg.pool import PoolConnectionProxy

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Executor: TypeAlias = "Connection | Pool"
"""Whatever runs one statement: a connection, perhaps inside a transaction, or the pool itself."""

Answered: TypeAlias = LoggedQuery
"""A statement that PostgreSQL has answered or refused, as a listener hears of it."""
Listener: TypeAlias = Callable[[Answered], None]

AWAY = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)
"""What a database that is away, starting, stopping or full raises. Anything else is a bug and is not caught."""
OVERTAKEN = asyncpg.SerializationError
"""What a replica raises when it has to follow the database past what somebody still reads."""
PATIENCE = 30.0
"""Seconds after which a statement that is not answered counts as lost."""
_SOON = 2
"""Seconds in which a replica has to let us in."""


async def open_pool(
    database_url: str,
    *,
    most: int = 10,
    listener: Listener | None = None,
    planned_once: bool = False,
    patience: float = PATIENCE,
) -> Pool:
    """A pool of at most `most` connections that speak JSON; a lost server is found again at the next use. A statement
    may take `patience` seconds. `listener` hears of every statement, in the context of whoever asked. `planned_once` is
    for processes whose statements all name a ticket: PostgreSQL would else plan each anew, because it counts the months
    that it will not look into."""

    async def set_up(connection: Connection) -> None:
        await _set_up(connection)
        if planned_once:
            await connection.execute("SET plan_cache_mode = force_generic_plan")
        if listener is not None:
            connection.add_query_logger(listener)

    return await asyncpg.create_pool(
        database_url, min_size=1, max_size=most, init=set_up, reset=_as_it_is, command_timeout=patience
    )


async def open_replica(database_url: str, *, most: int = 10, listener: Listener | None = None) -> Pool:
    """A pool that only reads. It connects at its first use: a replica need not be there, and who asks it has to be
    ready for AWAY and OVERTAKEN."""

    async def set_up(connection: Connection) -> None:
        await _set_up(connection)
        await connection.execute("SET default_transaction_read_only = on")
        if listener is not None:
            connection.add_query_logger(listener)

    return await asyncpg.create_pool(
        database_url, min_size=0, max_size=most, init=set_up, reset=_as_it_is, command_timeout=30, timeout=_SOON
    )


async def _as_it_is(_: Connection) -> None:
    """Nobody leaves settings, locks or listeners behind, and an open transaction is rolled back before this is called:
    asking the server to forget what is not there would double the round trips."""


async def _set_up(connection: Connection) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: json.dumps(value, ensure_ascii=False),
        decoder=json.loads,
    )
