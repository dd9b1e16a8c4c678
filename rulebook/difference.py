"""What changes between two books, in lines a person can read before applying the newer one."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import cast

from domain.catalogue import Item
from domain.channel import Channel
from domain.span import Span
from domain.unit import Unit
from rulebook.book import Book

_NOTHING = "–"


def diff(old: Book, new: Book) -> list[str]:
    """Readable lines, in the order limits, items, units, channels, calendar; none when only the date changes."""
    return [
        *_limits(old, new),
        *_entries("item", old.items, new.items),
        *_entries("unit", old.units, new.units),
        *_entries("channel", old.channels, new.channels),
        *_calendar(old, new),
    ]


def _limits(old: Book, new: Book) -> Iterator[str]:
    before, after = dict(_all_limits(old)), dict(_all_limits(new))
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name, _NOTHING), after.get(name, _NOTHING)
        if was != now:
            yield f"limits {name}: {was} → {now}"


def _all_limits(book: Book) -> Iterator[tuple[str, str]]:
    yield from _leaves(book.limits, "")
    yield from _leaves(book.words, "words")
    yield from _leaves(book.house, "")


def _leaves(value: object, name: str) -> Iterator[tuple[str, str]]:
    """Every single value under `value`, by dotted name."""
    if isinstance(value, Mapping):
        pairs = [(str(key), part) for key, part in cast(Mapping[object, object], value).items()]
    elif is_dataclass(value) and not isinstance(value, Span):
        pairs = [(entry.name, getattr(value, entry.name)) for entry in fields(value)]
    else:
        yield name, _told(value)
        return
    for key, part in pairs:
        yield from _leaves(part, f"{name}.{key}" if name else key)


def _entries(
    noun: str, old: Mapping[str, Item | Unit | Channel], new: Mapping[str, Item | Unit | Channel]
) -> Iterator[str]:
    for code in sorted({*old, *new}):
        before, after = old.get(code), new.get(code)
        if before is None and after is not None:
            yield f"{noun} {code} {_title(after)}: added"
        elif after is None and before is not None:
            yield f"{noun} {code} {_title(before)}: removed"
        elif before is not None and after is not None and before != after:
            yield f"{noun} {code} {_title(after)}: {'; '.join(_changes(before, after))}"


def _title(entry: Item | Unit | Channel) -> str:
    return entry.level3 if isinstance(entry, Item) else entry.name


def _changes(before: Item | Unit | Channel, after: Item | Unit | Channel) -> Iterator[str]:
    now = dict(_leaves(after, ""))
    for name, was in _leaves(before, ""):
        if was != now[name]:
            yield f"{name} {was} → {now[name]}"


def _calendar(old: Book, new: Book) -> Iterator[str]:
    for year in sorted(new.calendar.published_years - old.calendar.published_years):
        yield f"calendar {year}: published"
    for year in sorted(old.calendar.published_years - new.calendar.published_years):
        yield f"calendar {year}: no longer published"
    before, after = _days(old), _days(new)
    for day in sorted({*before, *after}):
        was, now = before.get(day, "plain"), after.get(day, "plain")
        if was != now:
            yield f"calendar {day}: {was} → {now}"


def _days(book: Book) -> dict[date, str]:
    calendar = book.calendar
    return {**dict.fromkeys(calendar.days_off, "off"), **dict.fromkeys(calendar.make_up_days, "make-up")}


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in cast(tuple[object, ...], value)) or _NOTHING
    return _NOTHING if value is None or value == "" else str(value)
