"""Reads the whole journal and looks for a row that was changed, dropped or forged."""

from dataclasses import dataclass, field

from domain.journal import FIRST_HASH, BrokenChain, check
from store import journal
from store.connection import Connection


@dataclass
class ChainReport:
    """How many tickets and rows were read, and what does not hold."""

    tickets: int = 0
    rows: int = 0
    faults: list[str] = field(default_factory=list[str])


async def verify_chain(connection: Connection) -> ChainReport:
    """Every row against the row before it, and each ticket's last row against its read model."""
    report = ChainReport()
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        ticket_no, seq, head = "", 0, FIRST_HASH
        async for row in journal.every_row(connection):
            if row.ticket_no != ticket_no:
                ticket_no, seq, head = row.ticket_no, 0, FIRST_HASH
                report.tickets += 1
            try:
                check(row, seq, head)
            except BrokenChain as broken:
                report.faults.append(str(broken))
            seq, head = row.seq, row.hash
            report.rows += 1
        report.faults += await _tickets_astray(connection)
    return report


async def _tickets_astray(connection: Connection) -> list[str]:
    found = await connection.fetch(
        """SELECT t.ticket_no FROM tickets t LEFT JOIN LATERAL (
               SELECT seq, hash FROM journal j WHERE j.ticket_no = t.ticket_no ORDER BY seq DESC LIMIT 1
           ) last ON true
           WHERE (t.seq, t.head) IS DISTINCT FROM (coalesce(last.seq, 0), coalesce(last.hash, ''))"""
    )
    return [f"{record['ticket_no']} does not stand where its journal ends" for record in found]
