"""The lead unit at work: sign-in, contact, progress, supervision (R24, 条例 art. 5, 15)."""

from dataclasses import replace

from domain.actor import Role
from domain.case import Case, Events
from domain.clock import ClockName
from domain.closing import close
from domain.commands import RecordContact, ReportProgress, SignIn, Supervise, Supplement, Withdraw
from domain.complaint import Complaint
from domain.events import ComplainantContacted, ProgressReported, SignedIn, Supervised, Supplemented
from domain.outcome import Outcome
from domain.refusal import Refusal


def sign_in(case: Case, _: SignIn) -> Events:
    """Once, by the lead unit; late is late but not refused."""
    case.require_lead()
    if case.state.signed_in:
        raise Refusal("already_signed_in", lead=case.state.lead)
    return (SignedIn(case.actor.unit),)


def record_contact(case: Case, command: RecordContact) -> Events:
    """Any number of tries; the contact duty is met when the complainant was reached (R24)."""
    case.require_lead()
    case.require_signed_in()
    return (ComplainantContacted(command.reached),)


def report_progress(case: Case, _: ReportProgress) -> Events:
    """How far the lead unit has come."""
    case.require_lead()
    case.require_signed_in()
    return (ProgressReported(case.actor.unit),)


def supervise(case: Case, _: Supervise) -> Events:
    """督办 by centre, bureau or municipality, or by the district in which the lead unit works (条例 art. 5, R16)."""
    state = case.state
    if case.actor.role is Role.UNIT and case.actor.unit not in (state.copy_to, state.district):
        raise Refusal("not_supervisor", unit=case.actor.unit, district=state.district)
    return (Supervised(case.actor.role.value),)


def supplement(_case: Case, _: Supplement) -> Events:
    """The lead unit learns that there is more to read."""
    return (Supplemented(),)


def withdraw(case: Case, _: Withdraw) -> Events:
    """The complainant ends it."""
    return (close(case.state, Outcome.WITHDRAWN),)


def apply_signed_in(state: Complaint, _: SignedIn) -> Complaint:
    """The sign-in clock stops."""
    return replace(state.without_clocks(ClockName.SIGN_IN), signed_in=True)


def apply_contacted(state: Complaint, event: ComplainantContacted) -> Complaint:
    """The contact clock stops when somebody answered."""
    return replace(state.without_clocks(ClockName.CONTACT), contacted=True) if event.reached else state


def apply_supervised(state: Complaint, _: Supervised) -> Complaint:
    """Counted on the ticket."""
    return replace(state, supervisions=state.supervisions + 1)
