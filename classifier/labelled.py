"""Texts whose item is known: the shipped corpus, and tickets that a seat has confirmed."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One text with its item and, where known, kind (R1) and place (division codes).

    ``personal`` marks a complainant's own words. The model learns from them, but keeps only what several of
    them share and never shows any of it as a reason (R5).
    """

    text: str
    item: str
    kind: str | None = None
    district: str | None = None
    street: str | None = None
    personal: bool = False


def read_labelled(paths: Iterable[Path]) -> tuple[LabelledText, ...]:
    """All rows of corpus files with the header ``text,item,kind,district,street,place,note``."""
    rows: list[LabelledText] = []
    for path in sorted(paths):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows.extend(
                LabelledText(
                    text=row["text"],
                    item=row["item"],
                    kind=row["kind"] or None,
                    district=row["district"] or None,
                    street=row["street"] or None,
                )
                for row in csv.DictReader(file)
            )
    return tuple(rows)
