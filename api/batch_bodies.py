"""What a batch is sent as: one action, its body, and the tickets that it is for. Calls, contacts, evaluations and what
a complainant adds or withdraws are each one person's own, and no batch speaks for many of them (R39)."""

from typing import Annotated, Generic, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from api.bodies import TICKET_PATTERN, ActionBody, Body
from api.centre_bodies import (
    ApprovalBody,
    ClassificationBody,
    ConsultationBody,
    ConsultationDecisionBody,
    ExtensionDecisionBody,
    ObjectionDecisionBody,
    RiskReportBody,
    SeparationBody,
    SupervisionBody,
)
from api.unit_bodies import (
    CoHandlingBody,
    CoHandlingReportBody,
    EscalationBody,
    ExtensionRequestBody,
    ObjectionBody,
    OpinionBody,
    ProgressBody,
    ReportDoneBody,
    ReportInBody,
    SignInBody,
    TerminationRequestBody,
    WhistleBody,
)

MOST_TICKETS = 1000
Name = TypeVar("Name")
Given = TypeVar("Given", bound=ActionBody)


def _each_once(ticket_nos: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(ticket_nos)) < len(ticket_nos):
        raise PydanticCustomError("named_twice", "Input should name each ticket once")
    return ticket_nos


class Batch(Body, Generic[Name, Given]):
    """One action on many tickets."""

    action: Name
    """The action, by the name of its resource."""
    ticket_nos: Annotated[
        tuple[Annotated[str, Field(pattern=TICKET_PATTERN)], ...],
        Field(min_length=1, max_length=MOST_TICKETS, examples=[["20261122-00000017", "20261122-00000023"]]),
        AfterValidator(_each_once),
    ]
    """The tickets, each once."""
    body: Given
    """What the action's own resource takes; its words are kept for every ticket."""


class ClassificationBatch(Batch[Literal["classification"], ClassificationBody]):
    """One item and place for many."""


class ConsultationBatch(Batch[Literal["consultation"], ConsultationBody]):
    """The same parties on many."""


class ConsultationDecisionBatch(Batch[Literal["consultation-decision"], ConsultationDecisionBody]):
    """One agreement or designation for many."""


class ObjectionDecisionBatch(Batch[Literal["objection-decision"], ObjectionDecisionBody]):
    """One arbitration for many."""


class ExtensionDecisionBatch(Batch[Literal["extension-decision"], ExtensionDecisionBody]):
    """One decision on many requests."""


class ApprovalBatch(Batch[Literal["approval"], ApprovalBody]):
    """One decision on many explanations or terminations."""


class SeparationBatch(Batch[Literal["separation"], SeparationBody]):
    """Many wrong merges undone."""


class SupervisionBatch(Batch[Literal["supervision"], SupervisionBody]):
    """Many pressed."""


class RiskReportBatch(Batch[Literal["risk-report"], RiskReportBody]):
    """One risk seen in many."""


class SignInBatch(Batch[Literal["sign-in"], SignInBody]):
    """Many signed in."""


class ProgressBatch(Batch[Literal["progress"], ProgressBody]):
    """One progress on many."""


class ObjectionBatch(Batch[Literal["objection"], ObjectionBody]):
    """One objection to many dispatches."""


class ExtensionRequestBatch(Batch[Literal["extension-request"], ExtensionRequestBody]):
    """One extension asked for many."""


class CoHandlingBatch(Batch[Literal["co-handling"], CoHandlingBody]):
    """The same co-handlers for many."""


class CoHandlingReportBatch(Batch[Literal["co-handling-report"], CoHandlingReportBody]):
    """One co-handler's report on many."""


class WhistleBatch(Batch[Literal["whistle"], WhistleBody]):
    """One whistle for many."""


class ReportInBatch(Batch[Literal["report-in"], ReportInBody]):
    """One report-in for many."""


class EscalationBatch(Batch[Literal["escalation"], EscalationBody]):
    """Many put before one government."""


class OpinionBatch(Batch[Literal["opinion"], OpinionBody]):
    """One opinion on many."""


class TerminationRequestBatch(Batch[Literal["termination-request"], TerminationRequestBody]):
    """One reason to end many."""


class ReportDoneBatch(Batch[Literal["report-done"], ReportDoneBody]):
    """One result for many."""


AnyBatch: TypeAlias = Annotated[
    ClassificationBatch
    | ConsultationBatch
    | ConsultationDecisionBatch
    | ObjectionDecisionBatch
    | ExtensionDecisionBatch
    | ApprovalBatch
    | SeparationBatch
    | SupervisionBatch
    | RiskReportBatch
    | SignInBatch
    | ProgressBatch
    | ObjectionBatch
    | ExtensionRequestBatch
    | CoHandlingBatch
    | CoHandlingReportBatch
    | WhistleBatch
    | ReportInBatch
    | EscalationBatch
    | OpinionBatch
    | TerminationRequestBatch
    | ReportDoneBatch,
    Field(discriminator="action"),
]
