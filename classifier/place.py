"""Finds the district and the street that a text names; what the complainant stated wins."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from classifier.gazetteer import Meaning, Place, Strength, names_of
from classifier.lexicon import Heads, Lexicon, Mention
from classifier.wording import BREAK

_ELSEWHERE = re.compile(r"[东西南北中]?(?:路|大街|街(?!道)|桥|医院|高速|外|内|线|门|河)")
"""What follows a short name when it is part of another name: 天坛医院 does not stand in 天坛."""

_NOT_A_DISTRICT = re.compile(r"公园|机场|土木|群众|水库|站|花园|家园|小区|寺|大学")

_TOUCHING = 1
"""Characters that may stand between a district and the street that goes with it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Division codes, or None where the text leaves it open."""

    district: str | None = None
    street: str | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    mention: Mention
    meaning: Meaning


class Places:
    """All districts and streets, to be found in cleaned texts and to be masked in them."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.all = tuple(sorted(places, key=lambda place: place.code))
        self._district_of = {place.code: place.district for place in self.all}
        self._names = names_of(self.all)
        self._lexicon = Lexicon(self._names)

    def named(self, text: str, heads: Heads | None = None) -> list[_Named]:
        """Names in the text, in order, without those that belong to a longer name of something else."""
        named: list[_Named] = []
        for mention in self._lexicon.longest(text, heads):
            meaning = self._names[mention.word]
            after = text[mention.end : mention.end + 4]
            if meaning.strength < Strength.FULL:
                if _ELSEWHERE.match(after):
                    continue
                if meaning.places[0].is_district and _NOT_A_DISTRICT.match(after):
                    continue
            named.append(_Named(mention, meaning))
        return named

    def mask(self, text: str, named: Iterable[_Named]) -> str:
        """The text with breaks for the names: where something happened says nothing about what it was."""
        pieces: list[str] = []
        position = 0
        for name in named:
            if name.meaning.strength > Strength.EVERYDAY:
                pieces.append(text[position : name.mention.start])
                position = name.mention.end
        pieces.append(text[position:])
        return BREAK.join(pieces)

    def find(self, named: list[_Named], stated_district: str | None, stated_street: str | None) -> Found:
        """The place that the names settle. Two of equal standing settle nothing: a seat asks (R17)."""
        if stated_street is not None:
            return Found(stated_district or self._district_of.get(stated_street), stated_street)
        district = stated_district
        if district is None:
            pairs = _touching_pairs(named)
            if len(pairs) == 1:
                return Found(pairs[0].district, pairs[0].code)
            district, contradicted = _named_district(named)
            if contradicted:
                return Found()
        streets = _streets(named, district)
        if len(streets) == 1:
            return Found(streets[0].district, streets[0].code)
        if district is None:
            shared = {street.district for street in streets}
            district = shared.pop() if len(shared) == 1 else None
        return Found(district, None)


def _touching_pairs(named: list[_Named]) -> list[Place]:
    pairs: dict[str, Place] = {}
    for before, after in pairwise(named):
        if after.mention.start - before.mention.end > _TOUCHING or not before.meaning.places[0].is_district:
            continue
        for street in after.meaning.places:
            if not street.is_district and street.district == before.meaning.places[0].code:
                pairs[street.code] = street
    return list(pairs.values())


def _named_district(named: list[_Named]) -> tuple[str | None, bool]:
    """The one district named, full names before short ones; True when two of them contradict."""
    for strength in (Strength.FULL, Strength.SHORT):
        codes = {
            name.meaning.places[0].code
            for name in named
            if name.meaning.strength == strength and name.meaning.places[0].is_district
        }
        if codes:
            return (codes.pop(), False) if len(codes) == 1 else (None, True)
    return None, False


def _streets(named: list[_Named], district: str | None) -> list[Place]:
    """Streets of the strongest names; an everyday word counts only beside its own district."""
    weakest = Strength.SHORT if district is None else Strength.EVERYDAY
    for strength in (Strength.FULL, Strength.SHORT, Strength.EVERYDAY):
        found = {
            place.code: place
            for name in named
            if name.meaning.strength == strength >= weakest
            for place in name.meaning.places
            if not place.is_district and district in (None, place.district)
        }
        if found:
            return list(found.values())
    return []
