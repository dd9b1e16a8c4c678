"""Whose duty a matter is, by item and place (R16-R19; 条例 art. 11-13, 17)."""

import pytest

from domain.catalogue import Duty
from domain.dispatch import route, route_to
from domain.refusal import Refusal
from domain.triage import Route, Unclear
from domain.unit import UnitKind
from tests.domain.city import DEPARTMENT, DISTRICT, ENTERPRISE, OTHER_STREET, STREET, an_item, book


def _routed(duty: Duty, district: str, street: str, owner: str = "") -> Route:
    return route(an_item(duty, owner=owner), district, street, book().units)


def test_r16_a_streets_duty_goes_to_the_street_with_a_copy_to_its_district() -> None:
    assert _routed(Duty.STREET, DISTRICT, STREET) == Route(lead=STREET, copy_to=DISTRICT)


def test_r17_a_streets_duty_in_an_unknown_street_goes_to_the_district() -> None:
    assert _routed(Duty.STREET, DISTRICT, "") == Route(lead=DISTRICT)


def test_a_districts_duty_goes_to_the_district_although_the_street_is_known() -> None:
    assert _routed(Duty.DISTRICT, DISTRICT, STREET) == Route(lead=DISTRICT)


@pytest.mark.parametrize("duty", [Duty.STREET, Duty.DISTRICT])
def test_r18_a_duty_by_place_is_unclear_where_the_place_is_unknown(duty: Duty) -> None:
    assert _routed(duty, "", "").unclear is Unclear.PLACE


def test_r18_a_matter_of_nobodys_duty_is_unclear() -> None:
    assert _routed(Duty.NONE, DISTRICT, STREET).unclear is Unclear.UNIT


@pytest.mark.parametrize(("duty", "owner"), [(Duty.DEPARTMENT, DEPARTMENT), (Duty.ENTERPRISE, ENTERPRISE)], ids=str)
def test_r19_a_department_or_enterprise_keeps_its_duty_wherever_it_is(duty: Duty, owner: str) -> None:
    assert _routed(duty, DISTRICT, STREET, owner) == Route(lead=owner)


@pytest.mark.parametrize("kind", [UnitKind.MUNICIPALITY, UnitKind.BUREAU, UnitKind.CENTRE, UnitKind.LINE])
def test_r19_a_body_that_handles_nothing_cannot_be_named_lead(kind: UnitKind) -> None:
    body = next(unit for unit in book().units.values() if unit.kind is kind)
    with pytest.raises(Refusal) as caught:
        route_to(body, an_item())
    assert caught.value.code == "unit_cannot_lead"


def test_r16_a_street_that_a_person_names_is_copied_to_its_district_too() -> None:
    assert route_to(book().unit(OTHER_STREET), an_item()) == Route(lead=OTHER_STREET, copy_to="110108")


@pytest.mark.parametrize("unit", [DISTRICT, DEPARTMENT, ENTERPRISE])
def test_a_unit_that_is_no_street_is_copied_to_nobody(unit: str) -> None:
    assert route_to(book().unit(unit), an_item()) == Route(lead=unit)
