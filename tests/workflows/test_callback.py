"""回访: attempts on different days and hours, a form, rework, escalation, the end (R32, 条例 art. 23; rules §5)."""

from datetime import datetime

from domain.actor import Role
from domain.calendar import BEIJING
from domain.events import CallbackFormSent, CallbackPlanned, CalledBack, Closed, Escalated, ReportedDone, ReworkOrdered
from tests.city import DISTRICT, MUNICIPALITY, STREET, City
from tests.workflows.lives import BAD, GOOD, agree, report_done, reported_done, signed_in


async def not_reached(city: City, ticket_no: str) -> None:
    """A seat calls, and nobody answers."""
    await city.done(ticket_no, "callback", Role.SEAT, reached=False)


async def planned(city: City, ticket_no: str) -> list[datetime]:
    """When each attempt was planned, in Beijing time."""
    found = [row.event for row in await city.rows(ticket_no)]
    first = [event.callback_at for event in found if isinstance(event, ReportedDone)]
    return [at.astimezone(BEIJING) for at in first + [e.at for e in found if isinstance(e, CallbackPlanned)]]


async def never_reached(city: City, ticket_no: str) -> None:
    """Three attempts, each at its planned hour, and nobody answers."""
    for _ in range(3):
        await city.skip_to(ticket_no, (await planned(city, ticket_no))[-1])
        await not_reached(city, ticket_no)


async def evaluate(city: City, ticket_no: str, **answers: object) -> None:
    """The complainant answers by form."""
    await city.done(ticket_no, "evaluation", Role.FRONTEND, **(GOOD | answers))


async def test_r32_three_attempts_fall_on_different_days_at_different_hours_and_then_comes_a_form(city: City) -> None:
    ticket_no = await reported_done(city)
    await never_reached(city, ticket_no)
    at = await planned(city, ticket_no)
    assert [each.hour for each in at] == [10, 15, 19]
    assert len({each.date() for each in at}) == 3
    assert (await city.last(ticket_no, CallbackFormSent)).until > at[-1]
    assert "CallbackMissed" not in await city.kinds(ticket_no)
    await agree(city, ticket_no)


async def test_r32_a_second_try_on_the_same_day_does_not_use_up_the_next_days_attempt(city: City) -> None:
    ticket_no = await reported_done(city)
    await city.skip_to(ticket_no, (await planned(city, ticket_no))[-1])
    for _ in range(3):
        await not_reached(city, ticket_no)
    assert (await city.kinds(ticket_no)).count("NotReached") == 3
    assert (await city.ticket(ticket_no))["next_clock"] == "callback:2"


async def test_r32_who_is_never_reached_is_closed_so_and_not_counted(city: City) -> None:
    ticket_no = await reported_done(city)
    await never_reached(city, ticket_no)
    await city.ring(ticket_no, "callback_form")
    closed = await city.last(ticket_no, Closed)
    assert (closed.outcome, closed.effective, closed.flags) == ("not_reached", False, ())
    await agree(city, ticket_no)


async def test_callbacks_that_nobody_makes_count_against_the_hotline_centre(city: City) -> None:
    ticket_no = await reported_done(city)
    await city.ring(ticket_no, "callback_form")
    kinds = await city.kinds(ticket_no)
    assert (kinds.count("CallbackMissed"), kinds.count("CallbackPlanned")) == (3, 2)
    closed = await city.last(ticket_no, Closed)
    assert (closed.outcome, closed.flags) == ("not_reached", ("callback_missed",))
    await agree(city, ticket_no)


async def test_r4_the_complainant_may_answer_by_form_while_it_is_open(city: City) -> None:
    ticket_no = await reported_done(city)
    await never_reached(city, ticket_no)
    assert (await city.ticket(ticket_no))["next_clock"] == "callback_form"
    await evaluate(city, ticket_no, resolved="partly", satisfied="basically_satisfied")
    closed = await city.last(ticket_no, Closed)
    assert (closed.outcome, closed.effective) == ("partly_resolved", True)
    assert (await city.last(ticket_no, CalledBack)).by_form
    await agree(city, ticket_no)


