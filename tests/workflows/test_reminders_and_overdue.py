"""Reminders before the limit, and the ladder after it: supervision, the district, the municipality (rules §5)."""

from datetime import datetime, timedelta

from domain.actor import Role
from domain.events import ClockRang, Escalated, Supervised
from tests.city import DISTRICT, MUNICIPALITY, STREET, City
from tests.workflows.lives import agree, report_done, signed_in


async def supervisions(city: City, ticket_no: str) -> list[str]:
    """What each supervision was for, in order."""
    found = [row.event for row in await city.rows(ticket_no)]
    return [event.cause for event in found if isinstance(event, Supervised)]


async def test_the_lead_unit_is_reminded_at_half_at_four_fifths_and_on_the_day_before(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=True)
    ticket = await city.ring(ticket_no, "reminder:day_before")
    rung = {e.about: e.due for row in await city.rows(ticket_no) if isinstance(e := row.event, ClockRang)}
    due = datetime.fromisoformat(ticket["due"])
    assert list(rung) == ["50", "80", "day_before"]
    assert due - rung["50"] == timedelta(days=3.5)
    assert abs((due - rung["80"]) - timedelta(days=1.4)) < timedelta(seconds=2)
    assert due - rung["day_before"] == timedelta(days=1)
    assert await supervisions(city, ticket_no) == []
    await agree(city, ticket_no)


async def test_every_clock_rings_within_five_seconds_of_its_instant(city: City) -> None:
    ticket_no = await city.take_in(item="010301")
    await city.ring(ticket_no, "handling")
    late = [row.at - e.due for row in await city.rows(ticket_no) if isinstance(e := row.event, ClockRang)]
    assert len(late) == 5
    assert all(timedelta() <= each <= timedelta(seconds=5) for each in late), late


async def test_a_unit_that_does_nothing_is_pressed_at_each_of_its_limits(city: City) -> None:
    ticket_no = await city.take_in(item="010301")
    ticket = await city.ring(ticket_no, "handling")
    assert sorted(await supervisions(city, ticket_no)) == ["contact_overdue", "handling_overdue", "sign_in_overdue"]
    assert (ticket["overdue"], ticket["standing"]["supervisions"]) == (True, 3)
    assert (await city.done(ticket_no, "sign-in", Role.UNIT, STREET))["signed_in"]


async def test_a_contact_that_reached_nobody_does_not_meet_the_contact_duty(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=False)
    await city.ring(ticket_no, "contact")
    assert await supervisions(city, ticket_no) == ["contact_overdue"]


async def test_supervision_by_a_person_is_counted_like_a_clocks(city: City) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "supervision", Role.BUREAU, note="请尽快办理")
    assert await supervisions(city, ticket_no) == ["bureau"]
    assert (await city.ticket(ticket_no))["standing"]["supervisions"] == 1


async def test_one_limit_overdue_it_climbs_to_the_district_and_two_to_the_municipality(city: City) -> None:
    ticket_no = await city.take_in(item="010403")
    handling = datetime.fromisoformat((await city.ticket(ticket_no))["due"])
    ladder = list[tuple[str, str, str, int]]()
    for _ in range(2):
        ticket = await city.ring(ticket_no, "escalation")
        step = await city.last(ticket_no, Escalated)
        rung = await city.last(ticket_no, ClockRang)
        ladder.append((step.level, step.to, step.cause, round((rung.due - handling) / timedelta(days=1))))
        assert ticket["standing"]["opinion_from"] == step.to
        if step.level == "district":
            await city.done(ticket_no, "opinion", Role.UNIT, DISTRICT, opinion="press", note="请抓紧")
    assert ladder == [("district", DISTRICT, "overdue", 1), ("municipality", MUNICIPALITY, "overdue", 2)]
    await agree(city, ticket_no)


async def test_the_top_of_the_ladder_is_pressed_again_and_the_case_can_still_end(city: City) -> None:
    ticket_no = await signed_in(city, item="010301")
    await city.ring(ticket_no, "escalation")
    await city.ring(ticket_no, "escalation")
    await city.ring(ticket_no, "escalation")
    kinds = await city.kinds(ticket_no)
    assert (kinds.count("Escalated"), kinds.count("DecisionPressed")) == (2, 1)
    await report_done(city, ticket_no)
    ticket = await city.ticket(ticket_no)
    assert (ticket["stage"], ticket["next_clock"]) == ("callback", "callback:1")
    await agree(city, ticket_no)
