"""A duty of somebody's beside complaints, from the moment it is known until it is done: a durable alarm clock.

What is to be done, and until when, stands in PostgreSQL, where people change it; here it only gets its order in time.
So nothing is decided twice, and a duty whose workflow is lost is begun again by one signal (docs/decisions/0013).
"""

from datetime import timedelta

from temporalio import workflow

from activities import contracts
from activities.contracts import Attend, Attended
from domain.calendar import BEIJING
from workflows.alarm import minute
from workflows.asking import asked
from workflows.messages import DutyStart

LOOK_AGAIN = "look_again"


@workflow.defn(name="Duty")
class DutyWorkflow:
    """One duty. Its id is the code of what the duty is about."""

    @workflow.init
    def __init__(self, start: DutyStart) -> None:
        self._rung = start.rung
        self._changed = False

    @workflow.run
    async def run(self, start: DutyStart) -> None:
        """Ring what is due, then wait for the next bell or for news, until there is nothing more to ring for."""
        while True:
            self._changed = False
            attended = await asked(contracts.attend, Attend(start.code, workflow.now().astimezone(BEIJING), self._rung))
            self._rung = attended.rung
            if attended.next_at is not None:
                await self._bell_or_news(attended)
            elif not self._changed:
                return
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(DutyStart(start.code, self._rung))

    @workflow.signal(name=LOOK_AGAIN)
    def look_again(self) -> None:
        """Something about the duty has changed."""
        self._changed = True

    async def _bell_or_news(self, attended: Attended) -> None:
        assert attended.next_at is not None, "there is a next bell"
        summary = f"{attended.kind}, {minute(attended.next_at)}"
        workflow.set_current_details(f"- next: {summary}")
        left = max(attended.next_at - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(lambda: self._changed, timeout=left, timeout_summary=summary)
        except TimeoutError:
            return
