"""A statement is told in a few words, and never with a value."""

import pytest

from store import complaints, journal
from telemetry.statements import summary


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT a FROM tickets WHERE ticket_no = $1", "SELECT tickets"),
        ("SELECT pg_try_advisory_lock($1)", "SELECT pg_try_advisory_lock"),
        ("INSERT INTO a (b) VALUES ($1) ON CONFLICT (b) DO UPDATE SET b = $1", "INSERT a"),
        ("UPDATE inbox SET state = 'refused'", "UPDATE inbox"),
        ("SELECT 1 FROM outbox o LIMIT 1 FOR UPDATE OF o SKIP LOCKED", "SELECT outbox"),
        ("WITH w AS (SELECT a FROM inbox) SELECT a FROM w", "SELECT inbox"),
        ("COMMIT;", "COMMIT"),
        ("BEGIN ISOLATION LEVEL READ COMMITTED", "BEGIN"),
    ],
)
def test_a_statement_is_told_by_what_it_writes_or_else_reads(query: str, told: str) -> None:
    assert summary(query) == told


def test_the_append_tells_all_that_it_writes() -> None:
    assert summary(vars(journal)["_APPEND"]).startswith("UPDATE tickets, INSERT journal, UPDATE inbox")


def test_the_intake_tells_all_that_it_writes() -> None:
    written = summary(f"WITH {complaints.TAKING} {complaints.TAKEN}")
    assert {"INSERT complaints", "INSERT tickets", "INSERT inbox"} <= set(written.split(", "))


def test_a_text_in_quotes_is_not_repeated() -> None:
    assert summary("SELECT '王女士' AS name") == "SELECT"
