"""What reports answer with."""

from datetime import datetime

from pydantic import Field

from api.presents import Present
from domain.dispute import Decision, Disputed
from rulebook.book import Book


class UnitTimes(Present):
    """A unit, and how many objections it raised or got the case of."""

    unit: str = Field(examples=["D-CGW"])
    """Its code."""
    unit_name: str = Field(examples=["北京市城市管理委员会"])
    """Its name."""
    times: int
    """How many."""


class DisputedItem(Present):
    """One catalogue item as one kind of unit disputes it."""

    item: str = Field(examples=["010105"])
    """Leaf code."""
    item_name: str = Field(examples=["楼道卫生无人清扫"])
    """Its name."""
    unit_kind: str = Field(examples=["street"])
    """Kind of the units that objected."""
    objections: int
    """How many."""
    objected_by: list[UnitTimes]
    """Who objected, most first."""
    not_my_duty: int
    """Of them on the ground that it is not the unit's duty."""
    not_my_area: int
    """Of them on the ground that it is not the unit's area."""
    upheld: int
    """The unit was found right."""
    rejected: int
    """The unit was found wrong."""
    overtaken: int
    """Something else moved the case on, or ended it, before it was decided."""
    pending: int
    """Not decided yet."""
    bounced_to: list[UnitTimes]
    """Who got the cases of upheld objections, most first."""
    designated: int
    """Of the upheld ones: the bureau designated who got the case, and nobody may object again."""

    @classmethod
    def of(cls, each: Disputed, book: Book) -> "DisputedItem":
        """A count with its codes named."""
        return cls(
            item=each.item,
            item_name=book.name_of(each.item),
            unit_kind=each.unit_kind,
            objections=each.objections,
            not_my_duty=each.grounds.get("not_my_duty", 0),
            not_my_area=each.grounds.get("not_my_area", 0),
            upheld=each.decisions[Decision.UPHELD],
            rejected=each.decisions[Decision.REJECTED],
            overtaken=each.decisions[Decision.OVERTAKEN],
            pending=each.decisions[Decision.PENDING],
            objected_by=_named(each.objected_by, book),
            bounced_to=_named(each.bounced_to, book),
            designated=each.designated,
        )


def _named(times: dict[str, int], book: Book) -> list[UnitTimes]:
    return [UnitTimes(unit=unit, unit_name=book.name_of(unit), times=count) for unit, count in times.items()]


class DisputedItems(Present):
    """各说各的理: which items units dispute, the most disputed first."""

    begin: datetime
    """Beginning of the period."""
    end: datetime
    """Its end, which does not belong to it."""
    items: list[DisputedItem]
    """By item and kind of unit."""
