"""Duties beside complaints: an answer to be reviewed, a missed call to be returned. What has changed about one is
brought to the engine like a complaint's commands, and what somebody has to hear of it leaves like other notices."""

from domain.actor import Actor
from domain.bell import Bell
from store.connection import Executor

DUTY = "duty"
"""The action of the inbox that has a duty's workflow look again. What there is to see is in its own table already."""


async def look_again(connection: Executor, code: str, cause: str, actor: Actor, urgency: int) -> None:
    """Have the relay wake the duty of `code`, which is started when it does not run. Once for each `cause`."""
    await connection.execute(
        """INSERT INTO inbox (ticket_no, command_id, action, actor_role, actor_name, actor_unit, facts, digest, urgency,
               state, settled_at)
           VALUES ($1, $2, $3, $4, $5, $6, '{}', '', $7, 'applied', now()) ON CONFLICT DO NOTHING""",
        *(code, cause, DUTY, actor.role.value, actor.name, actor.unit, urgency),
    )


async def tell(connection: Executor, code: str, bell: Bell, audience: str) -> None:
    """Queue the notice that a bell calls for; twice queued it is one."""
    await connection.execute(
        "INSERT INTO outbox (ticket_no, key, audience, kind) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        *(code, f"{bell.kind}/{bell.at.isoformat()}/{audience}", audience, bell.kind.value),
    )
