"""延期: asked with a reason before the limit expires, decided by the hotline centre (条例 art. 15; rules §5)."""

from datetime import datetime, timedelta

from domain.actor import Role
from domain.events import ExtensionDenied, ExtensionGranted
from tests.city import STREET, City, Json
from tests.workflows.lives import agree, signed_in

ASKED: Json = {"ground": "complex", "days": 5, "note": "需要多部门会商"}


async def ask(city: City, ticket_no: str, **changed: object) -> str:
    """The refusal code of a request, empty when it was taken."""
    answer = await city.act(ticket_no, "extension-request", Role.UNIT, STREET, **(ASKED | changed))
    return "" if answer.status_code == 200 else answer.json()["code"]


async def decide(city: City, ticket_no: str, *, granted: bool) -> None:
    """The hotline centre decides."""
    await city.done(ticket_no, "extension-decision", Role.SEAT, granted=granted)


async def test_a_granted_extension_moves_the_handling_limit_from_where_it_stood(city: City) -> None:
    ticket_no = await signed_in(city)
    before = datetime.fromisoformat((await city.ticket(ticket_no))["due"])
    assert await ask(city, ticket_no) == ""
    assert (await city.ticket(ticket_no))["standing"]["extension_pending"]
    await decide(city, ticket_no, granted=True)
    granted = await city.last(ticket_no, ExtensionGranted)
    assert granted.due - before >= timedelta(days=5)
    await city.skip_to(ticket_no, before)
    ticket = await city.ticket(ticket_no)
    assert datetime.fromisoformat(ticket["due"]) == granted.due
    assert not ticket["overdue"]
    await agree(city, ticket_no)


async def test_the_extended_limit_is_a_limit_like_any_other(city: City) -> None:
    ticket_no = await signed_in(city)
    await ask(city, ticket_no, days=1)
    await decide(city, ticket_no, granted=True)
    assert (await city.ring(ticket_no, "handling"))["overdue"]


async def test_a_denied_extension_leaves_the_limit_and_may_be_asked_for_again(city: City) -> None:
    ticket_no = await signed_in(city)
    due = (await city.ticket(ticket_no))["due"]
    await ask(city, ticket_no)
    await decide(city, ticket_no, granted=False)
    assert not (await city.last(ticket_no, ExtensionDenied)).lapsed
    assert (await city.ticket(ticket_no))["due"] == due
    assert await ask(city, ticket_no) == ""


async def test_an_extension_that_nobody_decides_lapses(city: City) -> None:
    ticket_no = await signed_in(city, item="010202")
    due = (await city.ticket(ticket_no))["due"]
    await ask(city, ticket_no)
    ticket = await city.ring(ticket_no, "extension_decision")
    assert (await city.last(ticket_no, ExtensionDenied)).lapsed
    assert (ticket["due"], ticket["standing"]["extension_pending"]) == (due, False)
    code = await city.refused(ticket_no, "extension-decision", Role.SEAT, granted=True)
    assert code == "no_extension_asked"
    await agree(city, ticket_no)


async def test_a_request_still_open_when_the_limit_expires_lapses_with_it(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.skip_to(ticket_no, datetime.fromisoformat((await city.ticket(ticket_no))["due"]) - timedelta(minutes=5))
    await ask(city, ticket_no)
    ticket = await city.ring(ticket_no, "handling")
    fallen = ["ClockRang", "ExtensionDenied", "Supervised", "CallbackPlanned"]
    assert (await city.kinds(ticket_no))[-4:] == fallen
    assert (ticket["overdue"], ticket["standing"]["extension_pending"]) == (True, False)
    assert await ask(city, ticket_no) == "extension_too_late"


async def test_at_most_two_extensions_are_granted_and_one_is_asked_at_a_time(city: City) -> None:
    ticket_no = await signed_in(city)
    await ask(city, ticket_no)
    assert await ask(city, ticket_no) == "extension_pending"
    await decide(city, ticket_no, granted=True)
    await ask(city, ticket_no)
    await decide(city, ticket_no, granted=True)
    assert await ask(city, ticket_no) == "extensions_used_up"


async def test_an_extension_stays_within_its_tiers_length_and_unit(city: City) -> None:
    ticket_no = await signed_in(city)
    assert await ask(city, ticket_no, days=11) == "extension_too_long"
    assert await ask(city, ticket_no, days=0, hours=24) == "extension_too_long"
    hours = await signed_in(city, item="010403")
    assert await ask(city, hours, days=1) == "extension_too_long"
    assert await ask(city, hours, days=0, hours=24) == ""


async def test_a_2_hour_matter_waits_for_no_extension(city: City) -> None:
    ticket_no = await signed_in(city, item="010301")
    assert await ask(city, ticket_no) == "extension_not_open"
