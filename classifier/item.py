"""A leaf of the dispatch catalogue as the classifier sees it: names, words, urgency."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Item:
    """One catalogue item. ``tier`` is its limit ("2h", "24h", "7d", "15d"; rulebook §5)."""

    code: str
    level1: str
    level2: str
    level3: str
    words: tuple[str, ...] = ()
    urgent_words: tuple[str, ...] = ()
    tier: str = "7d"
    not_dispatched: str = ""

    @property
    def emergency(self) -> bool:
        """Whether the matter itself is urgent: a 2 h limit, or for 110/119/120/122 at once (R12)."""
        return self.tier == "2h" or self.not_dispatched == "transferred"


def split_words(cell: str) -> tuple[str, ...]:
    """The words of one catalogue cell, separated by semicolons of either width."""
    return tuple(word.strip() for word in cell.replace("；", ";").split(";") if word.strip())


def read_items(path: Path) -> tuple[Item, ...]:
    """The items of a catalogue file; the rulebook has validated it before."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Item(
                code=row["code"],
                level1=row["level1"],
                level2=row["level2"],
                level3=row["level3"],
                words=split_words(row["words"]),
                urgent_words=split_words(row["urgent_words"]),
                tier=row["tier"],
                not_dispatched=row["not_dispatched"],
            )
            for row in csv.DictReader(file)
        )
