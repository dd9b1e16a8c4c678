"""Objections, counted by item and kind of unit."""

from domain.dispute import Decision, Disputed, Objection, disputed

KINDS = {"S1": "street", "S2": "street", "D1": "department"}
FOUND = [
    Objection("010105", "S1", "not_my_duty", Decision.UPHELD, "D1", False, 2),
    Objection("010105", "S2", "not_my_duty", Decision.UPHELD, "D1", True, 1),
    Objection("010105", "S2", "not_my_area", Decision.UPHELD, "S1", False, 4),
    Objection("010105", "S2", "not_my_area", Decision.REJECTED, "", False, 3),
    Objection("010105", "D1", "not_my_duty", Decision.PENDING, "", False, 1),
    Objection("020101", "D1", "not_my_duty", Decision.OVERTAKEN, "", False, 20),
]


def test_the_most_disputed_item_comes_first_and_kinds_of_units_stand_apart() -> None:
    told = [(each.item, each.unit_kind, each.objections) for each in disputed(FOUND, KINDS.__getitem__)]
    assert told == [("020101", "department", 20), ("010105", "street", 10), ("010105", "department", 1)]


def test_grounds_decisions_and_where_the_cases_went_add_up() -> None:
    streets = disputed(FOUND, KINDS.__getitem__)[1]
    assert streets == Disputed(
        item="010105",
        unit_kind="street",
        objections=10,
        objected_by={"S2": 8, "S1": 2},
        grounds={"not_my_area": 7, "not_my_duty": 3},
        decisions={Decision.UPHELD: 7, Decision.REJECTED: 3, Decision.OVERTAKEN: 0, Decision.PENDING: 0},
        bounced_to={"S1": 4, "D1": 3},
        designated=1,
    )
    assert sum(streets.decisions.values()) == streets.objections == sum(streets.grounds.values())
    assert sum(streets.objected_by.values()) == streets.objections
    assert sum(streets.bounced_to.values()) == streets.decisions[Decision.UPHELD]


def test_no_objection_is_no_report() -> None:
    assert disputed([], KINDS.__getitem__) == []
