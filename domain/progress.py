"""What a complainant is told of their own complaint (R4, 条例 art. 15, 23): how far it has come, until when, and the
result. What units and seats tell each other is not among it: an event that has no words here is not shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain import events
from domain.calendar import BEIJING
from domain.clock import ClockName
from domain.grounds import ExtensionGround, Matter
from domain.journal import Row
from domain.lifecycle import Stage
from domain.outcome import DoneAs, Outcome

Naming = Callable[[str], str]
"""Turns a unit or item code into its name."""

STAGES: Mapping[Stage, str] = {
    Stage.RECEIVED: "已受理",
    Stage.CONFIRMATION: "正在核对诉求内容",
    Stage.CONSULTATION: "正在会商确定承办单位",
    Stage.SETTLEMENT: "平台企业正在与您协商",
    Stage.JOINED: "与同一事项合并办理中",
    Stage.OBJECTION: "正在确定承办单位",
    Stage.HANDLING: "正在办理",
    Stage.CALLBACK: "已办理，正在回访",
    Stage.CLOSED: "已办结",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.ANSWERED: "已当场答复",
    Outcome.TRANSFERRED: "已转紧急服务处置",
    Outcome.STATUTORY_CHANNEL: "依法应通过法定途径处理，已告知途径",
    Outcome.SECRET: "涉及国家秘密、商业秘密或个人隐私，已说明",
    Outcome.OUTSIDE_DUTY: "不属于各单位职责，已告知市场或社会渠道",
    Outcome.UNLAWFUL: "不符合法律法规或公序良俗，已说明",
    Outcome.SISTER_HOTLINE: "已转天津或河北的12345热线",
    Outcome.DUPLICATE: "与原工单为同一事项，按原工单办理",
    Outcome.TERMINATED: "经批准终止办理",
    Outcome.WITHDRAWN: "您已撤回",
    Outcome.RESOLVED: "已解决",
    Outcome.PARTLY_RESOLVED: "部分解决",
    Outcome.EXPLAINED: "客观上暂时无法解决，已解释说明",
    Outcome.UNRESOLVED: "未解决",
    Outcome.NOT_REACHED: "多次回访未能联系到您",
}
_GROUNDS: Mapping[ExtensionGround, str] = {
    ExtensionGround.COMPLEX: "情况复杂",
    ExtensionGround.WAITING_FOR_OTHERS: "需等待其他单位",
    ExtensionGround.CONSTRUCTION: "需要施工",
    ExtensionGround.WEATHER: "天气原因",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, in Chinese. `result` is the step whose words are the result that the complainant is told
    (R24, R25), or empty: all other words stay among units and seats."""

    at: datetime
    told: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The instants that a complainant may hold the hotline to; None where none runs."""

    due: datetime | None = None
    contact_due: datetime | None = None
    callback_at: datetime | None = None
    form_until: datetime | None = None


def told(rows: Iterable[Row], named: Naming) -> tuple[Told, ...]:
    """What of a complaint's journal is meant for the complainant, in order."""
    found: list[Told] = []
    ground, explained_in = "", ""
    for row in rows:
        event = row.event
        match event:
            case events.ExtensionAsked():
                ground = _GROUNDS[ExtensionGround(event.ground)]
            case events.ApprovalAsked(matter=Matter.EXPLANATION):
                explained_in = row.step  # the unit's own words; those of the approval are the centre's
            case _:
                pass
        if sentence := _early(event, named) or _later(event, named, ground) or _end(event, named):
            done = event.done_as if isinstance(event, events.ReportedDone) else None
            words = {DoneAs.RESOLVED: row.step, DoneAs.EXPLAINED: explained_in, None: ""}
            found.append(Told(row.at, sentence, words[done]))
    return tuple(found)


def deadlines(rows: Iterable[Row]) -> Deadlines:
    """The deadlines that the journal leaves running."""
    standing = Deadlines()
    for row in rows:
        standing = _after(standing, row.event)
    return standing


