"""A TOML file that remembers on which line each key and table stands, so that a fault can name the line."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rulebook.fault import PolicyFault

Place = tuple[str | int, ...]

_TABLE = re.compile(r"\s*\[(?P<many>\[)?\s*(?P<name>[^\[\]#]+?)\s*\]")
_KEY = re.compile(r"\s*(?P<name>(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\.(?:[A-Za-z0-9_-]+|\"[^\"]*\"))*)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^.\s\"']+)")
_AT_LINE = re.compile(r"\(at line (?P<line>\d+)")


@dataclass(frozen=True, slots=True)
class TomlText:
    """Parsed TOML with the lines of its keys and tables."""

    file: str
    value: dict[str, object]
    lines: dict[Place, int]

    def line_of(self, place: Sequence[str | int]) -> int | None:
        """Line of the key at `place`; of the nearest table around it when the key itself is absent."""
        for length in range(len(place), 0, -1):
            line = self.lines.get(tuple(place[:length]))
            if line is not None:
                return line
        return None

    def fault(self, place: Sequence[str | int], reason: str) -> PolicyFault:
        """A fault of this file at `place`."""
        return PolicyFault(self.file, self.line_of(place), reason)


def read_toml(path: Path, file: str) -> TomlText | PolicyFault:
    """Read `path`, or tell the one fault that keeps it from being TOML at all."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return PolicyFault(file, data.count(b"\n", 0, error.start) + 1, "is not UTF-8 text")
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        # The parser names a line except when the text ends too early: then it is the last one.
        line = int(found["line"]) if found else max(1, len(text.splitlines()))
        return PolicyFault(file, line, f"is not TOML: {error}")
    return TomlText(file, value, _lines(text))


def _lines(text: str) -> dict[Place, int]:
    """Where tables, elements of table arrays and keys stand."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _TABLE.match(line)
        if header is not None:
            table = _parts(header["name"])
            if header["many"] is not None:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            lines.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key is not None:
            lines.setdefault((*table, *_parts(key["name"])), number)
    return lines


def _parts(name: str) -> Place:
    return tuple(double or single or bare for double, single, bare in _PART.findall(name))
