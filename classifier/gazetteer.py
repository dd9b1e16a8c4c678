"""The names by which people call districts and streets, and what each name may stand for."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from classifier.wording import words_of

_STREET_ENDINGS = re.compile(r"(?:街道|地区|镇|(?:满族|回族)?乡)$")

DEVELOPMENT_AREA = "北京经济技术开发区"
_DEVELOPMENT_AREA_NAMES = (
    "经开区",
    "亦庄经开区",
    "亦庄开发区",
    "经济技术开发区",
    "北京开发区",
    DEVELOPMENT_AREA,
)

EVERYDAY = frozenset(
    words_of(
        "前门 天桥 平房 东风 新村 老山 八角 古城 永定 清水 温泉 曙光 东升 城子 大台 龙泉 "
        "城关 新镇 向阳 迎风 星城 河北 石楼 新华 胜利 光明 空港 城北 城南 延寿 安定 滨河 "
        "果园 鼓楼 宝山 渤海 北房 石城 旧县 永宁 四海 龙山 百泉 北庄 东湖 三间房 北苑 文景 "
        "小关 首都机场 德胜 和义 王平 朝外 亦庄 北务 石园"
    )
)
"""Street names without their ending that are also everyday words, or that name a wider area than the street."""


class Strength(IntEnum):
    """How surely a name means the place: an everyday word, a short name, the full name."""

    EVERYDAY = 1
    SHORT = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A district (``district`` is its own code) or a street in its district, by division code."""

    code: str
    name: str
    district: str

    @property
    def is_district(self) -> bool:
        """Whether this is a district and not a street or township."""
        return self.code == self.district


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may stand for: one place, or several of the same name."""

    strength: Strength
    places: tuple[Place, ...]


def read_places(path: Path) -> tuple[Place, ...]:
    """The districts and streets of a units file with ``code,kind,name,parent,district,…``."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Place(row["code"], row["name"], row["district"])
            for row in csv.DictReader(file)
            if row["kind"] in ("district", "street")
        )


def names_of(places: Iterable[Place]) -> Mapping[str, Meaning]:
    """Every full and short name with what it means; a full name wins over an equal short one."""
    listed = sorted(places, key=lambda place: place.code)
    full: dict[str, list[Place]] = {}
    short: dict[str, list[Place]] = {}
    shorter: dict[str, list[Place]] = {}
    for place in listed:
        for name in _full_names(place):
            full.setdefault(name, []).append(place)
        stem = _stem(place)
        if len(stem) >= 2:
            short.setdefault(stem, []).append(place)
        if not place.is_district and len(stem) >= 4 and stem[-1] in "东西南北":
            shorter.setdefault(stem[:-1], []).append(place)
    names: dict[str, Meaning] = {}
    for name, meant in shorter.items():
        names[name] = Meaning(Strength.SHORT, tuple(meant))
    for name, meant in short.items():
        districts = [place for place in meant if place.is_district]
        strength = Strength.EVERYDAY if name in EVERYDAY else Strength.SHORT
        names[name] = Meaning(strength, tuple(districts or meant))
    for name, meant in full.items():
        names[name] = Meaning(Strength.FULL, tuple(meant))
    return names


def _full_names(place: Place) -> tuple[str, ...]:
    return _DEVELOPMENT_AREA_NAMES if place.name == DEVELOPMENT_AREA else (place.name,)


def _stem(place: Place) -> str:
    if place.is_district:
        return "" if place.name == DEVELOPMENT_AREA else place.name.removesuffix("区")
    return _STREET_ENDINGS.sub("", place.name)
