"""Journal rows told in Chinese, for the people who read a complaint's timeline."""

from collections.abc import Callable
from datetime import datetime

from domain import events
from domain.calendar import BEIJING
from domain.span import Span, SpanUnit

Naming = Callable[[str], str]
"""Turns a unit or item code into its name."""

CLOCKS = {
    "confirmation": "分类确认",
    "consultation": "会商",
    "settlement": "快速和解",
    "joined": "并单复核",
    "objection_decision": "异议裁定",
    "sign_in": "签收",
    "contact": "首次联系",
    "reminder": "办理提醒",
    "report_in": "报到",
    "co_handling": "协办",
    "extension_decision": "延期审批",
    "approval": "审批",
    "opinion": "处理意见",
    "handling": "办理",
    "escalation": "提级",
    "callback": "回访",
    "callback_form": "回访问卷",
}
_KINDS = {"consultation": "咨询", "help": "求助", "complaint": "投诉", "report": "举报", "suggestion": "建议"}
_OUTCOMES = {
    "answered": "当场答复",
    "transferred": "转紧急服务",
    "statutory_channel": "告知法定途径",
    "secret": "涉密说明",
    "outside_duty": "告知市场或社会渠道",
    "unlawful": "劝导",
    "sister_hotline": "转津冀热线",
    "duplicate": "并入原工单",
    "terminated": "终止办理",
    "withdrawn": "诉求人撤回",
    "resolved": "已解决",
    "partly_resolved": "部分解决",
    "explained": "已解释说明",
    "unresolved": "未解决",
    "not_reached": "未联系上",
}
_RESOLVED = {"yes": "已解决", "partly": "部分解决", "no": "未解决"}
_SATISFIED = {
    "very_satisfied": "非常满意",
    "satisfied": "满意",
    "basically_satisfied": "基本满意",
    "dissatisfied": "不满意",
    "very_dissatisfied": "非常不满意",
}
_LEVELS = {"department": "行业主管部门", "district": "区政府", "municipality": "市政府"}
_OPINIONS = {
    "press": "督促办理",
    "reassign": "改派",
    "order_co_handling": "指定协办",
    "extend": "延长时限",
    "take_over": "提级办理",
}
_UNITS = {
    SpanUnit.MINUTES: "分钟",
    SpanUnit.HOURS: "小时",
    SpanUnit.SERVICE_HOURS: "个工作小时",
    SpanUnit.DAYS: "天",
    SpanUnit.WORKING_DAYS: "个工作日",
}
_WHY = {
    "confidence": "把握不足",
    "place": "地点不明",
    "unit": "单位不明",
    "separated": "并单撤销",
    "main_withdrawn": "主单已撤回",
    "joined_to_each_other": "与主单互相并单",
}
_RISKS = {"emergency": "突发事件", "stability": "影响社会稳定"}
_CAUSES = {
    "sensitive_words": "涉敏感内容",
    "group": "群体性诉求",
    "third_repeat": "同一事项多次反映",
}
_MEASURES = {
    "dissuaded": "劝阻",
    "criticised": "批评",
    "educated": "教育",
    "handed_to_police": "线索移交公安机关",
}
_TAKES = {"lead": "可主办", "co_handling": "可协办", "nothing": "认为与己无关"}
_MATTERS = {"explanation": "客观上无法解决的解释", "termination": "终止办理"}


def tell(event: events.Event, named: Naming) -> str:
    """One sentence for one event."""
    for part in (_tell_taking_up, _tell_dispatch, _tell_handling):
        told = part(event, named)
        if told is not None:
            return told
    return _tell_end(event) or type(event).__name__


def _tell_taking_up(event: events.Event, named: Naming) -> str | None:
    match event:
        case events.Classified():
            return f"分类：{_KINDS[event.kind]}·{named(event.item)}，把握 {event.confidence / 10:.0f}%"
        case events.EmergencyNoted():
            return "应急状态：非紧急事项，考核挂账" if event.deferred else f"应急状态：按 {event.tier} 时限办理"
        case events.RiskReported():
            return f"风险报告（{_RISKS[event.risk]}）：{'、'.join(named(to) for to in event.to)}"
        case events.SupervisionRaised():
            return f"督办级别升至 {event.level} 级（{_CAUSES.get(event.cause, event.cause)}）"
        case events.Dissuaded():
            return f"对不当拨打予以{_MEASURES[event.measure]}"
        case events.ConfirmationAsked():
            return f"{_WHY.get(event.why, event.why)}，请坐席在 {_at(event.due)} 前确认"
        case events.ClassificationConfirmed():
            return f"坐席{'更正' if event.corrected else '确认'}分类：{named(event.item)}"
        case events.NotDispatchedTold():
            copied = f"，抄送{named(event.copy_to)}" if event.copy_to else ""
            where = f"（{named(event.channel)}）" if event.channel else ""
            return f"不派单：{_OUTCOMES[event.disposition]}{where}{copied}"
        case events.AnsweredAtOnce():
            return f"即时答复（{event.answer}）" if event.answer else "接听时已答复"
        case events.RepeatLinked():
            return f"同一事项，此前工单 {event.repeat_of}"
        case events.Joined():
            return f"{'同一诉求人' if event.same_complainant else '同一事件'}，并入 {event.main}"
        case events.Separated():
            return f"撤销并单，与 {event.main} 分开办理"
        case events.MainEnded():
            return f"主单 {event.main} 办结：{_OUTCOMES[event.outcome]}"
        case events.RepeatCounted():
            return f"并入工单 {event.ticket_no}" + ("，有新情况" if event.new_facts else "")
        case events.RepeatLeft():
            return f"工单 {event.ticket_no} 退出并单"
        case _:
            return None


