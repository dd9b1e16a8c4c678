"""What the demo's complainants say: the shipped corpus, or any CSV with a column of text."""

import csv
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_TEXT_COLUMNS = ("text", "matter", "内容", "留言详情", "诉求内容")
_TITLE_COLUMNS = ("title", "标题", "留言主题")
_TIME_COLUMNS = ("time", "created", "留言时间")
_TIMES = ("%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M")
_LONGEST = 10_000


class BadInput(Exception):
    """A file that holds no complaints; the text says why."""


@dataclass(frozen=True, slots=True)
class Message:
    """One complaint to hand in. Codes are what the file's label says, or empty."""

    number: int
    text: str
    kind: str = ""
    item: str = ""
    district: str = ""
    street: str = ""
    time: datetime | None = None


def read(path: Path) -> list[Message]:
    """Every row of a CSV file with text in it, in file order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames or []
        if not any(column in columns for column in _TEXT_COLUMNS):
            raise BadInput(f"{path}: no column of {', '.join(_TEXT_COLUMNS)} in its first line")
        messages = list(_messages(reader))
    if not messages:
        raise BadInput(f"{path}: no row has text")
    return messages


def shipped(folder: Path, count: int, seed: int) -> list[Message]:
    """`count` complaints of the corpus in an order of their own, from the start again when it is used up."""
    corpus = [message for path in sorted(folder.glob("*.csv")) for message in read(path)]
    shuffled = random.Random(seed).sample(corpus, len(corpus))
    return [shuffled[number % len(shuffled)] for number in range(count)]


def _messages(rows: Iterable[dict[str, str]]) -> Iterator[Message]:
    for number, row in enumerate(rows, start=1):
        told = " ".join(part for part in (_first(row, _TITLE_COLUMNS), _first(row, _TEXT_COLUMNS)) if part)
        text = "".join(ch for ch in told if ch >= " " or ch in "\n\t").replace("\x7f", "").strip()[:_LONGEST]
        if text:
            codes = {name: row.get(name) or "" for name in ("kind", "item", "district", "street")}
            yield Message(number, text, **codes, time=_time(_first(row, _TIME_COLUMNS)))


def _first(row: dict[str, str], columns: tuple[str, ...]) -> str:
    return next((row[column].strip() for column in columns if row.get(column)), "")


def _time(written: str) -> datetime | None:
    for shape in _TIMES:
        try:
            return datetime.strptime(written, shape)  # noqa: DTZ007 - only differences count
        except ValueError:
            continue
    return None
