"""Missed calls (R9): durable before they are answered, and told to their duty in the same transaction."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asyncpg import Record

from domain.actor import Actor
from domain.missed_call import Attempt, CallOutcome, CallState, MissedCall
from domain.triage import Line
from domain.urgency import urgency
from store import duties
from store.connection import Connection, Executor


@dataclass(frozen=True, slots=True)
class NewCall:
    """A missed call as it comes in. `key` and `digest` make a repeated request the same one."""

    complainant_id: uuid.UUID
    line: Line
    urgent: bool
    called_at: datetime
    due: datetime
    actor: Actor
    key: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A missed call and what is kept beside it. `main` is the call that it is joined to, `calls` how often the person
    has called; `fresh` when this very request made it."""

    call: MissedCall
    complainant_id: uuid.UUID
    received_at: datetime
    main: str
    calls: int
    digest: bytes
    fresh: bool = False


_COLUMNS = """code, complainant_id, line, urgent, called_at, received_at, state, main, calls, not_before, due, attempts,
    ticket_no, digest"""
_INSERT = f"""
INSERT INTO missed_calls (code, complainant_id, line, urgent, called_at, state, main, not_before, due, actor, key,
    digest)
SELECT 'MC-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD') || '-'
        || lpad((nextval('missed_call_numbers') % 1000000)::text, 6, '0'), $1, $2, $3, $4, $5, $6, $4, $7, $8, $9, $10
ON CONFLICT DO NOTHING RETURNING {_COLUMNS}
"""


async def taken_before(connection: Executor, actor: Actor, key: str) -> KeptCall | None:
    """The call that `key` of this actor stands for, or None."""
    record = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM missed_calls WHERE actor = $1 AND key = $2", actor.name, key
    )
    return None if record is None else _kept(record)


class KeyTaken(Exception):
    """Another request with the same key was first; what this one has done is to be undone."""


async def take(connection: Connection, new: NewCall) -> KeptCall:
    """Keep a missed call, within a transaction. While the same person waits on the same line it is joined to their
    first one, which is then to be returned as soon as this one would be. Raises KeyTaken."""
    while True:
        if (kept := await _insert(connection, new, CallState.OPEN, "")) is not None:
            await _look(connection, kept, "taken", new.actor)
            return replace(kept, fresh=True)
        if await taken_before(connection, new.actor, new.key) is not None:
            raise KeyTaken
        if (main := await _called_again(connection, new)) is not None:
            kept = await _insert(connection, new, CallState.JOINED, main.call.code)
            if kept is None:
                raise KeyTaken
            await _look(connection, main, f"joined by {kept.call.code}", new.actor)
            return replace(kept, fresh=True)  # else the first one was finished between the two statements


async def read(connection: Executor, code: str, *, lock: bool = False) -> KeptCall | None:
    """One missed call, or None; locked until the transaction ends if so asked."""
    record = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM missed_calls WHERE code = $1 {'FOR UPDATE' if lock else ''}", code
    )
    return None if record is None else _kept(record)


async def waiting(connection: Executor, line: Line | None, but: Line | None, most: int) -> list[KeptCall]:
    """Calls to be returned: of one line if it is named, and none of line `but`; minors and danger first, then by
    when they are due."""
    found = await connection.fetch(
        f"""SELECT {_COLUMNS} FROM missed_calls
            WHERE state = 'open' AND ($1::text IS NULL OR line = $1) AND ($2::text IS NULL OR line <> $2)
            ORDER BY NOT (urgent OR line = 'minors'), due, code LIMIT $3""",
        *(line, but, most),
    )
    return [_kept(record) for record in found]


async def change(connection: Connection, after: MissedCall, actor: Actor) -> KeptCall:
    """Keep what an attempt has made of a call that is locked, and have its duty look again. The call as it is kept."""
    record = await connection.fetchrow(
        f"""UPDATE missed_calls SET state = $2, not_before = $3, due = $4, attempts = $5, ticket_no = $6
            WHERE code = $1 RETURNING {_COLUMNS}""",
        *(after.code, after.state.value, after.not_before, after.due),
        *([_attempt(each) for each in after.attempts], after.ticket_no),
    )
    assert record is not None, "a call that is locked is there"
    kept = _kept(record)
    await _look(connection, kept, f"attempt {len(after.attempts)}", actor)
    return kept


async def settle(connection: Connection, complainant_id: uuid.UUID, line: Line, ticket_no: str, actor: Actor) -> None:
    """Who waits to be called back on this line was heard meanwhile, in this complaint: nobody calls them any more."""
    record = await connection.fetchrow(
        f"""UPDATE missed_calls SET state = 'called_again', ticket_no = $3
            WHERE complainant_id = $1 AND line = $2 AND state = 'open' RETURNING {_COLUMNS}""",
        *(complainant_id, line.value, ticket_no),
    )
    if record is not None:
        await _look(connection, _kept(record), f"heard in {ticket_no}", actor)


async def _insert(connection: Connection, new: NewCall, state: CallState, main: str) -> KeptCall | None:
    """None when the person waits already, or the key is taken."""
    record = await connection.fetchrow(
        _INSERT,
        *(new.complainant_id, new.line.value, new.urgent, new.called_at, state.value, main, new.due),
        *(new.actor.name, new.key, new.digest),
    )
    return None if record is None else _kept(record)


async def _called_again(connection: Connection, new: NewCall) -> KeptCall | None:
    """The call that the same person waits for, after they have called once more; None when there is none."""
    record = await connection.fetchrow(
        f"""UPDATE missed_calls SET calls = calls + 1, urgent = urgent OR $3, due = least(due, $4),
                not_before = least(not_before, $5)
            WHERE complainant_id = $1 AND line = $2 AND state = 'open' RETURNING {_COLUMNS}""",
        *(new.complainant_id, new.line.value, new.urgent, new.due, new.called_at),
    )
    return None if record is None else _kept(record)


async def _look(connection: Connection, kept: KeptCall, cause: str, actor: Actor) -> None:
    await duties.look_again(connection, kept.call.code, cause, actor, urgency(urgent=kept.call.presses))


def _attempt(one: Attempt) -> dict[str, Any]:
    return {"at": one.at.isoformat(), "outcome": one.outcome.value, "by": one.by, "token": one.token}


def _kept(record: Record) -> KeptCall:
    call = MissedCall(
        code=record["code"],
        line=Line(record["line"]),
        urgent=record["urgent"],
        called_at=record["called_at"],
        state=CallState(record["state"]),
        not_before=record["not_before"],
        due=record["due"],
        attempts=tuple(
            Attempt(datetime.fromisoformat(each["at"]), CallOutcome(each["outcome"]), each["by"], each["token"])
            for each in record["attempts"]
        ),
        ticket_no=record["ticket_no"],
    )
    kept = {name: record[name] for name in ("complainant_id", "received_at", "main", "calls", "digest")}
    return KeptCall(call=call, **kept)
