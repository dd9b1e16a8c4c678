"""What seats, complainants, the bureau and governments do to a complaint."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from api.answers import ACTION
from api.auth import may
from api.centre_bodies import (
    ApprovalBody,
    CallbackBody,
    ClassificationBody,
    ConsultationBody,
    ConsultationDecisionBody,
    DissuasionBody,
    EvaluationBody,
    ExtensionDecisionBody,
    ObjectionDecisionBody,
    RiskReportBody,
    SeparationBody,
    SupervisionBody,
    SupplementBody,
    WithdrawalBody,
)
from api.desk import Desk, desk
from api.presents import ACTION_ANSWER
from api.routes.tickets import TicketNo
from api.unit_bodies import OpinionBody
from domain.actor import Actor
from domain.lifecycle import Action

router = APIRouter(prefix="/v1/complaints/{ticket_no}", tags=["centre"], responses=ACTION)
_Desk = Annotated[Desk, Depends(desk)]


@router.post("/classification", summary="Confirm or correct item and place", response_model=ACTION_ANSWER)
async def classification(
    ticket_no: TicketNo,
    body: ClassificationBody,
    actor: Annotated[Actor, may(Action.CLASSIFICATION)],
    desk: _Desk,
) -> JSONResponse:
    """A seat's word; the complaint goes where the catalogue sends it (R15)."""
    return await desk.act(ticket_no, Action.CLASSIFICATION, actor, body)


@router.post("/objection-decision", summary="The bureau arbitrates an objection", response_model=ACTION_ANSWER)
async def objection_decision(
    ticket_no: TicketNo,
    body: ObjectionDecisionBody,
    actor: Annotated[Actor, may(Action.OBJECTION_DECISION)],
    desk: _Desk,
) -> JSONResponse:
    """Upheld: to the named unit with fresh limits."""
    return await desk.act(ticket_no, Action.OBJECTION_DECISION, actor, body)


@router.post("/extension-decision", summary="The hotline centre decides on an extension", response_model=ACTION_ANSWER)
async def extension_decision(
    ticket_no: TicketNo,
    body: ExtensionDecisionBody,
    actor: Annotated[Actor, may(Action.EXTENSION_DECISION)],
    desk: _Desk,
) -> JSONResponse:
    """Granted: the limit moves."""
    return await desk.act(ticket_no, Action.EXTENSION_DECISION, actor, body)


@router.post("/opinion", summary="The addressed government's opinion", response_model=ACTION_ANSWER)
async def opinion(
    ticket_no: TicketNo,
    body: OpinionBody,
    actor: Annotated[Actor, may(Action.OPINION)],
    desk: _Desk,
) -> JSONResponse:
    """Press, reassign, order co-handling, take over (R28)."""
    return await desk.act(ticket_no, Action.OPINION, actor, body)


@router.post("/callback", summary="回访: a seat's attempt", response_model=ACTION_ANSWER)
async def callback(
    ticket_no: TicketNo,
    body: CallbackBody,
    actor: Annotated[Actor, may(Action.CALLBACK)],
    desk: _Desk,
) -> JSONResponse:
    """The three answers, or not reached (R32)."""
    return await desk.act(ticket_no, Action.CALLBACK, actor, body)


@router.post("/evaluation", summary="The complainant's own answers", response_model=ACTION_ANSWER)
async def evaluation(
    ticket_no: TicketNo,
    body: EvaluationBody,
    actor: Annotated[Actor, may(Action.EVALUATION)],
    desk: _Desk,
) -> JSONResponse:
    """Count like a callback's (R4)."""
    return await desk.act(ticket_no, Action.EVALUATION, actor, body)


@router.post("/supervision", summary="督办", response_model=ACTION_ANSWER)
async def supervision(
    ticket_no: TicketNo,
    body: SupervisionBody,
    actor: Annotated[Actor, may(Action.SUPERVISION)],
    desk: _Desk,
) -> JSONResponse:
    """The case is pressed (条例 art. 5)."""
    return await desk.act(ticket_no, Action.SUPERVISION, actor, body)


@router.post("/supplement", summary="The complainant adds something", response_model=ACTION_ANSWER)
async def supplement(
    ticket_no: TicketNo,
    body: SupplementBody,
    actor: Annotated[Actor, may(Action.SUPPLEMENT)],
    desk: _Desk,
) -> JSONResponse:
    """The lead unit is told."""
    return await desk.act(ticket_no, Action.SUPPLEMENT, actor, body)


@router.post("/withdrawal", summary="The complainant withdraws", response_model=ACTION_ANSWER)
async def withdrawal(
    ticket_no: TicketNo,
    body: WithdrawalBody,
    actor: Annotated[Actor, may(Action.WITHDRAWAL)],
    desk: _Desk,
) -> JSONResponse:
    """The complaint is closed."""
    return await desk.act(ticket_no, Action.WITHDRAWAL, actor, body)


@router.post("/consultation", summary="会商: the centre calls the parties together", response_model=ACTION_ANSWER)
async def consultation(
    ticket_no: TicketNo,
    body: ConsultationBody,
    actor: Annotated[Actor, may(Action.CONSULTATION)],
    desk: _Desk,
) -> JSONResponse:
    """Before dispatch, where duty is hard to tell (R18)."""
    return await desk.act(ticket_no, Action.CONSULTATION, actor, body)


@router.post("/consultation-decision", summary="Lead and co-handlers are fixed", response_model=ACTION_ANSWER)
async def consultation_decision(
    ticket_no: TicketNo,
    body: ConsultationDecisionBody,
    actor: Annotated[Actor, may(Action.CONSULTATION_DECISION)],
    desk: _Desk,
) -> JSONResponse:
    """By agreement; after the limit by the designation of the bureau (R18)."""
    return await desk.act(ticket_no, Action.CONSULTATION_DECISION, actor, body)


@router.post("/separation", summary="A wrong merge is undone", response_model=ACTION_ANSWER)
async def separation(
    ticket_no: TicketNo,
    body: SeparationBody,
    actor: Annotated[Actor, may(Action.SEPARATION)],
    desk: _Desk,
) -> JSONResponse:
    """The complaint comes before a seat again (R13)."""
    return await desk.act(ticket_no, Action.SEPARATION, actor, body)


@router.post("/approval", summary="The centre on an explanation or a termination", response_model=ACTION_ANSWER)
async def approval(
    ticket_no: TicketNo,
    body: ApprovalBody,
    actor: Annotated[Actor, may(Action.APPROVAL)],
    desk: _Desk,
) -> JSONResponse:
    """Approved: reported done as explained, or ended (R25, R31)."""
    return await desk.act(ticket_no, Action.APPROVAL, actor, body)


@router.post("/risk-report", summary="A risk that government has to know of", response_model=ACTION_ANSWER)
async def risk_report(
    ticket_no: TicketNo,
    body: RiskReportBody,
    actor: Annotated[Actor, may(Action.RISK_REPORT)],
    desk: _Desk,
) -> JSONResponse:
    """Told to district and municipality at once (R14)."""
    return await desk.act(ticket_no, Action.RISK_REPORT, actor, body)


@router.post("/dissuasion", summary="Abuse of the hotline is answered", response_model=ACTION_ANSWER)
async def dissuasion(
    ticket_no: TicketNo,
    body: DissuasionBody,
    actor: Annotated[Actor, may(Action.DISSUASION)],
    desk: _Desk,
) -> JSONResponse:
    """Recorded; the complaint goes its way, and nobody is blocked (R6)."""
    return await desk.act(ticket_no, Action.DISSUASION, actor, body)
