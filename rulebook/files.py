"""Reads a policy folder into books, or refuses it whole with file, line and reason for each fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from domain.catalogue import Item
from domain.channel import Channel
from domain.unit import Unit
from rulebook.agreement import disagreements
from rulebook.book import Book
from rulebook.calendar_table import CalendarTable, one_calendar
from rulebook.channel_row import ChannelRow, about_channels
from rulebook.fault import BadPolicy, PolicyFault
from rulebook.item_row import ItemRow, about_catalogue
from rulebook.limits_table import LimitsTable
from rulebook.reason import dotted, where_and_why
from rulebook.sheet import Sheet, read_sheet
from rulebook.toml_text import TomlText, read_toml
from rulebook.unit_row import UnitRow, about_units

Value = TypeVar("Value")
Table = TypeVar("Table", LimitsTable, CalendarTable)
Row = TypeVar("Row", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Source(Generic[Value]):
    """What one file says from its date on; `lines` tells where each code stands."""

    file: str
    effective_from: date
    value: Value
    lines: Mapping[str, int]


def load(folder: Path) -> list[Book]:
    """One book for each date on which a catalogue, units, channels or limits file takes effect, oldest first.

    A book is made of the newest file of each kind not later than its date, and of all calendars.
    Raises BadPolicy with every fault found.
    """
    faults: list[PolicyFault] = []
    catalogues = list(_catalogues(folder, faults))
    units = list(_units(folder, faults))
    channels = list(_channels(folder, faults))
    limit_files = list(_limits(folder, faults))
    calendars = list(_calendars(folder, faults))
    if faults:
        # Cross checks on half-read files would only add faults that are none.
        raise BadPolicy(faults)
    calendar = one_calendar(calendars)
    books: list[Book] = []
    for day in sorted({source.effective_from for source in (*catalogues, *units, *channels, *limit_files)}):
        items_then, units_then = _newest(catalogues, day), _newest(units, day)
        channels_then, limits_then = _newest(channels, day), _newest(limit_files, day)
        named = {"catalogue": items_then, "units": units_then, "channels": channels_then, "limits": limits_then}
        faults += [
            PolicyFault(kind, None, f"has no file in force on {day}") for kind, found in named.items() if found is None
        ]
        if items_then is None or units_then is None or channels_then is None or limits_then is None:
            continue
        for code, reason in disagreements(items_then.value, units_then.value):
            faults.append(PolicyFault(items_then.file, items_then.lines[code], reason))
        table = limits_then.value
        limits, words, house = table.limits(), table.marks(), table.house()
        items, units_known, known = items_then.value, units_then.value, channels_then.value
        books.append(Book.made_of(day, limits, words, items, units_known, calendar, known, house))
    if faults:
        raise BadPolicy(faults)
    return books


def _newest(sources: list[Source[Value]], day: date) -> Source[Value] | None:
    in_force = [source for source in sources if source.effective_from <= day]
    return max(in_force, key=lambda source: source.effective_from, default=None)


def _catalogues(folder: Path, faults: list[PolicyFault]) -> Iterator[Source[Mapping[str, Item]]]:
    for path, file, day in _dated(folder, "catalogue", ".csv", faults):
        sheet = read_sheet(path, file, ItemRow)
        for line, row in sheet.rows:
            for reason in row.reasons():
                sheet.blame(line, reason)
        for line, reason in about_catalogue(sheet.rows):
            sheet.blame(line, reason)
        faults += sheet.faults
        yield Source(file, day, {row.code: row.item() for _, row in sheet.rows}, _lines_of(sheet))


def _units(folder: Path, faults: list[PolicyFault]) -> Iterator[Source[Mapping[str, Unit]]]:
    for path, file, day in _dated(folder, "units", ".csv", faults):
        sheet = read_sheet(path, file, UnitRow)
        for line, row in sheet.rows:
            for reason in row.reasons():
                sheet.blame(line, reason)
        if not sheet.faults:
            # A row that could not be read would be missed as a parent.
            for line, reason in about_units(sheet.rows):
                sheet.blame(line, reason)
        faults += sheet.faults
        yield Source(file, day, {row.code: row.unit() for _, row in sheet.rows}, _lines_of(sheet))


def _channels(folder: Path, faults: list[PolicyFault]) -> Iterator[Source[Mapping[str, Channel]]]:
    for path, file, day in _dated(folder, "channels", ".csv", faults):
        sheet = read_sheet(path, file, ChannelRow)
        for line, row in sheet.rows:
            for reason in row.reasons():
                sheet.blame(line, reason)
        for line, reason in about_channels(sheet.rows):
            sheet.blame(line, reason)
        faults += sheet.faults
        yield Source(file, day, {row.code: row.channel() for _, row in sheet.rows}, _lines_of(sheet))


def _lines_of(sheet: Sheet[ItemRow] | Sheet[UnitRow] | Sheet[ChannelRow]) -> dict[str, int]:
    return {row.code: line for line, row in sheet.rows}


def _limits(folder: Path, faults: list[PolicyFault]) -> Iterator[Source[LimitsTable]]:
    for path, file, day in _dated(folder, "limits", ".toml", faults):
        text = _toml(path, file, faults)
        table = None if text is None else _table(text, LimitsTable, faults)
        if table is not None:
            yield Source(file, day, table, {})


def _calendars(folder: Path, faults: list[PolicyFault]) -> Iterator[CalendarTable]:
    for path, file in _listed(folder, "calendar", ".toml", faults):
        text = _toml(path, file, faults)
        table = None if text is None else _table(text, CalendarTable, faults)
        if text is None or table is None:
            continue
        if path.stem != str(table.year):
            faults.append(text.fault(("year",), f"year: {table.year} is not the year in the file's name"))
        yield table


def _toml(path: Path, file: str, faults: list[PolicyFault]) -> TomlText | None:
    text = read_toml(path, file)
    if isinstance(text, PolicyFault):
        faults.append(text)
        return None
    return text


def _table(text: TomlText, model: type[Table], faults: list[PolicyFault]) -> Table | None:
    try:
        table = model.model_validate(text.value)
    except ValidationError as error:
        faults += [text.fault(*where_and_why(found)) for found in error.errors()]
        return None
    faults += [text.fault(place, f"{dotted(place)}: {reason}") for place, reason in table.reasons()]
    return table


def _dated(folder: Path, kind: str, suffix: str, faults: list[PolicyFault]) -> Iterator[tuple[Path, str, date]]:
    """Files of a kind with the date their name says they take effect on."""
    for path, file in _listed(folder, kind, suffix, faults):
        try:
            day = date.fromisoformat(path.stem)
        except ValueError:
            faults.append(PolicyFault(file, None, "must be named by the date it takes effect on, as 2026-01-01"))
            continue
        yield path, file, day


def _listed(folder: Path, kind: str, suffix: str, faults: list[PolicyFault]) -> list[tuple[Path, str]]:
    """Files of a kind by name; hidden ones are an editor's own, any other stranger is a fault."""
    found: list[tuple[Path, str]] = []
    place = folder / kind
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        file = f"{kind}/{path.name}"
        if path.name.startswith("."):
            continue
        if path.suffix == suffix and path.is_file():
            found.append((path, file))
        else:
            faults.append(PolicyFault(file, None, f"is no {suffix} file"))
    if not found:
        faults.append(PolicyFault(kind, None, f"holds no {suffix} file"))
    return found


def day_names(folder: Path) -> dict[date, str]:
    """The holiday that each day off and make-up day belongs to, by the calendar files. Raises BadPolicy."""
    faults: list[PolicyFault] = []
    tables = list(_calendars(folder, faults))
    if faults:
        raise BadPolicy(faults)
    return {day.date: day.name for table in tables for day in table.day}
