"""派单异议: a unit says "not my duty or area", the bureau arbitrates (条例 art. 12; rules §5)."""

from datetime import datetime, timedelta

from domain.actor import Role
from domain.events import DecisionPressed, Dispatched, ObjectionUpheld, Supervised
from tests.city import STREET, City
from tests.workflows.lives import agree

OTHER_STREET = "110108005"
DEPARTMENT = "D-ZJW"


async def object_to(city: City, ticket_no: str, unit: str) -> None:
    """The lead unit objects."""
    await city.done(ticket_no, "objection", Role.UNIT, unit, ground="not_my_area", note="不在本辖区")


async def uphold(city: City, ticket_no: str, unit: str) -> None:
    """The bureau sends the case to `unit`."""
    await city.done(ticket_no, "objection-decision", Role.BUREAU, upheld=True, unit=unit, note="属实")


async def test_an_upheld_objection_sends_the_case_to_the_next_unit_with_fresh_limits(city: City) -> None:
    ticket_no = await city.take_in()
    await city.skip(ticket_no, timedelta(minutes=90))
    first = await city.last(ticket_no, Dispatched)
    await object_to(city, ticket_no, STREET)
    await uphold(city, ticket_no, OTHER_STREET)
    second = await city.last(ticket_no, Dispatched)
    assert (await city.last(ticket_no, ObjectionUpheld)).unit == STREET
    assert (second.lead, second.copy_to, second.designated) == (OTHER_STREET, "110108", False)
    assert second.due - first.due >= timedelta(minutes=90)
    assert await city.refused(ticket_no, "sign-in", Role.UNIT, STREET) == "not_your_ticket"
    await agree(city, ticket_no)


async def test_after_two_upheld_objections_the_bureau_designates_and_no_third_is_heard(city: City) -> None:
    ticket_no = await city.take_in()
    await object_to(city, ticket_no, STREET)
    await uphold(city, ticket_no, OTHER_STREET)
    await object_to(city, ticket_no, OTHER_STREET)
    await uphold(city, ticket_no, DEPARTMENT)
    assert (await city.last(ticket_no, Dispatched)).designated
    code = await city.refused(
        ticket_no, "objection", Role.UNIT, DEPARTMENT, ground="not_my_duty", note="不属于本单位职责"
    )
    assert code == "designated_may_not_object"
    assert await city.done(ticket_no, "sign-in", Role.UNIT, DEPARTMENT)
    await agree(city, ticket_no)


async def test_a_rejected_objection_leaves_the_case_and_its_handling_limit_where_they_were(city: City) -> None:
    ticket_no = await city.take_in()
    due = (await city.ticket(ticket_no))["due"]
    await object_to(city, ticket_no, STREET)
    assert await city.refused(ticket_no, "sign-in", Role.UNIT, STREET) == "wrong_stage"
    await city.done(ticket_no, "objection-decision", Role.BUREAU, upheld=False, note="职责明确")
    ticket = await city.ticket(ticket_no)
    assert (ticket["lead"], ticket["stage"], ticket["due"]) == (STREET, "handling", due)
    code = await city.refused(ticket_no, "objection", Role.UNIT, STREET, ground="not_my_duty", note="再次异议")
    assert code == "designated_may_not_object"


async def test_after_a_rejected_objection_the_unit_gets_a_fresh_sign_in_limit(city: City) -> None:
    ticket_no = await city.take_in()
    await object_to(city, ticket_no, STREET)
    await city.done(ticket_no, "objection-decision", Role.BUREAU, upheld=False, note="职责明确")
    await city.ring(ticket_no, "sign_in")
    assert (await city.last(ticket_no, Supervised)).cause == "sign_in_overdue"
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)


async def test_a_late_arbitration_is_pressed_until_the_bureau_decides(city: City) -> None:
    ticket_no = await city.take_in()
    await object_to(city, ticket_no, STREET)
    await city.ring(ticket_no, "objection_decision")
    await city.ring(ticket_no, "objection_decision")
    assert (await city.kinds(ticket_no)).count("DecisionPressed") == 2
    assert (await city.last(ticket_no, DecisionPressed)).clock == "objection_decision"
    assert (await city.ticket(ticket_no))["stage"] == "objection"
    await uphold(city, ticket_no, OTHER_STREET)
    assert (await city.ticket(ticket_no))["lead"] == OTHER_STREET
    await agree(city, ticket_no)


async def test_an_objection_comes_too_late_once_its_window_has_closed(city: City) -> None:
    ticket_no = await city.take_in()
    window = (await city.last(ticket_no, Dispatched)).objection_until
    assert isinstance(window, datetime)
    await city.skip_to(ticket_no, window)
    code = await city.refused(ticket_no, "objection", Role.UNIT, STREET, ground="not_my_area", note="不在本辖区")
    assert code == "objection_too_late"


async def test_a_2_hour_matter_is_not_open_to_objection(city: City) -> None:
    ticket_no = await city.take_in(item="010301")
    code = await city.refused(ticket_no, "objection", Role.UNIT, STREET, ground="not_my_area", note="不在本辖区")
    assert code == "objection_not_open"


async def test_an_objection_is_upheld_only_with_another_unit_to_take_the_case(city: City) -> None:
    ticket_no = await city.take_in()
    await object_to(city, ticket_no, STREET)
    decide = (ticket_no, "objection-decision", Role.BUREAU)
    assert await city.refused(*decide, upheld=True, note="属实") == "unit_missing"
    assert await city.refused(*decide, upheld=True, unit=STREET, note="属实") == "unit_is_lead"
    assert (await city.ticket(ticket_no))["stage"] == "objection"
