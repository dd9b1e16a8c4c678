"""One step of a complaint: the rows it adds to the journal, and all that has to change in the same transaction."""

from dataclasses import dataclass
from datetime import datetime

from domain.actor import Actor
from domain.case import Events
from domain.complaint import Complaint
from domain.decide import applied
from domain.follow_up import FollowUp, follow_ups
from domain.journal import Row, chained
from domain.notices import Notice, notices
from domain.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class Step:
    """Rows to append after row `expected_seq` with its hash `expected_head`, where the ticket stands then, who is told,
    and what other complaints have to hear."""

    expected_seq: int
    expected_head: str
    step: str
    rows: tuple[Row, ...]
    standing: Standing
    notices: tuple[Notice, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()


def stepped(before: Complaint, seq: int, head: str, step: str, actor: Actor, at: datetime, events: Events) -> Step:
    """The step of `events`, which follow row number `seq` whose hash is `head`."""
    after = applied(before, events)
    rows = chained(before.ticket_no, seq, head, step, actor, at, events)
    last = rows[-1]
    stands = standing(after, last.seq, last.hash, last.at)
    return Step(seq, head, step, rows, stands, notices(events, after), follow_ups(before, events, step))