def _tell_dispatch(event: events.Event, named: Naming) -> str | None:
    match event:
        case events.ConsultationOpened():
            return f"会商：{'、'.join(named(unit) for unit in event.units)}，{_at(event.due)} 前商定"
        case events.ConsultationStated():
            return f"{named(event.unit)}会商意见：{_TAKES[event.takes]}"
        case events.ConsultationFailed():
            return f"会商未果，请主管部门在 {_at(event.designation_due)} 前指定"
        case events.ConsultationDecided():
            return "主管部门指定承办单位" if event.designated else "会商一致"
        case events.SettlementOffered():
            return f"转{named(event.platform)}快速和解，{_at(event.until)} 前答复"
        case events.Settled():
            return f"{named(event.unit)}报告已和解，{_at(event.callback_at)} 起回访"
        case events.SettlementFailed():
            return f"{named(event.unit)}未能和解，按普通诉求派单"
        case events.Replanned():
            return f"放假安排公布，办理时限重新核定为 {_at(event.due)}"
        case events.Dispatched():
            copied = f"，抄送{named(event.copy_to)}" if event.copy_to else ""
            how = "指定" if event.designated else "派单至"
            return f"{how}{named(event.lead)}{copied}，办理时限 {_at(event.due)}"
        case events.Objected():
            return f"{named(event.unit)}提出派单异议，{_at(event.decision_due)} 前裁定"
        case events.ObjectionUpheld():
            return f"异议成立，{named(event.unit)}退出"
        case events.ObjectionRejected():
            return "异议不成立，仍由原单位办理"
        case _:
            return None


def _tell_handling(event: events.Event, named: Naming) -> str | None:
    match event:
        case events.ClockRang():
            return f"{CLOCKS[event.clock]}时限到（{_at(event.due)}）"
        case events.Supervised():
            return "督办"
        case events.DecisionPressed():
            return f"催办：{CLOCKS[event.clock]}，新时限 {_at(event.due)}"
        case events.SignedIn():
            return f"{named(event.unit)}签收"
        case events.ComplainantContacted():
            return "已与诉求人取得联系" if event.reached else "联系诉求人，未接通"
        case events.ProgressReported():
            return f"{named(event.unit)}报告阶段进展"
        case events.ExtensionAsked():
            return f"申请延期 {_span(event.amount)}，{_at(event.decision_due)} 前审批"
        case events.ExtensionGranted():
            return f"同意延期至 {_at(event.due)}"
        case events.ExtensionDenied():
            return "延期未批（逾期未审）" if event.lapsed else "不同意延期"
        case events.CoHandlerJoined():
            return f"{'吹哨' if event.report_in_due else '请'}{named(event.unit)}协办，时限 {_at(event.due)}"
        case events.ReportedIn():
            return f"{named(event.unit)}报到"
        case events.ReportInRefused():
            return f"{named(event.unit)}拒绝报到，由区政府督促"
        case events.ApprovalAsked():
            return f"报请审批：{_MATTERS[event.matter]}，{_at(event.decision_due)} 前审批"
        case events.ApprovalGiven():
            return f"同意：{_MATTERS[event.matter]}"
        case events.ApprovalDenied():
            return f"不同意：{_MATTERS[event.matter]}"
        case events.CoHandlerReported():
            return f"{named(event.unit)}{'协办完成' if event.finished else '报告协办进展'}"
        case events.Escalated():
            return f"提级至{_LEVELS[event.level]}（{named(event.to)}），{_at(event.opinion_due)} 前出具意见"
        case events.OpinionIssued():
            return f"{_LEVELS[event.level]}意见：{_OPINIONS[event.opinion]}"
        case _:
            return None


def _tell_end(event: events.Event) -> str | None:
    match event:
        case events.ReportedDone():
            done = "报告办结" if event.done_as == "resolved" else "报告：客观上无法解决，已解释"
            return f"{done}，{_at(event.callback_at)} 起回访"
        case events.CallbackMissed():
            return f"第 {event.attempt} 次回访未按时进行"
        case events.NotReached():
            return f"第 {event.attempt} 次回访未接通"
        case events.CallbackPlanned():
            return f"第 {event.attempt} 次回访定于 {_at(event.at)}"
        case events.CallbackFormSent():
            return f"已发送回访问卷，{_at(event.until)} 前有效"
        case events.CalledBack():
            how = "问卷" if event.by_form else "电话"
            contact = "单位已联系" if event.contacted else "单位未联系"
            return f"{how}回访：{contact}，{_RESOLVED[event.resolved]}，{_SATISFIED[event.satisfied]}"
        case events.ReworkOrdered():
            return f"退回重办，时限 {_at(event.due)}"
        case events.Supplemented():
            return "诉求人补充情况"
        case events.Closed():
            return f"办结：{_OUTCOMES[event.outcome]}"
        case _:
            return None


def _span(written: str) -> str:
    span = Span.parse(written)
    return f"{span.amount} {_UNITS[span.unit]}"


def _at(instant: datetime) -> str:
    return f"{instant.astimezone(BEIJING):%m-%d %H:%M}"
