"""Whether a candidate takes the place of the model in use: both are asked about the same tickets, neither knew them."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from classifier.figures import Report, report_on
from classifier.labelled import LabelledText
from classifier.model import Model
from classifier.proposal import Proposal
from classifier.thresholds import Thresholds

FEWEST = 50
"""Held-out tickets below which no difference means anything."""

WORSE_CALIBRATION = 0.02
"""By how much the calibration error may grow: it moves by about as much from one week's tickets to the next."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The model in use and a candidate on the same texts.

    ``gained`` are texts whose item the candidate has right and the model in use has not, ``lost`` the other way
    round. ``missed_before`` and ``missed_now`` are texts about an emergency that each does not call urgent.
    """

    in_use: Report
    candidate: Report
    gained: int
    lost: int
    missed_before: int
    missed_now: int


def compare(
    in_use: Model,
    candidate: Model,
    rows: Sequence[LabelledText],
    emergencies: Collection[str],
    thresholds: Thresholds,
) -> Comparison:
    """Both models' figures on ``rows``; ``emergencies`` are codes of urgent items. ValueError without any row."""
    texts = [row.text for row in rows]
    before, now = in_use.propose_many(texts), candidate.propose_many(texts)
    right = [(one.item == row.item, two.item == row.item) for row, one, two in zip(rows, before, now, strict=True)]
    return Comparison(
        in_use=report_on(rows, before, in_use.version, thresholds.sure),
        candidate=report_on(rows, now, candidate.version, thresholds.sure),
        gained=right.count((False, True)),
        lost=right.count((True, False)),
        missed_before=_missed(rows, before, emergencies, thresholds.alarm),
        missed_now=_missed(rows, now, emergencies, thresholds.alarm),
    )


def against(comparison: Comparison | None) -> tuple[str, ...]:
    """Every reason, for readers, not to promote the candidate; none when it is better. None compares nothing."""
    if comparison is None:
        return ("没有留检工单可供比较",)
    before, now = comparison.in_use, comparison.candidate
    if now.model_version == before.model_version:
        return ("候选与在用模型相同",)
    reasons: list[str] = []
    if now.texts < FEWEST:
        reasons.append(f"留检工单只有 {now.texts} 条，少于 {FEWEST} 条，看不出高下")
    if not now.better_than(before):
        reasons.append("宏平均 F1 没有提高，或免确认部分的正确率下降超过 1 个百分点")
    if _by_chance(comparison.gained, comparison.lost):
        reasons.append(f"改对 {comparison.gained} 条，改错 {comparison.lost} 条，差距可能出于偶然")
    if now.calibration_error > before.calibration_error + WORSE_CALIBRATION:
        reasons.append(f"校准误差由 {before.calibration_error:.3f} 升到 {now.calibration_error:.3f}")
    if comparison.missed_now > comparison.missed_before:
        reasons.append(f"漏掉的紧急诉求由 {comparison.missed_before} 条增到 {comparison.missed_now} 条")
    return tuple(reasons)


def comparison_table(comparison: Comparison, names: Mapping[str, str], most: int | None = None) -> str:
    """Both models side by side in Chinese, then the items that changed, losses first; ``most`` limits the items."""
    before, now = comparison.in_use, comparison.candidate
    lines = [
        f"留检工单 {now.texts} 条，两个模型都没有学过；免确认阈值 {now.threshold:.2f}",
        f"                  在用 {before.model_version}  候选 {now.model_version}",
        *(
            f"{_wide(name, 18)}{one:>17}{two:>19}"
            for name, one, two in (
                ("宏平均 F1", f"{before.macro_f1:.3f}", f"{now.macro_f1:.3f}"),
                ("首选正确率", _percent(before.accuracy), _percent(now.accuracy)),
                ("前五包含率", _percent(before.among_candidates), _percent(now.among_candidates)),
                ("校准误差", f"{before.calibration_error:.3f}", f"{now.calibration_error:.3f}"),
                ("免确认占比", _percent(before.share_above), _percent(now.share_above)),
                ("免确认正确率", _percent(before.accuracy_above), _percent(now.accuracy_above)),
                ("漏掉的紧急诉求", str(comparison.missed_before), str(comparison.missed_now)),
            )
        ),
        f"改对 {comparison.gained} 条，改错 {comparison.lost} 条",
    ]
    changed = _changed(before, now)
    if changed:
        lines += ["", "事项        文本   在用 F1   候选 F1  名称"]
    for item, texts, one, two in changed[:most]:
        lines.append(f"{item:<10}{texts:>6}{one:>10.3f}{two:>10.3f}  {names.get(item, '')}".rstrip())
    return "\n".join(lines)


def _by_chance(gained: int, lost: int) -> bool:
    """Whether the lead is within one standard deviation of what two equally good models would show."""
    return gained - lost <= math.sqrt(gained + lost)


def _changed(before: Report, now: Report) -> list[tuple[str, int, float, float]]:
    """Items with a text whose F1 differs: code, texts, F1 before and now; the greatest loss first."""
    was = {each.item: each.f1 for each in before.items}
    changed = [
        (each.item, each.texts, was[each.item], each.f1)
        for each in now.items
        if each.texts and each.f1 != was[each.item]
    ]
    return sorted(changed, key=lambda row: (row[3] - row[2], row[0]))


def _missed(
    rows: Sequence[LabelledText], proposals: Sequence[Proposal], emergencies: Collection[str], alarm: float
) -> int:
    pairs = zip(rows, proposals, strict=True)
    return sum(row.item in emergencies and not found.urgent_from(alarm) for row, found in pairs)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.1f}%"


def _wide(text: str, columns: int) -> str:
    """Padded to columns of a terminal, where a Chinese character takes two."""
    return text + " " * (columns - sum(1 if character.isascii() else 2 for character in text))
