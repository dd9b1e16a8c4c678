"""One row of policy/catalogue: a leaf of the dispatch catalogue (派单目录, 条例 art. 11-13)."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from domain.catalogue import IN_HOURS, DayKind, Duty, Item, NotDispatched, Tier

CHANNELS: dict[NotDispatched, frozenset[str]] = {
    NotDispatched.TRANSFERRED: frozenset({"110", "119", "120", "122"}),
    NotDispatched.STATUTORY_CHANNEL: frozenset(
        {"court", "arbitration", "discipline", "review", "disclosure", "petition"}
    ),
    NotDispatched.OUTSIDE_DUTY: frozenset({"market", "social"}),
    NotDispatched.SECRET: frozenset(),
    NotDispatched.UNLAWFUL: frozenset(),
    NotDispatched.SISTER_HOTLINE: frozenset({"S-TJ", "S-HB"}),
}
"""Where the complainant is sent for each kind of matter that is told and not dispatched (R12)."""

_BY_PLACE = frozenset({Duty.STREET, Duty.DISTRICT, Duty.NONE})


def _split(cell: object) -> object:
    """`a;b` as a tuple; an empty cell is an empty tuple."""
    if not isinstance(cell, str) or not cell:
        return ()
    words = tuple(cell.split(";"))
    if any(not word or word != word.strip() for word in words):
        raise ValueError("has an empty word or blanks beside a ;")
    if len(set(words)) != len(words):
        raise ValueError("names a word twice")
    return words


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Name = Annotated[str, Field(min_length=1, max_length=30)]


def _empty_is_none(cell: object) -> object:
    return None if cell == "" else cell


class ItemRow(BaseModel):
    """The columns in the order of the header. `code` is two digits a level."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    level1: Name
    level2: Name
    level3: Name
    duty: Duty
    owner: str
    co_owner: Words
    tier: Tier
    day_kind: DayKind
    not_dispatched: Annotated[NotDispatched | None, BeforeValidator(_empty_is_none)]
    channel: str
    words: Words
    urgent_words: Words

    def item(self) -> Item:
        """The same facts as the domain knows them."""
        return Item(
            code=self.code,
            level1=self.level1,
            level2=self.level2,
            level3=self.level3,
            duty=self.duty,
            tier=self.tier,
            day_kind=self.day_kind,
            owner=self.owner,
            co_owners=self.co_owner,
            not_dispatched=self.not_dispatched,
            channel=self.channel,
            words=self.words,
            urgent_words=self.urgent_words,
        )

    def reasons(self) -> Iterator[str]:
        """What is wrong inside this row."""
        yield from self._about_duty()
        yield from self._about_disposition()
        if (self.tier in IN_HOURS) != (self.day_kind is DayKind.HOURS):
            yield f"day_kind: tier {self.tier} is not counted in {self.day_kind}"
        if not self.words:
            yield "words: must name at least one word that marks the item"

    def _about_duty(self) -> Iterator[str]:
        if self.duty in _BY_PLACE and self.owner:
            yield f"owner: duty {self.duty} is found by place and names no owner"
        if self.duty not in _BY_PLACE and not self.owner:
            yield f"owner: duty {self.duty} needs the code of its unit"
        if self.owner and self.owner in self.co_owner:
            yield f"co_owner: {self.owner} is the owner already"
        if self.duty is Duty.NONE and self.co_owner:
            yield "co_owner: an item that is not dispatched has no co-handlers"

    def _about_disposition(self) -> Iterator[str]:
        if (self.not_dispatched is None) != (self.duty is not Duty.NONE):
            yield "not_dispatched: stands exactly where duty is none"
        if self.not_dispatched is None:
            if self.channel:
                yield "channel: only an item that is not dispatched has one"
            return
        known = CHANNELS[self.not_dispatched]
        if known and self.channel not in known:
            yield f"channel: {self.not_dispatched} needs one of {', '.join(sorted(known))}, got {self.channel!r}"
        if not known and self.channel:
            yield f"channel: {self.not_dispatched} has none"


def about_catalogue(rows: list[tuple[int, ItemRow]]) -> Iterator[tuple[int, str]]:
    """Faults between rows, with their lines: codes twice, names twice, one class under two names."""
    code_at: dict[str, int] = {}
    leaf_at: dict[tuple[str, str, str], int] = {}
    named: dict[str, tuple[str, int]] = {}
    for line, row in rows:
        seen = code_at.setdefault(row.code, line)
        if seen != line:
            yield line, f"code: {row.code} stands already on line {seen}"
        seen = leaf_at.setdefault((row.level1, row.level2, row.level3), line)
        if seen != line:
            yield line, f"level3: {row.level3} stands already on line {seen}"
        for prefix, level, name in (
            (row.code[:2], "level1", row.level1),
            (row.code[:4], "level2", row.level2),
        ):
            known, at = named.setdefault(prefix, (name, line))
            if known != name:
                yield line, f"{level}: codes {prefix}… are {known} since line {at}, not {name}"
