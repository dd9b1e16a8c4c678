"""Lines with seats of their own (R7, R8). What comes in on the minors' line is read by its own seats alone; units that
are involved and those above see it as they see everything."""

from domain.actor import Actor, Role
from domain.triage import Line

MINORS_SEATS = "M-MINORS"
"""The unit of keys for seats of the minors' line."""


def shut_out_of(actor: Actor) -> Line | None:
    """The line whose tickets do not exist for this actor."""
    own_seat = actor.role is Role.SEAT and actor.unit == MINORS_SEATS
    return Line.MINORS if actor.role in (Role.SEAT, Role.FRONTEND) and not own_seat else None
