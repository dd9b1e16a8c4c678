"""What the rules refuse is refused at the door and leaves no trace; what they allow happens once, one at a time."""

import asyncio

from domain.actor import Role
from domain.lifecycle import Action
from tests.city import STREET, City
from tests.workflows import ghost
from tests.workflows.lives import agree, signed_in


async def events(city: City, ticket_no: str) -> int:
    """How many events the engine's history has."""
    return len((await city.handle(ticket_no).fetch_history()).events)


async def test_a_refused_action_leaves_no_event_in_the_history_and_no_row_in_the_journal(city: City) -> None:
    ticket_no = await signed_in(city)
    before = (await events(city, ticket_no), await city.kinds(ticket_no))
    assert await city.refused(ticket_no, "sign-in", Role.UNIT, STREET) == "already_signed_in"
    assert await city.refused(ticket_no, "callback", Role.SEAT, reached=False) == "callback_not_due"
    assert (await events(city, ticket_no), await city.kinds(ticket_no)) == before
    await agree(city, ticket_no)


async def test_of_two_sign_ins_at_the_same_moment_one_is_applied_and_one_refused(city: City) -> None:
    ticket_no = await city.take_in()
    answers = await asyncio.gather(*(city.act(ticket_no, "sign-in", Role.UNIT, STREET) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert (await city.kinds(ticket_no)).count("SignedIn") == 1
    await agree(city, ticket_no)


async def test_ten_actions_at_the_same_moment_take_ten_rows_in_one_order(city: City) -> None:
    ticket_no = await signed_in(city)
    acting = (city.act(ticket_no, "supplement", Role.FRONTEND, note=f"补充{n}") for n in range(10))
    answers = await asyncio.gather(*acting)
    assert [answer.status_code for answer in answers] == [200] * 10
    assert (await city.kinds(ticket_no)).count("Supplemented") == 10
    assert sorted(answer.json()["seq"] for answer in answers)[-1] == 13
    await agree(city, ticket_no)


async def test_the_same_command_brought_by_api_and_relay_at_once_is_applied_once(city: City) -> None:
    ticket_no = await signed_in(city)
    contact = await ghost.keep(city, ticket_no, Action.CONTACT, ghost.by(Role.UNIT, STREET), reached=True)
    await asyncio.gather(*(city.bring(ticket_no, contact) for _ in range(3)))
    assert (await city.kinds(ticket_no)).count("ComplainantContacted") == 1
    await agree(city, ticket_no)
