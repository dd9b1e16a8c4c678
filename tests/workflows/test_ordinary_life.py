"""An ordinary complaint: dispatched, worked on, called back, closed, within its budgets."""

from collections import Counter
from datetime import timedelta

from domain.actor import Role
from tests.city import DISTRICT, ORDINARY, STREET, City

WATER_METER, WATER_WORKS = "020203", "E-ZLS"
"""An ordinary matter of a unit on duty around the clock: its clocks stand in the same order on any day of the week."""


async def live(city: City, item: str = ORDINARY, unit: str = STREET) -> str:
    """Intake, four actions of the unit, callback."""
    ticket_no = await city.take_in(item=item)
    await city.done(ticket_no, "sign-in", Role.UNIT, unit)
    await city.done(ticket_no, "contact", Role.UNIT, unit, reached=True)
    await city.done(ticket_no, "progress", Role.UNIT, unit, note="正在处理")
    await city.done(ticket_no, "report-done", Role.UNIT, unit, done_as="resolved", note="已处理")
    await city.done(
        ticket_no, "callback", Role.SEAT, reached=True, contacted=True, resolved="yes", satisfied="satisfied"
    )
    await city.handle(ticket_no).result()
    return ticket_no


async def test_r16_a_streets_matter_goes_to_the_street_with_a_copy_to_its_district(city: City) -> None:
    ticket_no = await city.take_in()
    ticket = await city.ticket(ticket_no)
    assert (ticket["lead"], ticket["stage"]) == (STREET, "handling")
    assert DISTRICT in ticket["units"]


async def test_an_ordinary_life_ends_resolved_and_is_told_in_order(city: City) -> None:
    ticket_no = await live(city)
    assert (await city.ticket(ticket_no))["outcome"] == "resolved"
    assert await city.kinds(ticket_no) == [
        "Classified",
        "Dispatched",
        "SignedIn",
        "ComplainantContacted",
        "ProgressReported",
        "ReportedDone",
        "CalledBack",
        "Closed",
    ]


async def test_an_ordinary_life_keeps_its_budgets(city: City) -> None:
    ticket_no = await live(city, WATER_METER, WATER_WORKS)
    history = await city.handle(ticket_no).fetch_history()
    count = Counter(event.WhichOneof("attributes") for event in history.events)
    assert len(history.events) <= 45, count
    assert count["upsert_workflow_search_attributes_event_attributes"] <= 3
    assert count["workflow_task_completed_event_attributes"] <= 8
    assert sum(event.ByteSize() for event in history.events) <= 60_000


async def test_a_silent_unit_is_pressed_and_the_case_climbs_to_the_municipality(city: City) -> None:
    ticket_no = await city.take_in()
    ticket = await city.skip(ticket_no, timedelta(days=30))
    kinds = await city.kinds(ticket_no)
    assert ticket["overdue"]
    assert kinds.count("Escalated") == 2
    assert ticket["standing"]["opinion_from"] == "M-GOV"
