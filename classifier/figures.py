"""How good proposals are against what is known to be right: the figures of a report."""

from collections.abc import Sequence
from dataclasses import dataclass

from classifier.labelled import LabelledText
from classifier.proposal import Proposal

_BANDS = 10


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One catalogue item: its texts, and how they and others were proposed. Shares from 0 to 1."""

    item: str
    texts: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Report:
    """Figures over texts that the model had not seen. All shares run from 0 to 1.

    ``calibration_error`` is the mean distance between confidence and accuracy over ten bands of confidence,
    by their texts; ``surprise`` the mean squared one a text (Brier). ``district_found`` and ``street_found``
    are shares of the texts with a known place, many of which never name it; ``…_right`` are shares of the places
    proposed. A share of nothing is None.
    """

    model_version: str
    texts: int
    accuracy: float
    among_candidates: float
    macro_f1: float
    threshold: float
    share_above: float
    accuracy_above: float | None
    calibration_error: float
    surprise: float
    kind_accuracy: float | None
    district_found: float | None
    district_right: float | None
    street_found: float | None
    street_right: float | None
    items: tuple[ItemFigures, ...]

    def better_than(self, other: "Report") -> bool:
        """Whether to promote this candidate: more right, and no less honest where no seat looks.

        Macro-F1 must rise, and accuracy above the threshold may not fall by more than one in a hundred.
        """
        held = (self.accuracy_above or 0.0) >= (other.accuracy_above or 0.0) - 0.01
        return self.macro_f1 > other.macro_f1 and held


def report_on(
    rows: Sequence[LabelledText],
    proposals: Sequence[Proposal],
    model_version: str,
    threshold: float,
) -> Report:
    """The figures for proposals against their labelled texts; `threshold` is the confidence from which no seat is
    asked (R15). Raises ValueError without any text."""
    if not rows:
        raise ValueError("a report needs at least one labelled text")
    pairs = list(zip(rows, proposals, strict=True))
    right = [proposal.item == row.item for row, proposal in pairs]
    sure = [proposal.confidence for proposal in proposals]
    above = [hit for hit, confidence in zip(right, sure, strict=True) if confidence >= threshold]
    items = _item_figures(pairs)
    return Report(
        model_version=model_version,
        texts=len(rows),
        accuracy=sum(right) / len(rows),
        among_candidates=sum(
            any(candidate.item == row.item for candidate in proposal.candidates) for row, proposal in pairs
        )
        / len(rows),
        macro_f1=sum(each.f1 for each in items) / len(items),
        threshold=threshold,
        share_above=len(above) / len(rows),
        accuracy_above=_share(above),
        calibration_error=_calibration_error(sure, right),
        surprise=sum((confidence - hit) ** 2 for confidence, hit in zip(sure, right, strict=True)) / len(rows),
        kind_accuracy=_share([proposal.kind == row.kind for row, proposal in pairs if row.kind is not None]),
        district_found=_share([found.district == row.district for row, found in pairs if row.district]),
        district_right=_share([found.district == row.district for row, found in pairs if found.district]),
        street_found=_share([found.street == row.street for row, found in pairs if row.street]),
        street_right=_share([found.street == row.street for row, found in pairs if found.street]),
        items=items,
    )


def _item_figures(pairs: Sequence[tuple[LabelledText, Proposal]]) -> tuple[ItemFigures, ...]:
    """Per item that has a text or was proposed, in the order of the codes."""
    texts: dict[str, int] = {}
    proposed: dict[str, int] = {}
    hits: dict[str, int] = {}
    for row, proposal in pairs:
        texts[row.item] = texts.get(row.item, 0) + 1
        proposed[proposal.item] = proposed.get(proposal.item, 0) + 1
        hits[row.item] = hits.get(row.item, 0) + (row.item == proposal.item)
    figures: list[ItemFigures] = []
    for item in sorted({*texts, *proposed}):
        known, named, hit = texts.get(item, 0), proposed.get(item, 0), hits.get(item, 0)
        figures.append(
            ItemFigures(
                item=item,
                texts=known,
                precision=hit / named if named else 0.0,
                recall=hit / known if known else 0.0,
                f1=2 * hit / (known + named),
            )
        )
    return tuple(figures)


def _calibration_error(sure: Sequence[float], right: Sequence[bool]) -> float:
    bands: dict[int, list[tuple[float, bool]]] = {}
    for confidence, hit in zip(sure, right, strict=True):
        bands.setdefault(min(int(confidence * _BANDS), _BANDS - 1), []).append((confidence, hit))
    gaps = (abs(sum(confidence - hit for confidence, hit in band)) for band in bands.values())
    return sum(gaps) / len(right)


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None
