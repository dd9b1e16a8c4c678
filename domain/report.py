"""The lead unit reports done, to the complainant and to the hotline centre (R24-R26, 条例 art. 14, 15)."""

from dataclasses import replace

from domain.approval import ask_to_explain, require_none_pending
from domain.callback import first_attempt
from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.commands import ReportDone
from domain.complaint import Complaint
from domain.events import ReportedDone
from domain.lifecycle import Stage
from domain.outcome import DoneAs
from domain.refusal import Refusal


def report_done(case: Case, command: ReportDone) -> Events:
    """Refused while a co-handler is open, unless overridden for a written reason that is kept (R26)."""
    case.require_lead()
    case.require_signed_in()
    still_open = case.state.open_co_handlers
    if still_open and not command.override:
        raise Refusal("co_handler_open", units=list(still_open))
    if command.override and not still_open:
        raise Refusal("nothing_to_override")
    require_none_pending(case.state)
    if command.done_as is DoneAs.EXPLAINED:
        return ask_to_explain(case, command)
    first = first_attempt(case.state.pinned, case.now)
    return (ReportedDone(command.done_as, still_open, first.at, first.until),)


def apply_reported(state: Complaint, event: ReportedDone) -> Complaint:
    """Every clock of handling stops; the first callback is planned."""
    done = replace(
        state.moved(Stage.CALLBACK),
        clocks=(),
        done_as=event.done_as,
        overrode=state.overrode or bool(event.overriding),
        co_handlers=tuple(replace(each, finished=True) for each in state.co_handlers),
        extension=None,
        approval=None,
        called_back=False,
        escalation=None,
        attempt=1,
        callback_at=event.callback_at,
    )
    return done.with_clocks(Clock(ClockName.CALLBACK, event.callback_until, "1"))
