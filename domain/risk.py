"""What government has to know, and how closely a case is watched (R6, R14, R30; 条例 art. 29, 37)."""

from dataclasses import replace

from domain.case import Case, Events
from domain.commands import Dissuade, ReportRisk
from domain.complaint import Complaint
from domain.events import Dissuaded, EmergencyNoted, RiskReported, SupervisionRaised
from domain.grounds import Risk

HIGHEST_LEVEL = 3
"""1: the hotline centre watches; 2: the district too; 3: the municipality too."""


def reported(state: Complaint, risk: Risk, district: str) -> RiskReported:
    """To the district, where it is known, and to the municipality."""
    return RiskReported(risk, tuple(to for to in (district, state.municipality) if to))


def report_risk(case: Case, command: ReportRisk) -> Events:
    """By whoever sees it, at any time: one report too many does no harm."""
    return (reported(case.state, command.risk, case.state.district),)


def raised(state: Complaint, *causes: str) -> Events:
    """One level up for each cause, as far as levels go."""
    room = HIGHEST_LEVEL - state.supervision_level
    return tuple(
        SupervisionRaised(state.supervision_level + step, cause) for step, cause in enumerate(causes[:room], start=1)
    )


def dissuade(_case: Case, command: Dissuade) -> Events:
    """Abuse is answered and recorded; the complaint goes its way, and nobody is blocked (R6)."""
    return (Dissuaded(command.measure),)


def apply_raised(state: Complaint, event: SupervisionRaised) -> Complaint:
    """Watched more closely."""
    return replace(state, supervision_level=event.level)


def apply_noted(state: Complaint, event: EmergencyNoted) -> Complaint:
    """Handled in the emergency's tier, or left out of assessment for now (R44)."""
    return replace(
        state,
        emergency=event.emergency,
        emergency_tier=event.tier,
        deferred=event.deferred,
        urgent=state.urgent or not event.deferred,
    )
