"""Fast settlement: a consumer dispute stands before its platform enterprise first (R7)."""

from dataclasses import replace
from datetime import datetime

from domain.callback import first_attempt
from domain.case import Case, Events
from domain.clock import Clock, ClockName
from domain.commands import ReportSettlement
from domain.complaint import Complaint, Settlement
from domain.dispatch import dispatched
from domain.events import Settled, SettlementFailed, SettlementOffered
from domain.lifecycle import Stage
from domain.outcome import DoneAs
from domain.triage import Plan


def offered(plan: Plan, platform: str, now: datetime) -> SettlementOffered:
    """The enterprise has its own limit; where the matter goes otherwise is settled already."""
    terms = plan.terms
    until = terms.due(now, terms.limits.settlement)
    return SettlementOffered(platform, plan.route.lead, plan.route.copy_to, terms.policy, terms.tier, until)


def report(case: Case, command: ReportSettlement) -> Events:
    """Settled, which the complainant is asked about; or not, and it is dispatched as any other."""
    case.require_lead()
    if not command.settled:
        return failed(case.state, case.now)
    first = first_attempt(case.state.pinned, case.now)
    return (Settled(case.actor.unit, first.at, first.until),)


def failed(state: Complaint, now: datetime) -> Events:
    """To the unit whose duty it is, with whole limits."""
    assert state.settlement is not None, "only what was before a platform can fail there"
    sent = dispatched(state.pinned, state.settlement.lead, state.settlement.copy_to, now)
    return (SettlementFailed(state.lead), sent)


def run_out(state: Complaint, _clock: Clock, now: datetime) -> Events:
    """Silence is no settlement."""
    return failed(state, now)


def apply_offered(state: Complaint, event: SettlementOffered) -> Complaint:
    """The platform enterprise leads until it has settled or not."""
    before = replace(
        state.moved(Stage.SETTLEMENT),
        policy=event.policy,
        tier=event.tier.value,
        lead=event.platform,
        settlement=Settlement(event.lead, event.copy_to),
    )
    return before.with_clocks(Clock(ClockName.SETTLEMENT, event.until))


def apply_settled(state: Complaint, event: Settled) -> Complaint:
    """To settle is to have spoken with the complainant."""
    settled = replace(
        state.moved(Stage.CALLBACK),
        clocks=(),
        contacted=True,
        done_as=DoneAs.RESOLVED,
        attempt=1,
        callback_at=event.callback_at,
    )
    return settled.with_clocks(Clock(ClockName.CALLBACK, event.callback_until, "1"))


def apply_failed(state: Complaint, _: SettlementFailed) -> Complaint:
    """As if it had never been there; the dispatch that follows sets everything else."""
    return replace(state, settlement=None, done_as=None, attempt=0, callback_at=None, contacted=False)