async def test_a_seat_may_still_call_while_the_form_is_open(city: City) -> None:
    ticket_no = await reported_done(city)
    await never_reached(city, ticket_no)
    await not_reached(city, ticket_no)
    assert (await city.ticket(ticket_no))["next_clock"] == "callback_form"
    await city.done(ticket_no, "callback", Role.SEAT, reached=True, **GOOD)
    assert (await city.ticket(ticket_no))["outcome"] == "resolved"


async def test_r32_a_callback_answers_all_three_questions_or_none(city: City) -> None:
    ticket_no = await reported_done(city)
    call = (ticket_no, "callback", Role.SEAT)
    assert await city.refused(*call, reached=True, contacted=True) == "answers_incomplete"
    assert await city.refused(*call, reached=False, **GOOD) == "answers_incomplete"
    assert (await city.kinds(ticket_no))[-1] == "ReportedDone"


async def test_r25_what_was_explained_as_unsolvable_closes_as_explained_and_not_as_resolved(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=True)
    files = [{"form": "picture", "reference": "unit/2026/11/22/drawing.png", "size_bytes": 48_000}]
    await city.done(ticket_no, "report-done", Role.UNIT, STREET, done_as="explained", evidence=files, note="产权不明")
    assert (await city.ticket(ticket_no))["standing"]["approval_pending"] == "explanation"
    await city.done(ticket_no, "approval", Role.SEAT, approved=True, note="情况属实")
    await evaluate(city, ticket_no, resolved="no", satisfied="basically_satisfied")
    assert (await city.ticket(ticket_no))["outcome"] == "explained"


async def test_a_bad_answer_sends_the_case_back_once_with_half_of_the_limit(city: City) -> None:
    ticket_no = await reported_done(city)
    await city.done(ticket_no, "callback", Role.SEAT, reached=True, **BAD)
    row = (await city.rows(ticket_no))[-1]
    back = await city.last(ticket_no, ReworkOrdered)
    ticket = await city.ticket(ticket_no)
    assert (ticket["stage"], ticket["lead"]) == ("handling", STREET)
    assert (back.due - row.at).total_seconds() == 3.5 * 86400
    assert back.contact_due <= back.due
    await report_done(city, ticket_no)
    await evaluate(city, ticket_no)
    closed = await city.last(ticket_no, Closed)
    assert (closed.outcome, closed.flags) == ("resolved", ("no_contact", "reworked"))
    await agree(city, ticket_no)


async def test_a_rework_that_is_let_lie_is_overdue_at_its_own_limit(city: City) -> None:
    ticket_no = await reported_done(city)
    await evaluate(city, ticket_no, **BAD)
    back = await city.last(ticket_no, ReworkOrdered)
    ticket = await city.ring(ticket_no, "handling")
    assert ticket["overdue"]
    assert datetime.fromisoformat(ticket["due"]) == back.due


async def test_bad_answers_climb_to_the_district_to_the_municipality_and_at_last_close_unresolved(city: City) -> None:
    ticket_no = await reported_done(city)
    climbed = list[str]()
    for _ in range(3):
        await evaluate(city, ticket_no, **BAD)
        await report_done(city, ticket_no)
        climbed += [row.event.to for row in await city.rows(ticket_no) if isinstance(row.event, Escalated)][-1:]
    assert climbed == [DISTRICT, MUNICIPALITY]
    assert (await city.last(ticket_no, Escalated)).cause == "dissatisfied"
    await evaluate(city, ticket_no, **BAD)
    closed = await city.last(ticket_no, Closed)
    assert (closed.outcome, closed.effective) == ("unresolved", True)
    assert {"reworked", "escalated"} <= set(closed.flags)
    await agree(city, ticket_no)


async def test_the_municipality_owes_an_opinion_while_the_lead_unit_works_again(city: City) -> None:
    ticket_no = await reported_done(city)
    await evaluate(city, ticket_no, **BAD)
    await report_done(city, ticket_no)
    await evaluate(city, ticket_no, **BAD)
    ticket = await city.ticket(ticket_no)
    assert (ticket["stage"], ticket["standing"]["opinion_from"]) == ("handling", DISTRICT)
    await city.done(ticket_no, "opinion", Role.UNIT, DISTRICT, opinion="take_over", note="由区政府直接办理")
    assert (await city.ticket(ticket_no))["lead"] == DISTRICT
    await agree(city, ticket_no)
