"""提级: a government that is asked owes an opinion, of one of four kinds (R28, 条例 art. 20)."""

from domain.actor import Role
from domain.events import CoHandlerJoined, Dispatched, Escalated, OpinionIssued
from tests.city import DISTRICT, MUNICIPALITY, STREET, City
from tests.workflows.lives import agree, signed_in

WATER = "D-SHWJ"
OTHER_STREET = "110105001"


async def before_the_district(city: City) -> str:
    """A complaint that its lead unit has put before the district."""
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "escalation", Role.UNIT, STREET, level="district", note="超出街道职权")
    return ticket_no


async def decide(city: City, ticket_no: str, opinion: str, *units: str) -> None:
    """The district's opinion."""
    say = {"opinion": opinion, "units": list(units), "note": "意见如下"}
    await city.done(ticket_no, "opinion", Role.UNIT, DISTRICT, **say)


async def test_r28_an_opinion_that_presses_leaves_the_case_where_it_is(city: City) -> None:
    ticket_no = await before_the_district(city)
    assert (await city.ticket(ticket_no))["standing"]["opinion_from"] == DISTRICT
    await decide(city, ticket_no, "press")
    ticket = await city.ticket(ticket_no)
    assert (ticket["lead"], ticket["standing"]["opinion_from"]) == (STREET, "")
    assert (await city.last(ticket_no, OpinionIssued)).by == DISTRICT


async def test_r28_an_opinion_may_reassign_the_case_to_a_unit_that_may_not_object(city: City) -> None:
    ticket_no = await before_the_district(city)
    await decide(city, ticket_no, "reassign", OTHER_STREET)
    sent = await city.last(ticket_no, Dispatched)
    assert (sent.lead, sent.copy_to, sent.designated) == (OTHER_STREET, DISTRICT, True)
    assert not (await city.ticket(ticket_no))["standing"]["signed_in"]
    await agree(city, ticket_no)


async def test_r28_an_opinion_may_order_co_handling(city: City) -> None:
    ticket_no = await before_the_district(city)
    await decide(city, ticket_no, "order_co_handling", WATER)
    assert (await city.last(ticket_no, CoHandlerJoined)).unit == WATER
    assert (await city.ticket(ticket_no))["lead"] == STREET
    await agree(city, ticket_no)


async def test_r28_the_district_may_take_the_case_over_and_work_on_it(city: City) -> None:
    ticket_no = await before_the_district(city)
    await decide(city, ticket_no, "take_over")
    await city.done(ticket_no, "sign-in", Role.UNIT, DISTRICT)
    assert (await city.ticket(ticket_no))["lead"] == DISTRICT
    await agree(city, ticket_no)


async def test_r28_the_municipality_may_take_the_case_over_and_then_nobody_stands_above_it(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "escalation", Role.UNIT, STREET, level="municipality", note="需市级协调")
    say = {"opinion": "take_over", "note": "由市里直接办理"}
    await city.done(ticket_no, "opinion", Role.MUNICIPALITY, MUNICIPALITY, **say)
    await city.done(ticket_no, "sign-in", Role.UNIT, MUNICIPALITY)
    up = {"level": "municipality", "note": "仍无法解决"}
    assert await city.refused(ticket_no, "escalation", Role.UNIT, MUNICIPALITY, **up) == "level_unfit"
    await agree(city, ticket_no)


async def test_r28_an_opinion_and_the_units_it_names_have_to_fit(city: City) -> None:
    ticket_no = await before_the_district(city)
    for opinion, units in (
        ("press", [WATER]),
        ("reassign", []),
        ("reassign", [STREET]),
        ("order_co_handling", []),
        ("take_over", [WATER]),
    ):
        say = {"opinion": opinion, "units": units, "note": "意见如下"}
        assert await city.refused(ticket_no, "opinion", Role.UNIT, DISTRICT, **say) == "opinion_units_unfit"
    assert (await city.ticket(ticket_no))["standing"]["opinion_from"] == DISTRICT


async def test_r28_only_the_addressed_government_issues_the_opinion_once(city: City) -> None:
    ticket_no = await before_the_district(city)
    press = {"opinion": "press", "note": "请抓紧"}
    assert await city.refused(ticket_no, "opinion", Role.UNIT, STREET, **press) == "not_addressed"
    again = {"level": "municipality", "note": "仍需上级协调"}
    assert await city.refused(ticket_no, "escalation", Role.UNIT, STREET, **again) == "opinion_pending"
    await decide(city, ticket_no, "press")
    assert await city.refused(ticket_no, "opinion", Role.UNIT, DISTRICT, **press) == "no_opinion_asked"


async def test_r28_the_districts_silence_goes_to_the_municipality_whose_silence_is_pressed(city: City) -> None:
    ticket_no = await before_the_district(city)
    await city.ring(ticket_no, "opinion")
    step = await city.last(ticket_no, Escalated)
    assert (step.level, step.to, step.cause) == ("municipality", MUNICIPALITY, "no_opinion")
    ticket = await city.ring(ticket_no, "opinion")
    assert (await city.kinds(ticket_no))[-1] == "DecisionPressed"
    assert ticket["standing"]["opinion_from"] == MUNICIPALITY
    say = {"opinion": "press", "note": "请抓紧"}
    await city.done(ticket_no, "opinion", Role.MUNICIPALITY, MUNICIPALITY, **say)
    await agree(city, ticket_no)


async def test_r28_a_unit_cannot_escalate_to_itself(city: City) -> None:
    ticket_no = await city.take_in(street="", district=DISTRICT)
    await city.done(ticket_no, "sign-in", Role.UNIT, DISTRICT)
    up = {"level": "district", "note": "超出职权"}
    assert await city.refused(ticket_no, "escalation", Role.UNIT, DISTRICT, **up) == "level_unfit"
