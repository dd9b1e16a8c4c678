"""Reads one CSV file of the policy into checked rows, each with its line."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from rulebook.fault import PolicyFault
from rulebook.reason import where_and_why

Row = TypeVar("Row", bound=BaseModel)


@dataclass(slots=True)
class Sheet(Generic[Row]):
    """The good rows of one file with their lines, and the faults of the others."""

    file: str
    rows: list[tuple[int, Row]] = field(default_factory=list[tuple[int, Row]])
    faults: list[PolicyFault] = field(default_factory=list[PolicyFault])

    def blame(self, line: int | None, reason: str) -> None:
        """Record a fault of this file."""
        self.faults.append(PolicyFault(self.file, line, reason))


def read_sheet(path: Path, file: str, model: type[Row]) -> Sheet[Row]:
    """Read `path` as UTF-8 CSV whose header is exactly the fields of `model`; faults are collected, not raised."""
    sheet: Sheet[Row] = Sheet(file)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sheet.blame(data.count(b"\n", 0, error.start) + 1, "is not UTF-8 text")
        return sheet
    lines = _lines(sheet, text)
    header = list(model.model_fields)
    first = next(lines, None)
    if first is None or first[1] != header:
        sheet.blame(1, f"the header must be {','.join(header)}")
        return sheet
    for line, cells in lines:
        _take(sheet, model, header, line, cells)
    if not sheet.rows and not sheet.faults:
        sheet.blame(None, "has no rows")
    return sheet


def _lines(sheet: Sheet[Row], text: str) -> Iterator[tuple[int, list[str]]]:
    """Non-empty records with the line they begin on; a quoted cell may run over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        sheet.blame(begins, f"is not CSV: {error}")


def _take(sheet: Sheet[Row], model: type[Row], header: list[str], line: int, cells: list[str]) -> None:
    if len(cells) != len(header):
        sheet.blame(line, f"has {len(cells)} cells, the header has {len(header)}")
        return
    stray = [name for name, cell in zip(header, cells, strict=True) if cell != cell.strip()]
    for name in stray:
        sheet.blame(line, f"{name}: has blanks around it")
    try:
        row = model.model_validate(dict(zip(header, cells, strict=True)))
    except ValidationError as error:
        for found in error.errors():
            sheet.blame(line, where_and_why(found)[1])
        return
    if not stray:
        sheet.rows.append((line, row))
