"""Trains the shipped pipeline on the even rows of a labelled file and measures it on the odd rows.

From the top folder: ``python -m benchmarks.classifier messages_labelled.csv [--taxonomy taxonomy.csv]``. (By its
path it would stand before the package of the same name.) Rows count from 0
and have the columns title, text and label; the taxonomy, when given, stands in for the catalogue's words.
Prints one line of JSON.
"""

import argparse
import csv
import json
import time
from pathlib import Path

from classifier import Item, LabelledText, Model
from classifier.report import evaluate
from classifier.training import train
from rulebook.files import load

POLICY = Path(__file__).parent.parent / "policy"
BATCH = 1_000
SINGLES = 300
LENGTHS = (250, 500, 1_000, 2_000)


def read_rows(path: Path) -> list[LabelledText]:
    """Title and text as one message, with its first-level label."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [LabelledText(text=f"{row['title']}。{row['text']}", item=row["label"]) for row in csv.DictReader(file)]


def items_of(rows: list[LabelledText], taxonomy: Path | None) -> list[Item]:
    """One item a label, with the names below it in the taxonomy as its words."""
    words: dict[str, dict[str, None]] = {row.item: {} for row in rows}
    if taxonomy is not None:
        with taxonomy.open(encoding="utf-8-sig", newline="") as file:
            for first, second, third in list(csv.reader(file))[1:]:
                if first in words:
                    words[first].update({second: None, third: None})
    return [Item(label, label, label, label, tuple(words[label])) for label in sorted(words)]


def single_times(model: Model, texts: list[str]) -> list[float]:
    """Seconds that each text takes when it comes alone, shortest first."""
    times: list[float] = []
    for text in texts:
        begun = time.perf_counter()
        model.propose(text)
        times.append(time.perf_counter() - begun)
    return sorted(times)


def by_length(model: Model, texts: list[str]) -> dict[str, float]:
    """Milliseconds of processor a message, by its characters: what other work on the machine does not change much.
    The best of three, and the mean of those."""
    times: dict[str, list[float]] = {}
    for text in texts:
        best = min(processor_time(model, text) for _ in range(3))
        longest = next((f"up to {most}" for most in LENGTHS if len(text) <= most), "longer")
        times.setdefault(longest, []).append(best)
    return {name: round(1_000 * sum(found) / len(found), 2) for name, found in sorted(times.items())}


def processor_time(model: Model, text: str) -> float:
    """Seconds of processor that one text takes."""
    begun = time.thread_time()
    model.propose(text)
    return time.thread_time() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", type=Path)
    parser.add_argument("--taxonomy", type=Path)
    options = parser.parse_args()
    rows = read_rows(options.messages)
    even, odd = rows[0::2], rows[1::2]
    begun = time.perf_counter()
    model = train(even, items_of(rows, options.taxonomy))
    trained = time.perf_counter() - begun
    threshold = load(POLICY)[-1].limits.confirm_below / 1000
    report = evaluate(model, odd, threshold)
    texts = [row.text for row in odd]
    batch = (texts * (BATCH // len(texts) + 1))[:BATCH]
    singles = single_times(model, batch[:SINGLES])
    begun = time.perf_counter()
    model.propose_many(batch)
    batched = time.perf_counter() - begun
    figures = {
        "macro_f1": round(report.macro_f1, 4),
        "accuracy": round(report.accuracy, 4),
        "ms_per_message": round(1_000 * sum(singles) / len(singles), 3),
        "ms_per_message_p99": round(1_000 * singles[int(0.99 * len(singles))], 3),
        "processor_ms_by_length": by_length(model, texts),
        "batch": BATCH,
        "batch_ms_per_message": round(1_000 * batched / BATCH, 3),
        "batch_messages_per_s": round(BATCH / batched),
        "threshold": threshold,
        "share_above_threshold": round(report.share_above, 4),
        "accuracy_above_threshold": report.accuracy_above and round(report.accuracy_above, 4),
        "calibration_error": round(report.calibration_error, 4),
        "train_rows": len(even),
        "test_rows": len(odd),
        "train_s": round(trained, 2),
        "taxonomy": options.taxonomy is not None,
        "mean_characters": round(sum(map(len, batch)) / len(batch)),
    }
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
