"""What handling units do to a complaint that is before them."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from api.answers import ACTION
from api.auth import may
from api.desk import Desk, desk
from api.presents import ACTION_ANSWER
from api.routes.tickets import TicketNo
from api.unit_bodies import (
    CoHandlingBody,
    CoHandlingReportBody,
    ConsultationStatementBody,
    ContactBody,
    EscalationBody,
    ExtensionRequestBody,
    ObjectionBody,
    ProgressBody,
    ReportDoneBody,
    ReportInBody,
    SettlementBody,
    SignInBody,
    TerminationRequestBody,
    WhistleBody,
)
from domain.actor import Actor
from domain.lifecycle import Action

router = APIRouter(prefix="/v1/complaints/{ticket_no}", tags=["units"], responses=ACTION)
_Desk = Annotated[Desk, Depends(desk)]


@router.post("/sign-in", summary="签收: the lead unit signs in", response_model=ACTION_ANSWER)
async def sign_in(
    ticket_no: TicketNo,
    body: SignInBody,
    actor: Annotated[Actor, may(Action.SIGN_IN)],
    desk: _Desk,
) -> JSONResponse:
    """Once; late is late, not refused."""
    return await desk.act(ticket_no, Action.SIGN_IN, actor, body)


@router.post("/contact", summary="The lead unit contacted the complainant", response_model=ACTION_ANSWER)
async def contact(
    ticket_no: TicketNo,
    body: ContactBody,
    actor: Annotated[Actor, may(Action.CONTACT)],
    desk: _Desk,
) -> JSONResponse:
    """Any number of tries (R24)."""
    return await desk.act(ticket_no, Action.CONTACT, actor, body)


@router.post("/progress", summary="The lead unit reports progress", response_model=ACTION_ANSWER)
async def progress(
    ticket_no: TicketNo,
    body: ProgressBody,
    actor: Annotated[Actor, may(Action.PROGRESS)],
    desk: _Desk,
) -> JSONResponse:
    """Told in the timeline."""
    return await desk.act(ticket_no, Action.PROGRESS, actor, body)


@router.post("/objection", summary="派单异议: not my duty or area", response_model=ACTION_ANSWER)
async def objection(
    ticket_no: TicketNo,
    body: ObjectionBody,
    actor: Annotated[Actor, may(Action.OBJECTION)],
    desk: _Desk,
) -> JSONResponse:
    """Inside its window; the handling limit runs on (条例 art. 12)."""
    return await desk.act(ticket_no, Action.OBJECTION, actor, body)


@router.post("/extension-request", summary="延期: ask for more time", response_model=ACTION_ANSWER)
async def extension_request(
    ticket_no: TicketNo,
    body: ExtensionRequestBody,
    actor: Annotated[Actor, may(Action.EXTENSION_REQUEST)],
    desk: _Desk,
) -> JSONResponse:
    """Before expiry, with a reason (条例 art. 15)."""
    return await desk.act(ticket_no, Action.EXTENSION_REQUEST, actor, body)


@router.post("/co-handling", summary="协办: the lead unit orders co-handling", response_model=ACTION_ANSWER)
async def co_handling(
    ticket_no: TicketNo,
    body: CoHandlingBody,
    actor: Annotated[Actor, may(Action.CO_HANDLING)],
    desk: _Desk,
) -> JSONResponse:
    """Each co-handler gets its own limit (条例 art. 14)."""
    return await desk.act(ticket_no, Action.CO_HANDLING, actor, body)


@router.post("/co-handling-report", summary="A co-handler reports", response_model=ACTION_ANSWER)
async def co_handling_report(
    ticket_no: TicketNo,
    body: CoHandlingReportBody,
    actor: Annotated[Actor, may(Action.CO_HANDLING_REPORT)],
    desk: _Desk,
) -> JSONResponse:
    """Result, or stage progress (R26)."""
    return await desk.act(ticket_no, Action.CO_HANDLING_REPORT, actor, body)


@router.post("/whistle", summary="吹哨: a street summons departments", response_model=ACTION_ANSWER)
async def whistle(
    ticket_no: TicketNo,
    body: WhistleBody,
    actor: Annotated[Actor, may(Action.WHISTLE)],
    desk: _Desk,
) -> JSONResponse:
    """They report in within their limit (R27)."""
    return await desk.act(ticket_no, Action.WHISTLE, actor, body)


@router.post("/report-in", summary="报到: a whistled unit is there", response_model=ACTION_ANSWER)
async def report_in(
    ticket_no: TicketNo,
    body: ReportInBody,
    actor: Annotated[Actor, may(Action.REPORT_IN)],
    desk: _Desk,
) -> JSONResponse:
    """Once."""
    return await desk.act(ticket_no, Action.REPORT_IN, actor, body)


@router.post("/escalation", summary="提级: the lead unit asks a government", response_model=ACTION_ANSWER)
async def escalation(
    ticket_no: TicketNo,
    body: EscalationBody,
    actor: Annotated[Actor, may(Action.ESCALATION)],
    desk: _Desk,
) -> JSONResponse:
    """It owes an opinion (条例 art. 20)."""
    return await desk.act(ticket_no, Action.ESCALATION, actor, body)


@router.post("/report-done", summary="The lead unit reports done", response_model=ACTION_ANSWER)
async def report_done(
    ticket_no: TicketNo,
    body: ReportDoneBody,
    actor: Annotated[Actor, may(Action.REPORT_DONE)],
    desk: _Desk,
) -> JSONResponse:
    """To complainant and hotline centre (R24-R26)."""
    return await desk.act(ticket_no, Action.REPORT_DONE, actor, body)


@router.post("/consultation-statement", summary="A party says what it takes", response_model=ACTION_ANSWER)
async def consultation_statement(
    ticket_no: TicketNo,
    body: ConsultationStatementBody,
    actor: Annotated[Actor, may(Action.CONSULTATION_STATEMENT)],
    desk: _Desk,
) -> JSONResponse:
    """Until it is decided, a party may change its mind (R18)."""
    return await desk.act(ticket_no, Action.CONSULTATION_STATEMENT, actor, body)


@router.post("/settlement", summary="A platform enterprise on a consumer dispute", response_model=ACTION_ANSWER)
async def settlement(
    ticket_no: TicketNo,
    body: SettlementBody,
    actor: Annotated[Actor, may(Action.SETTLEMENT)],
    desk: _Desk,
) -> JSONResponse:
    """Settled: the complainant is asked; not settled: dispatched as any other (R7)."""
    return await desk.act(ticket_no, Action.SETTLEMENT, actor, body)


@router.post("/termination-request", summary="The lead unit asks to end handling", response_model=ACTION_ANSWER)
async def termination_request(
    ticket_no: TicketNo,
    body: TerminationRequestBody,
    actor: Annotated[Actor, may(Action.TERMINATION_REQUEST)],
    desk: _Desk,
) -> JSONResponse:
    """In writing, with a reason; the centre approves (R31)."""
    return await desk.act(ticket_no, Action.TERMINATION_REQUEST, actor, body)
