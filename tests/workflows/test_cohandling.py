"""协办 and 吹哨报到: other units at the lead's side, each with its own clock (R26, R27; 条例 art. 14, 16)."""

from datetime import datetime

from domain.actor import Role
from domain.events import CoHandlerJoined, ReportedDone, Supervised
from tests.city import DISTRICT, STREET, City
from tests.workflows.lives import agree, signed_in

WATER, HOUSING = "D-SHWJ", "D-ZJW"


async def order(city: City, ticket_no: str, *units: str) -> None:
    """The lead unit asks for co-handling."""
    await city.done(ticket_no, "co-handling", Role.UNIT, STREET, units=list(units))


async def finish(city: City, ticket_no: str, unit: str, *, finished: bool = True) -> None:
    """A co-handler reports its result, or how far it has come."""
    await city.done(ticket_no, "co-handling-report", Role.UNIT, unit, finished=finished, note="情况如下")


async def test_r26_a_co_handler_gets_two_thirds_of_what_is_left_of_the_leads_time(city: City) -> None:
    ticket_no = await signed_in(city)
    await order(city, ticket_no, WATER)
    ordered_at = (await city.rows(ticket_no))[-1].at
    ticket = await city.ticket(ticket_no)
    joined = await city.last(ticket_no, CoHandlerJoined)
    left = datetime.fromisoformat(ticket["due"]) - ordered_at
    assert abs((joined.due - ordered_at) / left - 0.67) < 0.001
    assert WATER in ticket["units"]


async def test_r26_a_silent_co_handler_is_pressed_on_its_own_clock(city: City) -> None:
    ticket_no = await signed_in(city)
    await order(city, ticket_no, WATER, HOUSING)
    await finish(city, ticket_no, HOUSING)
    ticket = await city.ring(ticket_no, f"co_handling:{WATER}")
    assert (await city.last(ticket_no, Supervised)).cause == "co_handling_overdue"
    assert (ticket["standing"]["co_handlers"], ticket["overdue"]) == ([WATER], False)
    rung = [row.facts["about"] for row in await city.rows(ticket_no) if row.facts.get("clock") == "co_handling"]
    assert rung == [WATER]
    await agree(city, ticket_no)


async def test_r26_the_lead_cannot_report_done_while_a_co_handler_is_open(city: City) -> None:
    ticket_no = await signed_in(city)
    await order(city, ticket_no, WATER)
    done = (ticket_no, "report-done", Role.UNIT, STREET)
    await finish(city, ticket_no, WATER, finished=False)
    assert await city.refused(*done, done_as="resolved", note="已办理") == "co_handler_open"
    await finish(city, ticket_no, WATER)
    assert await city.refused(*done, done_as="resolved", note="已办理", override=True) == "nothing_to_override"
    await city.done(*done, done_as="resolved", note="已办理")
    assert (await city.last(ticket_no, ReportedDone)).overriding == ()


async def test_r26_the_lead_overrides_an_open_co_handler_with_a_reason_that_is_kept(city: City) -> None:
    ticket_no = await signed_in(city)
    await order(city, ticket_no, WATER, HOUSING)
    await finish(city, ticket_no, HOUSING)
    await city.done(
        *(ticket_no, "report-done", Role.UNIT, STREET), done_as="resolved", override=True, note="协办单位无回音"
    )
    assert (await city.last(ticket_no, ReportedDone)).overriding == (WATER,)
    told = await city.http.get(f"/v1/complaints/{ticket_no}/timeline", headers=await city.key(Role.SEAT))
    assert "协办单位无回音" in [entry["note"] for entry in told.json()["entries"]]


async def test_r26_only_an_open_co_handler_reports(city: City) -> None:
    ticket_no = await signed_in(city)
    await order(city, ticket_no, WATER)
    report = {"finished": True, "note": "情况如下"}
    assert await city.refused(ticket_no, "co-handling-report", Role.UNIT, DISTRICT, **report) == "not_co_handler"
    assert await city.refused(ticket_no, "co-handling-report", Role.UNIT, HOUSING, **report) == "not_your_ticket"


async def test_r26_nobody_is_asked_to_co_handle_twice_at_once(city: City) -> None:
    ticket_no = await signed_in(city)
    await order(city, ticket_no, WATER)
    ask = (ticket_no, "co-handling", Role.UNIT, STREET)
    assert await city.refused(*ask, units=[WATER]) == "unit_handles_already"
    assert await city.refused(*ask, units=[STREET]) == "unit_handles_already"
    assert await city.refused(*ask, units=[HOUSING, HOUSING]) == "units_repeat_or_missing"


async def test_r27_a_whistled_department_reports_in_and_then_co_handles(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "whistle", Role.UNIT, STREET, units=[WATER])
    assert (await city.last(ticket_no, CoHandlerJoined)).report_in_due is not None
    await city.done(ticket_no, "report-in", Role.UNIT, WATER)
    assert await city.refused(ticket_no, "report-in", Role.UNIT, WATER) == "not_whistled"
    await city.ring(ticket_no, f"co_handling:{WATER}")
    assert "report_in" not in [row.facts.get("clock") for row in await city.rows(ticket_no)]
    await finish(city, ticket_no, WATER)
    await agree(city, ticket_no)


async def test_r27_silence_after_a_whistle_is_pressed_and_told_to_the_district(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "whistle", Role.UNIT, STREET, units=[WATER])
    await city.ring(ticket_no, f"report_in:{WATER}")
    assert (await city.last(ticket_no, Supervised)).cause == "report_in_overdue"
    since = (await city.ticket(ticket_no))["received_at"]
    told = await city.http.get("/v1/notices", params={"since": since}, headers=await city.key(Role.UNIT, DISTRICT))
    mine = [notice["kind"] for notice in told.json()["notices"] if notice["ticket_no"] == ticket_no]
    assert "Supervised" in mine


async def test_r27_only_a_street_or_township_whistles(city: City) -> None:
    ticket_no = await city.take_in(item="010401")
    await city.done(ticket_no, "sign-in", Role.UNIT, HOUSING)
    assert await city.refused(ticket_no, "whistle", Role.UNIT, HOUSING, units=[WATER]) == "only_streets_whistle"
