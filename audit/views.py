"""Reads the books of views and looks for a row that was changed, dropped or forged."""

from dataclasses import dataclass, field

from store import views
from store.connection import Connection
from store.views import Bind, View

_TURNING = 64
"""Rows at the end of a month among which the next month's first one may have found the last: around midnight two
readers may each follow the same row, one in either month."""


@dataclass
class ViewReport:
    """How many books and views were read, and what does not hold."""

    books: int = 0
    views: int = 0
    faults: list[str] = field(default_factory=list[str])


async def verify_views(connection: Connection, bind: Bind) -> ViewReport:
    """Every view against the one before it in its book. The last of a book is bound by none: only once another was
    noted after it would its loss be seen."""
    report = ViewReport()
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        read: list[View] = []
        async for view in views.every_view(connection):
            if not read or read[-1].book != view.book:
                report.books += 1
                read = []
            if view.mac != view.bound(_before(read, view), bind):
                last = read[-1].seq if read else 0
                report.faults.append(f"views, book {view.book}: row {view.seq} does not follow row {last}")
            read = [*read[1 - _TURNING :], view]
            report.views += 1
    return report


def _before(read: list[View], view: View) -> bytes:
    """The mac of the row that a view has to follow."""
    if read and read[-1].month == view.month:
        read = read[-1:]
    return next((each.mac for each in reversed(read) if each.seq == view.seq - 1), b"")
