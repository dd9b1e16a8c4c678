"""The complainant's own doings while the complaint is open: adding something, and ending it (R4)."""

from domain.actor import Role
from domain.events import Closed
from tests.city import STREET, City
from tests.workflows.lives import agree, reported_done, signed_in


async def test_r4_what_the_complainant_adds_is_told_to_the_lead_unit_and_moves_nothing(city: City) -> None:
    ticket_no = await signed_in(city)
    before = await city.ticket(ticket_no)
    await city.done(ticket_no, "supplement", Role.FRONTEND, note="又堆了一车垃圾")
    after = await city.ticket(ticket_no)
    assert (after["stage"], after["due"], after["next_due"]) == (before["stage"], before["due"], before["next_due"])
    told = await city.http.get(
        "/v1/notices", params={"since": before["received_at"]}, headers=await city.key(Role.UNIT, STREET)
    )
    mine = [notice["kind"] for notice in told.json()["notices"] if notice["ticket_no"] == ticket_no]
    assert mine[-1] == "Supplemented"
    await agree(city, ticket_no)


async def test_r4_a_complaint_may_be_added_to_while_it_waits_for_its_callback(city: City) -> None:
    ticket_no = await reported_done(city)
    await city.done(ticket_no, "supplement", Role.FRONTEND, note="其实没有弄好")
    assert (await city.kinds(ticket_no))[-1] == "Supplemented"


async def test_r4_the_complainant_may_withdraw_while_it_is_handled_and_nothing_rings_any_more(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "withdrawal", Role.FRONTEND)
    ticket = await city.ticket(ticket_no)
    assert (ticket["outcome"], ticket["next_clock"], ticket["next_due"]) == ("withdrawn", "", None)
    assert not (await city.last(ticket_no, Closed)).effective
    await agree(city, ticket_no)


async def test_r4_the_complainant_may_withdraw_before_anybody_confirmed_what_it_is_about(city: City) -> None:
    ticket_no = await city.take_in(street="")
    await city.done(ticket_no, "withdrawal", Role.FRONTEND)
    assert await city.kinds(ticket_no) == ["Classified", "ConfirmationAsked", "Closed"]
    await agree(city, ticket_no)


async def test_r4_the_complainant_may_withdraw_during_an_objection_and_during_the_callback(city: City) -> None:
    objected = await city.take_in()
    await city.done(objected, "objection", Role.UNIT, STREET, ground="not_my_duty", note="不属于职责")
    done = await reported_done(city)
    for ticket_no in (objected, done):
        await city.done(ticket_no, "withdrawal", Role.FRONTEND)
        await agree(city, ticket_no)


async def test_after_the_end_every_action_is_refused_as_closed(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "withdrawal", Role.SEAT)
    assert await city.refused(ticket_no, "withdrawal", Role.FRONTEND) == "closed"
    assert await city.refused(ticket_no, "supplement", Role.FRONTEND, note="再补充") == "closed"
    assert await city.refused(ticket_no, "contact", Role.UNIT, STREET, reached=True) == "closed"
    await agree(city, ticket_no)
