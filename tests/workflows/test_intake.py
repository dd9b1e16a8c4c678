"""From the call to a disposition: answered, linked, told, confirmed by a seat, or sent on without one."""

import pytest

from domain.actor import Role
from domain.events import ClassificationConfirmed, Classified, Closed, ConfirmationAsked, Dispatched, NotDispatchedTold
from tests.city import DISTRICT, ORDINARY, STREET, City
from tests.workflows.lives import agree

VAGUE = "你好我想反映一个情况"
"""Words in which the classifier finds next to nothing."""


async def test_r10_a_consultation_answered_at_once_is_closed_without_a_lead_unit(city: City) -> None:
    ticket_no = await city.take_in(kind="consultation", answered=True)
    ticket = await city.ticket(ticket_no)
    assert (ticket["outcome"], ticket["lead"]) == ("answered", "")
    assert await city.kinds(ticket_no) == ["Classified", "AnsweredAtOnce", "Closed"]
    await agree(city, ticket_no)


async def test_r12_a_repeat_without_new_facts_is_joined_and_not_dispatched_again(city: City) -> None:
    first = await city.take_in()
    repeat = await city.take_in(repeat_of=first)
    assert await city.kinds(repeat) == ["Classified", "Joined"]
    assert (await city.ticket(repeat))["main"] == first
    assert (await city.ticket(first))["stage"] == "handling"


@pytest.mark.parametrize(
    ("item", "outcome", "channel"),
    [
        ("220303", "transferred", "119"),
        ("280101", "statutory_channel", "court"),
        ("280201", "secret", ""),
        ("280205", "outside_duty", "market"),
        ("280210", "unlawful", ""),
    ],
)
async def test_r12_what_no_unit_may_handle_is_told_with_its_channel(
    city: City, item: str, outcome: str, channel: str
) -> None:
    ticket_no = await city.take_in(item=item)
    told = await city.last(ticket_no, NotDispatchedTold)
    assert (told.disposition, told.channel) == (outcome, channel)
    assert (await city.ticket(ticket_no))["outcome"] == outcome
    assert not (await city.last(ticket_no, Closed)).effective


async def test_r15_what_the_classifier_is_sure_of_needs_no_seat(city: City) -> None:
    ticket_no = await city.take_in(item="", matter="我们楼道没人打扫，特别脏")
    assert (await city.last(ticket_no, Classified)).confidence >= 800
    assert (await city.ticket(ticket_no))["stage"] == "handling"


async def test_r15_a_seat_confirms_what_the_classifier_was_not_sure_of(city: City) -> None:
    ticket_no = await city.take_in(item="", matter=VAGUE)
    proposed = await city.last(ticket_no, Classified)
    assert (await city.last(ticket_no, ConfirmationAsked)).why == "confidence"
    assert proposed.confidence < 800
    await city.done(ticket_no, "classification", Role.SEAT, item=ORDINARY, street=STREET)
    assert (await city.last(ticket_no, ClassificationConfirmed)).item == ORDINARY
    assert (await city.ticket(ticket_no))["lead"] == STREET
    await agree(city, ticket_no)


async def test_r15_a_confirmation_that_changes_nothing_is_told_apart_from_a_correction(city: City) -> None:
    confirmed = await city.take_in(item="", matter="我家楼下的灯")
    proposed = (await city.last(confirmed, Classified)).item
    await city.done(confirmed, "classification", Role.SEAT, item=proposed, street=STREET, district=DISTRICT)
    corrected = await city.take_in(item="", matter="我家楼下的灯")
    await city.done(corrected, "classification", Role.SEAT, item="010301", street=STREET)
    assert not (await city.last(confirmed, ClassificationConfirmed)).corrected
    assert (await city.last(corrected, ClassificationConfirmed)).corrected
    assert (await city.last(corrected, Dispatched)).tier == "2h"


async def test_r18_a_seat_may_name_the_lead_unit_that_the_catalogue_cannot(city: City) -> None:
    ticket_no = await city.take_in(street="")
    assert (await city.last(ticket_no, ConfirmationAsked)).why == "place"
    assert await city.refused(ticket_no, "classification", Role.SEAT, item=ORDINARY) == "route_unclear"
    await city.done(ticket_no, "classification", Role.SEAT, item=ORDINARY, unit="D-ZJW")
    assert (await city.ticket(ticket_no))["lead"] == "D-ZJW"


async def test_r12_a_seat_may_find_that_a_matter_is_not_dispatched_at_all(city: City) -> None:
    ticket_no = await city.take_in(street="")
    await city.done(ticket_no, "classification", Role.SEAT, item="280101")
    assert (await city.ticket(ticket_no))["outcome"] == "statutory_channel"
    await agree(city, ticket_no)


async def test_r17_what_no_seat_confirms_in_time_goes_to_the_district_which_organises(city: City) -> None:
    ticket_no = await city.take_in(item="", matter=VAGUE, street="", district=DISTRICT)
    await city.ring(ticket_no, "confirmation:confidence")
    assert (await city.ticket(ticket_no))["lead"] == DISTRICT
    assert await city.kinds(ticket_no) == ["Classified", "ConfirmationAsked", "ClockRang", "Dispatched"]
    await agree(city, ticket_no)


async def test_r23_the_centre_is_asked_again_and_again_where_not_even_the_district_is_known(city: City) -> None:
    ticket_no = await city.take_in(item="", matter=VAGUE, street="")
    await city.ring(ticket_no, "confirmation:confidence")
    await city.ring(ticket_no, "confirmation:confidence")
    assert (await city.kinds(ticket_no)).count("ConfirmationAsked") == 3
    await city.done(ticket_no, "classification", Role.SEAT, item=ORDINARY, district=DISTRICT)
    assert (await city.ticket(ticket_no))["lead"] == DISTRICT
    await agree(city, ticket_no)
