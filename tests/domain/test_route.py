"""Whose duty a matter is, by item and place (R16-R19; 条例 art. 11-13, 17)."""

import pytest

from domain.catalogue import Duty, NotDispatched
from domain.dispatch import route, route_to
from domain.events import Closed
from domain.notices import notices
from domain.outcome import Outcome
from domain.refusal import Refusal
from domain.taking_up import triaged
from domain.triage import Route, Unclear
from domain.unit import Unit, UnitKind
from tests.domain.building import CONTENT, a_complaint, the
from tests.domain.city import (
    DEPARTMENT,
    DISTRICT,
    ENTERPRISE,
    LIAISON,
    MONDAY,
    OTHER_STREET,
    SISTER,
    STREET,
    a_plan,
    a_triage,
    an_item,
    book,
)


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


@pytest.mark.parametrize("unit", [STREET, OTHER_STREET])
def test_r19_a_departments_duty_is_not_sent_down_to_a_street(unit: str) -> None:
    with pytest.raises(Refusal) as caught:
        route_to(book().unit(unit), an_item(Duty.DEPARTMENT, owner=DEPARTMENT))
    assert (caught.value.code, caught.value.facts["owner"]) == ("department_duty", DEPARTMENT)


@pytest.mark.parametrize("unit", [DEPARTMENT, "D-SHWJ", DISTRICT])
def test_r19_a_departments_duty_may_go_to_another_department_or_a_district(unit: str) -> None:
    assert route_to(book().unit(unit), an_item(Duty.DEPARTMENT, owner=DEPARTMENT)).lead == unit


def test_r19_a_community_never_leads() -> None:
    community = Unit("110105012001", UnitKind.COMMUNITY, "某社区居委会", STREET, DISTRICT)
    with pytest.raises(Refusal) as caught:
        route_to(community, an_item())
    assert caught.value.facts == {"unit": "110105012001", "kind": UnitKind.COMMUNITY}


def test_r19_no_unit_of_the_shipped_policy_is_a_community() -> None:
    assert not [unit.code for unit in book().units.values() if unit.kind is UnitKind.COMMUNITY]


def test_r20_central_units_and_the_military_are_reached_through_their_liaison_wherever_they_lie() -> None:
    assert _routed(Duty.LIAISON, DISTRICT, STREET, LIAISON) == Route(lead=LIAISON)


def test_r20_every_liaison_item_of_the_shipped_catalogue_goes_to_the_liaison() -> None:
    items = [item for item in book().items.values() if item.duty is Duty.LIAISON]
    assert items
    assert {route(item, DISTRICT, STREET, book().units).lead for item in items} == {LIAISON}


def test_r20_the_liaison_handles_it_like_any_lead_unit() -> None:
    led = a_complaint().triaged(a_triage(a_plan(an_item(Duty.LIAISON, owner=LIAISON)))).signed_in().contacted()
    assert led.reported().answered(CONTENT).state.outcome is Outcome.RESOLVED


def test_r20_what_concerns_tianjin_or_hebei_is_transferred_to_the_hotline_there_which_is_told() -> None:
    item = an_item(Duty.NONE, not_dispatched=NotDispatched.SISTER_HOTLINE, channel=SISTER)
    given = a_complaint()
    happened = triaged(given.state, a_triage(a_plan(item)), MONDAY)
    assert the(happened, Closed).outcome is Outcome.SISTER_HOTLINE
    told = notices(happened, given.happened(happened).state)
    assert [notice.audience for notice in told if notice.kind == "NotDispatchedTold"] == ["complainant", SISTER]


def test_r20_every_sister_hotline_that_the_shipped_catalogue_names_is_a_unit_of_that_kind() -> None:
    named = {item.channel for item in book().items.values() if item.not_dispatched is NotDispatched.SISTER_HOTLINE}
    assert {book().unit(code).kind for code in named} == {UnitKind.SISTER}
