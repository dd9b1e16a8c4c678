"""会商 before dispatch, and the bureau's designation (R18)."""

import pytest

from domain.actor import Role
from tests.city import STREET, City
from tests.workflows.lives import agree

PARTIES = [STREET, "D-CGW", "D-SHWJ"]


@pytest.fixture
async def unclear(city: City) -> str:
    """A complaint that nobody knows whose it is, before its parties."""
    ticket_no = await city.take_in(item="", matter="你好我想反映一个情况")
    await city.done(ticket_no, "consultation", Role.SEAT, units=PARTIES, note="职责交叉")
    return ticket_no


async def test_r18_the_parties_may_read_it_and_say_what_they_take(city: City, unclear: str) -> None:
    assert (await city.ticket(unclear))["units"] == sorted(PARTIES)
    await city.done(unclear, "consultation-statement", Role.UNIT, "D-CGW", takes="co_handling", note="可配合")
    assert (await city.kinds(unclear))[-1] == "ConsultationStated"


async def test_r18_what_the_parties_agree_on_is_dispatched_with_its_co_handlers(city: City, unclear: str) -> None:
    told = await city.done(
        unclear, "consultation-decision", Role.SEAT, unit=STREET, co_handlers=["D-CGW"], note="会商纪要"
    )
    assert (told["stage"], told["lead"], told["co_handlers"]) == ("handling", STREET, ["D-CGW"])
    await city.done(unclear, "sign-in", Role.UNIT, STREET)
    await agree(city, unclear)


async def test_r18_after_the_limit_the_bureau_designates_and_nobody_may_object(city: City, unclear: str) -> None:
    await city.ring(unclear, "consultation")
    assert await city.refused(unclear, "consultation-decision", Role.SEAT, unit=STREET, note="x") == "bureau_designates"
    told = await city.done(unclear, "consultation-decision", Role.BUREAU, unit=STREET, note="指定")
    assert told["lead"] == STREET
    refusal = await city.refused(unclear, "objection", Role.UNIT, STREET, ground="not_my_duty", note="x")
    assert refusal == "designated_may_not_object"
    await agree(city, unclear)


async def test_r18_a_bureau_that_does_not_designate_is_pressed(city: City, unclear: str) -> None:
    await city.ring(unclear, "consultation")
    ticket = await city.ring(unclear, "consultation")
    assert (ticket["stage"], (await city.kinds(unclear))[-1]) == ("consultation", "DecisionPressed")


async def test_r18_only_a_party_states(city: City, unclear: str) -> None:
    refusal = await city.refused(unclear, "consultation-statement", Role.UNIT, "D-JTW", takes="lead", note="x")
    assert refusal == "not_your_ticket"