def _after(before: Deadlines, event: events.Event) -> Deadlines:
    match event:
        case events.Dispatched() | events.ReworkOrdered():
            return Deadlines(event.due, event.contact_due)
        case events.SettlementOffered():
            return Deadlines(event.until)
        case events.ExtensionGranted() | events.Replanned():
            return replace(before, due=event.due)
        case events.ComplainantContacted(reached=True):
            return replace(before, contact_due=None)
        case events.ReportedDone() | events.Settled():
            return Deadlines(callback_at=event.callback_at)
        case events.Closed():
            return Deadlines()
        case _:
            return _after_callback(before, event)


def _after_callback(before: Deadlines, event: events.Event) -> Deadlines:
    """A call that is due because the limit has run out leaves the limit where it is."""
    match event:
        case events.CallbackPlanned():
            return replace(before, callback_at=event.at)
        case events.CallbackFormSent():
            return replace(before, callback_at=None, form_until=event.until)
        case events.CalledBack() | events.ClockRang(clock=ClockName.CALLBACK_FORM):
            return replace(before, callback_at=None, form_until=None)
        case _:
            return before


def _early(event: events.Event, named: Naming) -> str | None:
    match event:
        case events.AnsweredAtOnce():
            return "已当场答复"
        case events.NotDispatchedTold():
            return OUTCOMES[Outcome(event.disposition.value)]
        case events.RepeatLinked():
            return f"此前的工单 {event.repeat_of} 已就同一事项办结"
        case events.Joined():
            which = f"工单 {event.main} " if event.same_complainant else ""  # another's number is another's
            return f"与正在办理的{which}合并办理" if which else "与正在办理的同一事项合并办理"
        case events.Separated():
            return "不再合并办理，单独办理"
        case events.MainEnded(outcome=Outcome.WITHDRAWN):
            return "合并办理的另一诉求已由其诉求人撤回"
        case events.MainEnded():
            return f"合并办理的事项已办结：{OUTCOMES[event.outcome]}"
        case events.SettlementOffered():
            return f"已转{named(event.platform)}与您协商，{_at(event.until)} 前答复"
        case events.SettlementFailed():
            return "未能协商解决，转承办单位办理"
        case _:
            return None


def _later(event: events.Event, named: Naming, ground: str) -> str | None:
    match event:
        case events.Dispatched():
            return f"已派单至{named(event.lead)}办理，办理时限 {_at(event.due)}"
        case events.SignedIn():
            return f"{named(event.unit)}已签收"
        case events.ComplainantContacted():
            return "承办单位已与您联系" if event.reached else "承办单位曾与您联系，未能接通"
        case events.ProgressReported():
            return f"{named(event.unit)}报告了阶段进展"
        case events.ExtensionGranted():
            return f"{'经政府同意' if event.by_opinion else f'因{ground}'}，办理时限延至 {_at(event.due)}"
        case events.Replanned():
            return f"放假安排公布，办理时限调整为 {_at(event.due)}"
        case events.Supplemented():
            return "已记录您补充的情况"
        case _:
            return None


def _end(event: events.Event, named: Naming) -> str | None:
    match event:
        case events.ReportedDone():
            done = "报告已办结" if event.done_as is DoneAs.RESOLVED else "说明：客观上暂时无法解决"
            return f"承办单位{done}，热线中心将于 {_at(event.callback_at)} 起回访"
        case events.Settled():
            return f"{named(event.unit)}报告已与您达成一致，热线中心将于 {_at(event.callback_at)} 起回访"
        case events.NotReached():
            return "回访未能接通"
        case events.CallbackFormSent():
            return f"已向您发送回访问卷，{_at(event.until)} 前有效"
        case events.CalledBack():
            return "已记录您的评价"
        case events.ReworkOrdered():
            return f"已退回承办单位重办，办理时限 {_at(event.due)}"
        case events.Closed():
            return f"已办结：{OUTCOMES[event.outcome]}"
        case _:
            return None


def _at(instant: datetime) -> str:
    return f"{instant.astimezone(BEIJING):%Y-%m-%d %H:%M}"
