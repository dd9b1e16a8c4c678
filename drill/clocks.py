"""Did every clock ring, once, and in time: judged from the journal's rows alone, each read as the database dated it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.calendar import BEIJING
from domain.clock import Clock, ClockName
from domain.complaint import Complaint
from domain.decide import applied
from domain.events import EVENTS, ClockRang, Event
from domain.facts import from_facts
from store.connection import Connection

IN_TIME = timedelta(seconds=5)
"""How late a clock may ring (the hotline's promise), counted from its instant or from recovery."""
HELD = timedelta(seconds=10)
"""What a worker that died had in its hands, the engine gives to another one after this time (a workflow task's
timeout): by then the last complaint is whole again, where others are at once."""
_ROWS = """
SELECT j.ticket_no, j.kind, j.facts, j.recorded_at, i.received_at AS given_at
FROM journal j LEFT JOIN inbox i ON i.ticket_no = j.ticket_no AND i.command_id = j.step
ORDER BY j.ticket_no, j.seq
"""


@dataclass(frozen=True, slots=True)
class Window:
    """What is judged: clocks due from `since` on, as of `now`. Between `hurt` and `recovered` something was broken."""

    since: datetime
    hurt: datetime
    recovered: datetime
    now: datetime
    stood_still: bool = True
    """Whether no clock could ring meanwhile, so that it is waited for until all was well; if not, those that others
    held are waited for."""

    def meanwhile(self, due: datetime) -> bool:
        """Whether a clock fell due while something was broken, or so shortly before that it could not ring any more."""
        return self.hurt - IN_TIME <= due < self.recovered

    def latest(self, due: datetime) -> datetime:
        """When a clock due at `due` has to have rung."""
        if not self.hurt - IN_TIME <= due < self.recovered + HELD:
            return due + IN_TIME
        well = max(due, self.recovered + HELD)
        return (well if self.stood_still else min(well, due + HELD)) + IN_TIME


@dataclass(frozen=True, slots=True)
class Happened:
    """A row as it is judged: when the database wrote it, and when the command behind it was given, if there is one."""

    ticket_no: str
    event: Event
    recorded_at: datetime
    given_at: datetime | None = None


@dataclass
class Rung:
    """What the journal says. `missed` and `twice` name the clocks; `latest_s` is how late the latest was of those that
    fell due while nothing was broken, `latest_meanwhile_s` of the others, in seconds."""

    rung: int = 0
    latest_s: float = 0.0
    latest_meanwhile_s: float = 0.0
    missed: list[str] = field(default_factory=list[str])
    twice: list[str] = field(default_factory=list[str])


async def rows(connection: Connection) -> AsyncIterator[Happened]:
    """The whole journal, ticket by ticket, in order. Needs a transaction, for its cursor."""
    async for row in connection.cursor(_ROWS, prefetch=1000):
        event = from_facts(EVENTS[row["kind"]], row["facts"])
        yield Happened(row["ticket_no"], event, row["recorded_at"], row["given_at"])


async def judge(happened: AsyncIterator[Happened], window: Window) -> Rung:
    """Every ticket's rows in order."""
    rung = Rung()
    ticket: _Ticket | None = None
    async for row in happened:
        if ticket is None or ticket.ticket_no != row.ticket_no:
            if ticket is not None:
                ticket.close()
            ticket = _Ticket(row.ticket_no, window, rung)
        ticket.read(row)
    if ticket is not None:
        ticket.close()
    return rung


class _Ticket:
    """The clocks of one complaint, followed through its rows."""

    def __init__(self, ticket_no: str, window: Window, rung: Rung) -> None:
        self.ticket_no = ticket_no
        self._window = window
        self._rung = rung
        self._state = Complaint(ticket_no, window.since)
        self._heard: set[Clock] = set()

    def read(self, row: Happened) -> None:
        before = self._state.clocks
        self._state = applied(self._state, (row.event,))
        if isinstance(row.event, ClockRang):
            self._ring(Clock(ClockName(row.event.clock), row.event.due, row.event.about), row.recorded_at)
            return
        for clock in before:
            stopped = clock not in self._state.clocks and clock not in self._heard
            # An action stops a clock that had not run out when it was given, however long it then waited its turn.
            late = row.given_at is not None and row.given_at > self._window.latest(clock.due)
            if stopped and late and self._judged(clock):
                self._miss(clock, "was stopped by a later action")

    def close(self) -> None:
        """What still runs must not have run out."""
        for clock in self._state.clocks:
            if self._judged(clock) and self._window.latest(clock.due) < self._window.now:
                self._miss(clock, "never rang")

    def _ring(self, clock: Clock, at: datetime) -> None:
        if clock in self._heard:
            self._rung.twice.append(f"{self.ticket_no} {clock.name}:{clock.about} rang twice")
        self._heard.add(clock)
        if not self._judged(clock):
            return
        self._rung.rung += 1
        late = (at - clock.due).total_seconds()
        if self._window.meanwhile(clock.due):
            self._rung.latest_meanwhile_s = max(self._rung.latest_meanwhile_s, late)
        else:
            self._rung.latest_s = max(self._rung.latest_s, late)
        if at > self._window.latest(clock.due):
            self._miss(clock, f"rang at {_told(at)}")
        if at < clock.due:
            self._miss(clock, f"rang too early, at {_told(at)}")

    def _judged(self, clock: Clock) -> bool:
        return self._window.since <= clock.due <= self._window.now

    def _miss(self, clock: Clock, how: str) -> None:
        self._rung.missed.append(f"{self.ticket_no} {clock.name}:{clock.about} due {_told(clock.due)} {how}")


def _told(instant: datetime) -> str:
    return f"{instant.astimezone(BEIJING):%H:%M:%S.%f}"[:-3]
