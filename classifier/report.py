"""The report on a classifier: figures by cross-validation or on held-out tickets, and their table."""

from collections.abc import Mapping, Sequence

from classifier.documents import LONGEST_GRAM, MOST_GRAMS
from classifier.figures import Report, report_on
from classifier.gazetteer import Place
from classifier.grams import choose_grams
from classifier.groups import near_copies, spread
from classifier.item import Item
from classifier.labelled import LabelledText
from classifier.model import Model
from classifier.proposal import Proposal
from classifier.solver import Solver
from classifier.training import train
from classifier.wording import clean

FOLDS = 5


def evaluate(model: Model, rows: Sequence[LabelledText], threshold: float) -> Report:
    """Figures of one model on texts that it was not trained on."""
    return report_on(rows, model.propose_many([row.text for row in rows]), model.version, threshold)


def cross_validate(
    rows: Sequence[LabelledText],
    items: Sequence[Item],
    places: Sequence[Place] = (),
    *,
    folds: int = FOLDS,
    threshold: float,
) -> Report:
    """Figures over all rows, each proposed by a model trained on the other folds.

    The whole of training is repeated in each fold, calibration too; near-copies never stand on both sides.
    The version in the report names the procedure, since there is one model a fold.
    """
    cleaned = [clean(row.text) for row in rows]
    grams = choose_grams(cleaned, [1] * len(rows), LONGEST_GRAM, MOST_GRAMS)
    likeness = Solver([grams.vector(text) for text in cleaned], len(grams.known)).likeness
    fold_of = spread([row.item for row in rows], near_copies(likeness), folds)
    proposals: dict[int, Proposal] = {}
    for fold in range(folds):
        held = [number for number in range(len(rows)) if fold_of[number] == fold]
        if held:
            model = train([rows[number] for number in range(len(rows)) if fold_of[number] != fold], items, places)
            found = model.propose_many([rows[number].text for number in held])
            proposals.update(zip(held, found, strict=True))
    ordered = [proposals[number] for number in range(len(rows))]
    return report_on(rows, ordered, f"cross-validation in {folds} folds", threshold)


def table(report: Report, names: Mapping[str, str] | None = None, most: int | None = None) -> str:
    """The report as text in Chinese: the whole first, then the items, weakest first.

    ``names`` gives items a readable name; ``most`` limits the items shown.
    """
    lines = [
        f"模型 {report.model_version}　文本 {report.texts} 条",
        f"首选正确率 {_percent(report.accuracy)}　前五包含率 {_percent(report.among_candidates)}"
        f"　宏平均 F1 {report.macro_f1:.3f}",
        f"置信度 ≥ {report.threshold:.2f}：占 {_percent(report.share_above)}，"
        f"其中正确 {_percent(report.accuracy_above)}",
        f"校准误差 {report.calibration_error:.3f}　Brier {report.surprise:.3f}",
        f"诉求类型正确率 {_percent(report.kind_accuracy)}",
        f"区：找到 {_percent(report.district_found)}，所提正确 {_percent(report.district_right)}"
        f"　街道乡镇：找到 {_percent(report.street_found)}，所提正确 {_percent(report.street_right)}",
        "",
        "事项        文本   准确率   召回率      F1  名称",
    ]
    weakest = sorted(report.items, key=lambda each: (each.f1, -each.texts, each.item))
    for each in weakest[:most]:
        name = (names or {}).get(each.item, "")
        lines.append(
            f"{each.item:<10}{each.texts:>6}{_percent(each.precision):>10}{_percent(each.recall):>10}"
            f"{each.f1:>8.3f}  {name}".rstrip()
        )
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.1f}%"
