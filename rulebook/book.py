"""A book: everything the hotline goes by from one date on, under one version that tickets are pinned to."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pydantic import TypeAdapter

from domain.calendar import Calendar
from domain.catalogue import Item
from domain.channel import Channel, ChannelKind
from domain.limits import Limits, Words
from domain.unit import Unit, UnitKind
from rulebook.house_limits import HouseLimits

_PLACE_SUFFIX = re.compile(r"(街道办事处|地区办事处|街道|地区|(满族|回族|蒙古族|民族)*乡|镇)$")
_DEVELOPMENT_AREA = "北京经济技术开发区"
_ALSO_CALLED: dict[str, str] = dict.fromkeys(
    ("经开区", "北京经开区", "亦庄经开区", "亦庄开发区", "亦庄"), _DEVELOPMENT_AREA
)
"""经开区 is the one district that nobody calls by its full name."""


@dataclass(frozen=True, slots=True)
class Book:
    """One policy in force from `effective_from`. `version` is a short hash of all the rest."""

    version: str
    effective_from: date
    limits: Limits
    words: Words
    items: Mapping[str, Item]
    units: Mapping[str, Unit]
    calendar: Calendar
    house: HouseLimits = field(default_factory=HouseLimits)
    channels: Mapping[str, Channel] = field(default_factory=dict[str, Channel])
    """Empty in books from before channels were policy."""

    @classmethod
    def made_of(
        cls,
        effective_from: date,
        limits: Limits,
        words: Words,
        items: Mapping[str, Item],
        units: Mapping[str, Unit],
        calendar: Calendar,
        channels: Mapping[str, Channel],
        house: HouseLimits | None = None,
    ) -> "Book":
        """A book with its version: the same contents give the same version on any machine."""
        house = house or HouseLimits()
        unnamed = cls("", effective_from, limits, words, items, units, calendar, house, channels)
        version = hashlib.sha256(unnamed.to_json().encode()).hexdigest()[:12]
        return replace(unnamed, version=version)

    def item(self, code: str) -> Item:
        """The catalogue item of `code`; KeyError when this version has none."""
        return self.items[code]

    def unit(self, code: str) -> Unit:
        """The unit of `code`; KeyError when this version has none."""
        return self.units[code]

    def name_of(self, code: str) -> str:
        """The Chinese name of a unit or an item; the code itself when this version has neither."""
        if code in self.units:
            return self.units[code].name
        return self.items[code].level3 if code in self.items else code

    def is_spoken(self, channel: str) -> bool:
        """Whether who comes by this channel speaks with a seat, rather than writes or is handed over."""
        return channel in self.channels and self.channels[channel].kind is ChannelKind.PHONE

    def kind_of(self, code: str) -> str:
        """What kind of unit that is; empty when this version has none of that code."""
        return self.units[code].kind.value if code in self.units else ""

    def street_named(self, name: str, district: str) -> Unit | None:
        """The street called `name`, with or without 街道/地区/镇/乡, in the district of that code.

        None when there is none, or when the short form fits more than one.
        """
        streets = [unit for unit in self.units.values() if unit.kind is UnitKind.STREET and unit.district == district]
        exact = _only(unit for unit in streets if unit.name == name)
        if exact is not None:
            return exact
        short = _PLACE_SUFFIX.sub("", name)
        return _only(unit for unit in streets if _PLACE_SUFFIX.sub("", unit.name) == short)

    def district_named(self, name: str) -> Unit | None:
        """The district called `name`, with or without 区; None when there is none."""
        full = _ALSO_CALLED.get(name, name)
        return _only(
            unit
            for unit in self.units.values()
            if unit.kind is UnitKind.DISTRICT and full in (unit.name, unit.name.removesuffix("区"))
        )

    def to_json(self) -> str:
        """JSON text that `from_json` reads back into an equal book; equal books give equal text."""
        return json.dumps(_canonical(_BOOK.dump_python(self, mode="json")), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Book":
        """The book that was written; its version is taken as written, so that old tickets keep their pins."""
        return _BOOK.validate_json(text)


_BOOK = TypeAdapter(Book)
_SETS = ("days_off", "make_up_days", "published_years")


def _canonical(dumped: dict[str, dict[str, list[str | int]]]) -> Mapping[str, object]:
    """Sets have no order, the text must have one."""
    calendar = dumped["calendar"]
    return {**dumped, "calendar": {name: sorted(calendar[name], key=str) for name in _SETS}}


def _only(units: Iterable[Unit]) -> Unit | None:
    """The one unit, or None when there is none or a choice."""
    found = list(units)
    return found[0] if len(found) == 1 else None
