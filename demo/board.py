"""The live board: where all complaints stand, which clocks have run out, what was refused."""

from collections.abc import Mapping

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

_STAGES = {
    "received": "已受理",
    "confirmation": "待确认",
    "consultation": "会商中",
    "settlement": "和解中",
    "joined": "已并单",
    "objection": "异议中",
    "handling": "办理中",
    "callback": "回访中",
    "closed": "已办结",
}
_CLOCKS = {
    "sign_in": "签收",
    "contact": "首次联系",
    "reminder": "提醒",
    "handling": "办理",
    "escalation": "提级",
    "opinion": "意见",
    "co_handling": "协办",
    "report_in": "报到",
    "callback": "回访",
    "callback_form": "问卷",
    "confirmation": "确认",
    "consultation": "会商",
    "settlement": "和解",
    "joined": "并单复核",
    "approval": "审批",
    "objection_decision": "异议裁定",
    "extension_decision": "延期审批",
}


def board(
    stages: Mapping[str, int], clocks: Mapping[str, int], refused: Mapping[str, int], said: str
) -> RenderableType:
    """One picture of the moment."""
    return Group(
        Columns(
            [
                Panel(_bars(stages, _STAGES), title="阶段", width=44),
                Panel(_counts({_CLOCKS[name]: n for name, n in clocks.items()}), title="到点的时限", width=26),
                Panel(_counts(refused), title="被规则拒绝", width=36),
            ]
        ),
        Text(said, style="dim"),
    )


def _bars(counts: Mapping[str, int], names: Mapping[str, str]) -> Table:
    most = max(counts.values(), default=1)
    table = Table.grid(padding=(0, 1))
    for key, name in names.items():
        count = counts.get(key, 0)
        table.add_row(name, Text("█" * round(24 * count / most), style="cyan"), str(count))
    return table


def _counts(counts: Mapping[str, int]) -> Table:
    table = Table.grid(padding=(0, 1))
    for name, count in sorted(counts.items(), key=lambda pair: -pair[1])[:8]:
        table.add_row(name, str(count))
    return table
