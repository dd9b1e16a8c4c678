"""Brings kept commands to their complaints and settles them. The API does so at once, the relay again and again."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from api.acknowledging import Acknowledging
from api.gateway import Answer, Applied, Gateway, NotRunning, Refused
from domain.facts import to_facts
from domain.follow_up import main_end
from domain.lifecycle import Action, Stage
from domain.outcome import Outcome
from domain.urgency import ORDINARY
from store import inbox, tickets
from store.connection import Pool
from store.duties import DUTY
from store.inbox import INTAKE, Command
from store.tickets import Ticket

Ended = Callable[[Command], Awaitable[bool]]
"""Takes up the complaint of an intake where that is likely to be its end; whether it was."""


class Delivery:
    """One database, one gateway, and for the relay a short way for what ends as it is taken up."""

    def __init__(self, pool: Pool, gateway: Gateway, ended: Ended | None = None) -> None:
        self._pool = pool
        self._gateway = gateway
        self._ended = ended
        self._acknowledging = Acknowledging(pool)
        self.crowded = False
        """Whether a complaint had to wait for a worker since this was last set to False. Who is started next goes to a
        worker before those that wait: it is time to bring fewer."""

    async def deliver(self, command: Command, patience: timedelta) -> Command:
        """The command as it stands afterwards: `applied`, `refused`, or still `pending` when nobody answered."""
        if command.action == INTAKE:
            return await self._start(command)
        if command.action == DUTY:
            await self._gateway.attend(command.ticket_no, command.urgency)
            self._acknowledging.note(command.ticket_no, command.command_id)
            return command
        for in_turn in (False, True):
            match await self._act(command, patience, in_turn=in_turn):
                case Applied(standing):
                    self._acknowledging.note(command.ticket_no, command.command_id)
                    return replace(command, state="applied", told=to_facts(standing))
                case Refused() as refused:
                    ticket = await tickets.read(self._pool, command.ticket_no)
                    if not _is_behind(ticket, refused):
                        return await self._when_refused(command, refused, ticket)
                case NotRunning():
                    return await self._when_not_running(command)
                case _:
                    break
        return await self._as_kept(command)

    async def end(self, command: Command) -> bool:
        """Take up the complaint of an intake, without the engine, where that is likely to be its end; whether it was.
        If not, its workflow will go on from what was recorded."""
        if await self._ends(command):
            return True
        await inbox.leave(self._pool, command.ticket_no)
        return False

    async def _ends(self, command: Command) -> bool:
        if self._ended is None or not await self._ended(command):
            return False
        self._acknowledging.note(command.ticket_no, command.command_id)
        return True

    async def settled(self) -> None:
        """Return once it is noted what the engine has; before the pool is closed."""
        await self._acknowledging.settled()

    async def engine_is_up(self) -> bool:
        """Whether there is any use in delivering now."""
        return await self._gateway.is_up()

    async def _act(self, command: Command, patience: timedelta, *, in_turn: bool) -> Answer:
        return await self._gateway.act(
            *(command.ticket_no, command.command_id, command.action, command.actor, command.facts, patience),
            in_turn=in_turn,
        )

    async def _when_refused(self, command: Command, refused: Refused, ticket: Ticket | None) -> Command:
        """Refused for good: it was decided on the journal's last row."""
        if ticket is not None and ticket.stage == Stage.CLOSED:
            await self._tell_end(command, ticket)
        return await inbox.refuse(self._pool, command.ticket_no, command.command_id, refused.code, refused.facts)

    async def _start(self, command: Command) -> Command:
        if await self._ends(command):
            return replace(command, state="applied")
        received_at = datetime.fromisoformat(cast(str, command.facts["received_at"]))
        district = cast(str, command.facts.get("district", ""))
        urgency = min(command.urgency, ORDINARY)  # it was not answered after all, and is behind nobody any more
        if not await self._gateway.start(command.ticket_no, received_at, urgency, district):
            self.crowded = True
        self._acknowledging.note(command.ticket_no, command.command_id)
        return command

    async def _when_not_running(self, command: Command) -> Command:
        """Closed: the journal tells whether the command was applied before the end; if not, it came too late.
        Not closed: not started yet, so the command waits behind the intake."""
        ticket = await tickets.read(self._pool, command.ticket_no)
        if ticket is None or ticket.stage != Stage.CLOSED:
            return await self._as_kept(command)
        facts = {"action": command.action, "stage": ticket.stage}
        await self._tell_end(command, ticket)
        return await inbox.refuse(self._pool, command.ticket_no, command.command_id, "closed", facts)

    async def _tell_end(self, command: Command, ticket: Ticket) -> None:
        """The main ticket ended just before another was joined to it, which must not wait for ever."""
        if command.action == Action.REPEAT:
            joined, outcome = str(command.facts["ticket_no"]), Outcome(ticket.outcome)
            ended = main_end(joined, command.ticket_no, outcome, command.command_id)
            await inbox.put_all(self._pool, [ended])

    async def _as_kept(self, command: Command) -> Command:
        return await inbox.read(self._pool, command.ticket_no, command.command_id) or command


def _is_behind(ticket: Ticket | None, refused: Refused) -> bool:
    """Whether the journal has rows that the complaint did not know when it refused: a worker that died had recorded
    them, or another step was being recorded at that moment."""
    return ticket is not None and ticket.seq > refused.seq
