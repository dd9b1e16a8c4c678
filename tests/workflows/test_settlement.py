"""Consumer disputes before their platform enterprise first (R7)."""

import pytest

from domain.actor import Role
from tests.city import STREET, City
from tests.workflows.lives import BAD, GOOD, agree

PLATFORM = "P-WM"


@pytest.fixture
async def disputed(city: City) -> str:
    """A dispute that stands before its platform."""
    return await city.take_in(against=PLATFORM, line="enterprise")


async def test_r7_a_dispute_stands_before_its_platform_first(city: City, disputed: str) -> None:
    ticket = await city.ticket(disputed)
    assert (ticket["stage"], ticket["lead"], ticket["next_clock"]) == ("settlement", PLATFORM, "settlement")


async def test_r7_what_is_settled_is_asked_of_the_complainant_and_closed(city: City, disputed: str) -> None:
    await city.done(disputed, "settlement", Role.UNIT, PLATFORM, settled=True, note="已退款")
    await city.done(disputed, "callback", Role.SEAT, reached=True, **GOOD)
    assert (await city.ticket(disputed))["outcome"] == "resolved"
    await agree(city, disputed)


async def test_r7_what_is_not_settled_is_dispatched_as_any_other(city: City, disputed: str) -> None:
    told = await city.done(disputed, "settlement", Role.UNIT, PLATFORM, settled=False, note="协商未果")
    assert (told["stage"], told["lead"]) == ("handling", STREET)
    await city.done(disputed, "sign-in", Role.UNIT, STREET)
    await agree(city, disputed)


async def test_r7_silence_is_no_settlement(city: City, disputed: str) -> None:
    ticket = await city.ring(disputed, "settlement")
    assert (ticket["stage"], ticket["lead"]) == ("handling", STREET)


async def test_r7_a_settlement_that_the_complainant_denies_is_dispatched(city: City, disputed: str) -> None:
    await city.done(disputed, "settlement", Role.UNIT, PLATFORM, settled=True, note="已退款")
    told = await city.done(disputed, "callback", Role.SEAT, reached=True, **BAD)
    assert (told["stage"], told["lead"], told["reworks"]) == ("handling", STREET, 0)
    await agree(city, disputed)
