"""What an operator sees of a complaint in the Temporal UI without opening a payload: codes and instants only."""

from typing import Any

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.common import SearchAttributeKey, SearchAttributeUpdate

from domain.complaint import Complaint
from domain.lifecycle import Stage
from workflows.alarm import minute, summary

STAGE = SearchAttributeKey.for_keyword("HotlineStage")
UNIT = SearchAttributeKey.for_keyword("HotlineUnit")
DISTRICT = SearchAttributeKey.for_keyword("HotlineDistrict")
TIER = SearchAttributeKey.for_keyword("HotlineTier")
DUE = SearchAttributeKey.for_datetime("HotlineDue")
REGISTERED = {
    key.name: IndexedValueType.ValueType(key.indexed_value_type) for key in (STAGE, UNIT, DISTRICT, TIER, DUE)
}
"""What the namespace has to know before a complaint is started."""


def changed(before: Complaint, after: Complaint) -> list[SearchAttributeUpdate[Any]]:
    """The upsert that `after` calls for: nothing unless stage, lead unit or deadline has moved. An ended complaint
    gets none: its status says that it ended, and every upsert costs an event and a row of the visibility store."""
    updates: list[SearchAttributeUpdate[Any]] = []
    if after.stage is Stage.CLOSED:
        return updates
    if after.stage is not before.stage:
        updates.append(STAGE.value_set(after.stage.value))
    if after.lead != before.lead:
        updates += [UNIT.value_set(after.lead), DISTRICT.value_set(after.district)]
        updates.append(TIER.value_set(after.tier))
    if after.due is not None and after.due != before.due:
        updates.append(DUE.value_set(after.due))
    return updates


def details(state: Complaint) -> str:
    """The state in a few lines of markdown."""
    clock = state.next_due
    lines = [
        f"**{state.stage}**" + (f" → **{state.outcome}**" if state.outcome else ""),
        f"- next: {summary(clock)}" if clock else "- no clock runs",
        f"- lead unit `{state.lead or 'none yet'}`, item `{state.item or 'none yet'}`, policy `{state.policy}`",
    ]
    if state.due is not None:
        lines.append(f"- handling limit {minute(state.due)}" + (", **overdue**" if state.overdue else ""))
    if state.open_co_handlers:
        lines.append(f"- co-handling: {', '.join(state.open_co_handlers)}")
    if state.escalation is not None:
        lines.append(f"- opinion owed by `{state.escalation.to}`")
    return "\n".join(lines)
