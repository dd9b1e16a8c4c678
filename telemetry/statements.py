"""What PostgreSQL is asked, told in a few words and without a single value."""

import re
import time
from functools import lru_cache

from store.connection import Answered
from telemetry import traces

_WRITES = re.compile(r"(?<!FOR )(?<!DO )\b(INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)")
_READS = re.compile(r"\bFROM\s+([a-z_]+)")
_CALLS = re.compile(r"SELECT\s+([a-z_]+)\(")


@lru_cache(maxsize=1024)
def summary(query: str) -> str:
    """`SELECT journal`, or what is written: `UPDATE tickets, INSERT journal`. A table that a WITH makes is left out."""
    made = set(re.findall(r"\b([a-z_]+) AS \(", query))
    writes = [f"{verb.split()[0]} {table}" for verb, table in _WRITES.findall(query)]
    reads = [f"SELECT {name}" for name in (*_READS.findall(query), *_CALLS.findall(query)) if name not in made]
    return ", ".join(dict.fromkeys(writes or reads[:1])) or query.split(maxsplit=1)[0].rstrip(";").upper()


def hear(logged: Answered) -> None:
    """Trace a statement that was answered. It is told in the context of whoever asked."""
    ended = time.time_ns()
    error = type(logged.exception).__name__ if logged.exception else ""
    traces.statement(traces.Statement(summary(logged.query), ended - int(logged.elapsed * 1_000_000_000), ended, error))
