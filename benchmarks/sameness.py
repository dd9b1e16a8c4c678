"""How often the hotline is right that two complaints are the same matter or event, on pairs that a person has read.

From the top folder: ``python -m benchmarks.sameness MESSAGES.csv``. The labels lie in
``tests/nearness/labels``, without a word of the messages; docs/nearness.md says what they mean and how they were drawn.
Places are taken where a message names one district alone; items are not known. Prints a table by threshold.
"""

import argparse
import csv
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.nearness import Traits, Wording, name_agreement, nearness, text_likeness
from nearness.finder import worded
from nearness.rarity import Rarity, counted_corpus
from nearness.terms import terms_of
from store.terms import Sample, Terms
from vault.keyring import KeyRing
from vault.seal import Vault

LABELS = Path(__file__).parent.parent / "tests" / "nearness" / "labels"
THRESHOLDS = (200, 250, 300, 340, 380, 420, 460, 500, 600, 700)
COPIED = 900
"""Likeness of text from which a message was handed in twice rather than written twice."""
_SAMPLE = 2_000
_DISTRICT = re.compile(r"[A-Z]\d+[市区县]")
_ANY_TIME = datetime(2019, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two messages and whether they are the same matter; drawn from a stratum."""

    first: str
    second: str
    stratum: str
    same: bool

    @property
    def one_complainant(self) -> bool:
        """Whether one complainant wrote both."""
        return self.stratum.endswith("-same")

    @property
    def nearest(self) -> bool:
        """Whether the pair was drawn from messages and the nearest one before each, as the hotline meets them."""
        return self.stratum.startswith("nearest-")


@dataclass(frozen=True, slots=True)
class Figures:
    """How good a threshold is."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Stream:
    """The messages, as the hotline would have them."""

    def __init__(self, messages: Path) -> None:
        self._vault = Vault(KeyRing.fresh())
        self._rows = {row["message_id"]: row for row in _rows(messages)}
        drawn = [self._terms(message) for message in random.Random(20261122).sample(list(self._rows), _SAMPLE)]
        counts = Counter(term for own in drawn for term in (*own.pairs, *own.names))
        heard = {term: count for term, count in counts.items() if count > 1}
        self._rarity = Rarity(counted_corpus(self._vault), Sample(len(self._rows), _SAMPLE, heard))
        self._known: dict[str, tuple[Traits, Wording]] = {}

    def text(self, first: str, second: str) -> int:
        """Likeness of text, in thousandths."""
        return text_likeness(self._of(first)[1].pairs, self._of(second)[1].pairs)

    def score(self, first: str, second: str) -> int:
        """The score that a complaint gets for another, in thousandths."""
        (now, said), (then, told) = self._of(first), self._of(second)
        return nearness(now, then, self.text(first, second), name_agreement(said.names, told.names))

    def in_time(self, messages: Iterable[str]) -> list[str]:
        """Oldest first."""
        return sorted(messages, key=lambda message: (_when(self._rows[message]["time"]), message))

    def _of(self, message: str) -> tuple[Traits, Wording]:
        if message not in self._known:
            traits = Traits(_ANY_TIME, "", _district(self._rows[message]), "")
            self._known[message] = traits, worded(self._terms(message), self._rarity)
        return self._known[message]

    def _terms(self, message: str) -> Terms:
        row = self._rows[message]
        return terms_of(self._vault, row["title"], row["text"])


def pairs() -> list[Pair]:
    """All labelled pairs."""
    return [
        Pair(row["first"], row["second"], row["stratum"], row["same"] == "1") for row in _rows(LABELS / "pairs.csv")
    ]


def weights(labelled: list[Pair]) -> dict[str, float]:
    """How many pairs each labelled one stands for, by stratum."""
    drawn = Counter(pair.stratum for pair in labelled)
    return {row["stratum"]: int(row["pairs"]) / drawn[row["stratum"]] for row in _rows(LABELS / "strata.csv")}


def figures(stream: Stream, labelled: list[Pair], threshold: int, weight: Mapping[str, float] | None = None) -> Figures:
    """Precision and recall of "the same from `threshold` on"; weighted, an estimate for all that was drawn from."""
    said = right = true = 0.0
    for pair in labelled:
        counts = 1.0 if weight is None else weight[pair.stratum]
        taken = stream.score(pair.first, pair.second) >= threshold
        said += counts * taken
        true += counts * pair.same
        right += counts * (taken and pair.same)
    return Figures(right / said if said else 1.0, right / true)


def events() -> list[list[str]]:
    """Messages about one event each, found by its name and read."""
    found: dict[str, list[str]] = {}
    for row in _rows(LABELS / "events.csv"):
        found.setdefault(row["event"], []).append(row["message"])
    return list(found.values())


def joined(stream: Stream, found: list[list[str]], threshold: int, *, copies: bool) -> float:
    """Share of messages, the first of each event apart, that an earlier one of their event is found for. Without
    copies: of those that are no copy of an earlier one, by the others."""
    whole = hits = 0
    for event in found:
        ordered = stream.in_time(event)
        for place, message in enumerate(ordered[1:], start=1):
            before = ordered[:place]
            if not copies and any(stream.text(message, old) >= COPIED for old in before):
                continue
            whole += 1
            hits += any(stream.score(message, old) >= threshold for old in before)
    return hits / whole


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", type=Path)
    stream, labelled, found = Stream(parser.parse_args().messages), pairs(), events()
    weight = weights(labelled)
    groups = {
        "others, drawn": ([pair for pair in labelled if not pair.one_complainant], None),
        "one complainant, drawn": ([pair for pair in labelled if pair.one_complainant], None),
        "others, estimated": ([pair for pair in labelled if pair.nearest and not pair.one_complainant], weight),
        "one complainant, estimated": ([pair for pair in labelled if pair.nearest and pair.one_complainant], weight),
    }
    for name, (group, how) in groups.items():
        print(f"{name}: {len(group)} pairs, {sum(pair.same for pair in group)} the same")
        for threshold in THRESHOLDS:
            got = figures(stream, group, threshold, how)
            print(f"  {threshold}  precision {got.precision:.3f}  recall {got.recall:.3f}  F1 {got.f1:.3f}")
    print(f"events: {len(found)}, {sum(map(len, found))} messages")
    for threshold in THRESHOLDS:
        all_of_them, written = (joined(stream, found, threshold, copies=copies) for copies in (True, False))
        print(f"  {threshold}  joined {all_of_them:.3f}  without copies {written:.3f}")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _district(row: dict[str, str]) -> str:
    """The one district that the title names, or else the one that the whole names; as a seat would state it."""
    for text in (row["title"], row["title"] + row["text"]):
        named = set(_DISTRICT.findall(text))
        if len(named) == 1:
            return named.pop()
    return ""


def _when(written: str) -> datetime:
    shape = "%Y/%m/%d %H:%M:%S" if "/" in written else "%Y-%m-%d %H:%M:%S"
    return datetime.strptime(written, shape)  # noqa: DTZ007 - only their order counts


if __name__ == "__main__":
    main()
